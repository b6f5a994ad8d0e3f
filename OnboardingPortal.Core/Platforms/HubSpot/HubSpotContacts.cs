using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.HubSpot;

/// <summary>
/// The people of HubSpot's lists, which HubSpot's pages call segments: first who is in a list, ascending by their ids, then what is kept of
/// them. Whoever unsubscribed from all mail has opted out.
/// </summary>
/// <seealso href="https://developers.hubspot.com/docs/api-reference/legacy/crm/lists/memberships/get-memberships-by-id" />
public sealed partial class HubSpotContacts(
    HttpClient http, IOptions<HubSpotOptions> options, PlatformTransport transport, PortalAddress portal) : IContactSource
{
    private const int MaxLists = 1000;
    private const int ListsAtATime = 500;
    private const int MembershipCalls = 2; // of 250 people each, so that the batches of 100 are full
    private const int LongestCursor = 500;
    private const string OptedOut = "hs_email_optout";
    private const string Size = "hs_list_size";

    /// <inheritdoc />
    public PlatformKey Platform => HubSpotDefaults.Key;

    /// <inheritdoc />
    public int PeopleAMinute => HubSpotDefaults.PeopleAMinute;

    private Uri Api => portal.Resolve(options.Value.ApiAddress);

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactList>>> ListAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var found = new List<ContactList>();
        for (var offset = 0; offset < MaxLists; offset += ListsAtATime)
        {
            var search = new HubSpotListSearch("", ListsAtATime, offset, HubSpotDefaults.ContactType, [Size]);
            var page = await PostAsync(
                credentials, "crm/v3/lists/search", search, HubSpotJson.Default.HubSpotListSearch, HubSpotJson.Default.HubSpotLists,
                cancellationToken);
            if (!page.Succeeded) return page.Error;
            found.AddRange((page.Value.Lists ?? []).Take(ListsAtATime)
                .Where(l => IsId(l.ListId) && l.ObjectTypeId is null or HubSpotDefaults.ContactType)
                .Select(l => new ContactList(l.ListId!, l.Name ?? l.ListId!, ContactListKind.List, SizeOf(l))));
            if (!page.Value.HasMore) break;
        }

        return found;
    }

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactField>>> FieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken)
    {
        if (!IsId(list)) return Failure(PlatformFailureKind.NotFound);
        var found = await GetAsync(credentials, $"crm/v3/lists/{list}", HubSpotJson.Default.HubSpotOneList, cancellationToken);
        if (!found.Succeeded) return found.Error;
        if (found.Value.List?.ObjectTypeId is not (null or HubSpotDefaults.ContactType))
            return Failure(PlatformFailureKind.NotFound); // a list of companies or the like: its ids would be read as those of people
        var properties = await GetAsync(
            credentials, "crm/v3/properties/contacts", HubSpotJson.Default.HubSpotProperties, cancellationToken);
        if (!properties.Succeeded) return properties.Error;
        return (properties.Value.Results ?? [])
            .Where(p => p is { Name: not null, Hidden: false, Archived: false } && p.ModificationMetadata is not { ReadOnlyValue: true })
            .Select(p => new ContactField(p.Name!, p.Label ?? p.Name!)).ToList();
    }

    /// <inheritdoc />
    public async Task<Result<ContactPage>> ReadAsync(
        PlatformCredentials credentials, ContactSelection selection, string? cursor, CancellationToken cancellationToken)
    {
        if (!IsId(selection.List)) return Failure(PlatformFailureKind.NotFound);
        if (cursor is null)
        {
            var fields = await FieldsAsync(credentials, selection.List, cancellationToken);
            if (!fields.Succeeded) return fields.Error;
            if (selection.FieldsGoneFrom(fields.Value) is { } gone) return gone;
        }

        var ids = new List<string>();
        var (next, total) = (cursor, (long?)null);
        for (var call = 0; call < MembershipCalls; call++)
        {
            var page = await MembershipsAsync(credentials, selection.List, next, cancellationToken);
            if (!page.Succeeded) return page.Error;
            ids.AddRange((page.Value.Results ?? []).Select(m => m.RecordId).Where(IsId)!);
            total ??= page.Value.Total;
            var after = page.Value.Paging?.Next?.After;
            if (after is { Length: > LongestCursor } || (after is not null && after == next))
                return Failure(PlatformFailureKind.Nonsense); // a cursor that leads to itself would never end
            next = after is { Length: > 0 } ? after : null;
            if (next is null) break;
        }

        var people = new List<Contact>();
        foreach (var batch in ids.Distinct().Chunk(HubSpotDefaults.MaxBatch))
        {
            if (await ReadBatchAsync(credentials, selection, batch, people, cancellationToken) is { } failure) return failure;
        }

        return new ContactPage(people, next, total);
    }

    private Task<Result<HubSpotMemberships>> MembershipsAsync(
        PlatformCredentials credentials, string list, string? after, CancellationToken cancellationToken)
    {
        // HubSpot hands cursors out escaped already; each is sent escaped once, whatever it holds.
        var from = after is null ? "" : $"&after={Uri.EscapeDataString(Uri.UnescapeDataString(after))}";
        return GetAsync(
            credentials, $"crm/v3/lists/{list}/memberships?limit={HubSpotDefaults.MaxMemberships}{from}",
            HubSpotJson.Default.HubSpotMemberships, cancellationToken);
    }

    /// <summary>Reads some people; those who were deleted meanwhile are not told. Half as many at a time where the answer is too
    /// long.</summary>
    private async Task<PlatformFailure?> ReadBatchAsync(
        PlatformCredentials credentials, ContactSelection selection, string[] ids, List<Contact> people,
        CancellationToken cancellationToken)
    {
        var answer = await PostAsync(
            credentials, "crm/v3/objects/contacts/batch/read",
            new HubSpotBatch(
                [.. ids.Select(id => new HubSpotBatchInput(id))], [.. selection.Fields.Select(f => f.Key).Append(OptedOut).Distinct()], []),
            HubSpotJson.Default.HubSpotBatch, HubSpotJson.Default.HubSpotContactBatch, cancellationToken);
        if (answer.Error is PlatformFailure { AsksForLess: true } && ids.Length > 1)
        {
            return await ReadBatchAsync(credentials, selection, ids[..(ids.Length / 2)], people, cancellationToken)
                ?? await ReadBatchAsync(credentials, selection, ids[(ids.Length / 2)..], people, cancellationToken);
        }

        if (!answer.Succeeded) return (PlatformFailure)answer.Error;
        people.AddRange((answer.Value.Results ?? []).Where(c => IsId(c.Id)).Select(c => new Contact(
            c.Id!, c.Properties?.GetValueOrDefault(OptedOut) == "true",
            [.. selection.Fields.Select(f => c.Properties?.GetValueOrDefault(f.Key))])));
        return null;
    }

    private Task<Result<T>> GetAsync<T>(
        PlatformCredentials credentials, string path, JsonTypeInfo<T> shape, CancellationToken cancellationToken) =>
        transport.SendAsync(
            Reading(credentials), () => OAuthTokens.Get(new Uri(Api, path), credentials.AccessToken), shape, cancellationToken);

    private Task<Result<T>> PostAsync<TBody, T>(
        PlatformCredentials credentials, string path, TBody body, JsonTypeInfo<TBody> bodyShape, JsonTypeInfo<T> shape,
        CancellationToken cancellationToken) =>
        transport.SendAsync(
            Reading(credentials),
            () => new HttpRequestMessage(HttpMethod.Post, new Uri(Api, path))
            {
                Headers = { Authorization = new("Bearer", credentials.AccessToken) },
                Content = JsonContent.Create(body, bodyShape),
            },
            shape, cancellationToken);

    private PlatformCall Reading(PlatformCredentials credentials) =>
        new(http, HubSpotDialect.Instance, Repeats: true, credentials.AccessToken);

    private static long? SizeOf(HubSpotList list) =>
        long.TryParse(list.AdditionalProperties?.GetValueOrDefault(Size), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : null;

    private static PlatformFailure Failure(PlatformFailureKind kind) => new(HubSpotDefaults.Key, kind);

    private static bool IsId(string? text) => text is not null && Id().IsMatch(text);

    [GeneratedRegex("^[0-9]{1,18}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
