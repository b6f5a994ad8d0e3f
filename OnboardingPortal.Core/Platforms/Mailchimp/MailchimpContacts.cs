using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>
/// The people of Mailchimp's audiences, segments and tags: those who may be written to, and those who have unsubscribed. Cleaned, pending,
/// transactional and archived contacts are left out.
/// </summary>
/// <seealso href="https://mailchimp.com/developer/marketing/api/list-members/list-members-info/" />
public sealed class MailchimpContacts(HttpClient http, PlatformTransport transport, PortalAddress portal) : IContactSource
{
    private const int MaxLists = 1000;
    private const int MaxAudiences = 50; // whose segments are listed, too; each is a call
    private static readonly int[] PageSizes = [MailchimpDefaults.MaxPage, 250, 60];

    /// <inheritdoc />
    public PlatformKey Platform => MailchimpDefaults.Key;

    /// <inheritdoc />
    public int PeopleAMinute => MailchimpDefaults.PeopleAMinute;

    /// <summary>Each audience is followed by its segments and tags; those of the first 50 audiences are told.</summary>
    public async Task<Result<IReadOnlyList<ContactList>>> ListAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(
            credentials, $"lists?count={MaxLists}&offset=0&fields=lists.id,lists.name,lists.stats.member_count,total_items",
            MailchimpJson.Default.MailchimpLists, cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        var found = new List<ContactList>();
        var audiences = (answer.Value.Lists ?? []).Where(l => MailchimpListKey.IsAudience(l.Id)).ToList();
        foreach (var (audience, index) in audiences.Select((a, index) => (a, index)))
        {
            var name = audience.Name ?? audience.Id!;
            found.Add(new ContactList(MailchimpListKey.Of(audience.Id!), name, ContactListKind.List, audience.Stats?.MemberCount));
            if (index >= MaxAudiences || found.Count >= MaxLists) continue;
            var parts = await GetAsync(
                credentials,
                $"lists/{audience.Id}/segments?count={MaxLists}&offset=0"
                    + "&fields=segments.id,segments.name,segments.type,segments.member_count,total_items",
                MailchimpJson.Default.MailchimpSegments, cancellationToken);
            if (parts.Error is PlatformFailure { Kind: PlatformFailureKind.NotFound }) continue; // deleted just now
            if (!parts.Succeeded) return parts.Error;
            found.AddRange((parts.Value.Segments ?? []).Select(part => new ContactList(
                MailchimpListKey.Of(audience.Id!, part), part.Name ?? "", MailchimpListKey.KindOf(part), part.MemberCount, name)));
        }

        return found.Take(MaxLists).ToList();
    }

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactField>>> FieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken)
    {
        if (MailchimpListKey.Read(list) is not { } key) return Failure(PlatformFailureKind.NotFound);
        var fields = await GetAsync(
            credentials,
            $"lists/{key.Audience}/merge-fields?count={MailchimpDefaults.MaxPage}&offset=0"
                + "&fields=merge_fields.tag,merge_fields.name,merge_fields.type,total_items",
            MailchimpJson.Default.MailchimpMergeFields, cancellationToken);
        if (!fields.Succeeded) return fields.Error;
        if (key.Segment is not null)
        {
            var segment = await GetAsync(
                credentials, $"{key.Path}?fields=id,name,type,member_count", MailchimpJson.Default.MailchimpSegment, cancellationToken);
            if (!segment.Succeeded) return segment.Error;
        }

        return MailchimpFieldKey.Of(fields.Value.MergeFields ?? []).ToList();
    }

    /// <inheritdoc />
    public async Task<Result<ContactPage>> ReadAsync(
        PlatformCredentials credentials, ContactSelection selection, string? cursor, CancellationToken cancellationToken)
    {
        if (MailchimpListKey.Read(selection.List) is not { } key) return Failure(PlatformFailureKind.NotFound);
        if (cursor is null)
        {
            var fields = await FieldsAsync(credentials, selection.List, cancellationToken);
            if (!fields.Succeeded) return fields.Error;
            if (selection.FieldsGoneFrom(fields.Value) is { } gone) return gone;
        }

        var place = cursor is null
            ? new MailchimpPlace(key.Segment is null ? MailchimpPlace.Subscribed : "", 0, 0, 0, [])
            : MailchimpPlace.Read(cursor);
        if (place is null || selection.Fields.Any(f => MailchimpFieldKey.Read(f.Key) is null))
            return Failure(PlatformFailureKind.InvalidRequest);

        var (from, hasSteppedBack) = (place.From, false);
        var page = await PageAsync(credentials, key, selection, place.Status, from, cancellationToken);
        if (!page.Succeeded) return page.Error;
        var before = place.ReadBefore(page.Value.Members ?? []);
        if (before is null && place.MayStepBack)
        {
            (from, hasSteppedBack) = (place.FurtherBack, true); // more have left than pages overlap: rather twice than never
            page = await PageAsync(credentials, key, selection, place.Status, from, cancellationToken);
            if (!page.Succeeded) return page.Error;
            before = place.ReadBefore(page.Value.Members ?? []);
        }

        var members = page.Value.Members ?? [];
        var total = place.SoFar + page.Value.TotalItems;
        MailchimpPlace? next = place.Behind(from, members, hasSteppedBack);
        if (members.Count == 0 || next.Offset >= page.Value.TotalItems)
            next = place.Status == MailchimpPlace.Subscribed ? new MailchimpPlace(MailchimpPlace.Unsubscribed, 0, total, 0, []) : null;
        return new ContactPage(PeopleOf(members.Skip(before ?? 0), selection), next?.ToString(), total);
    }

    private async Task<Result<MailchimpMembers>> PageAsync(
        PlatformCredentials credentials, MailchimpListKey key, ContactSelection selection, string status, int offset,
        CancellationToken cancellationToken)
    {
        var asked = selection.Fields.Select(f => MailchimpFieldKey.Read(f.Key)!.Asked)
            .Prepend("total_items").Prepend("members.status").Prepend("members.unique_email_id").Prepend("members.id").Distinct();
        var which = key.Segment is null ? $"&status={status}&sort_field=timestamp_opt&sort_dir=ASC" : "&include_unsubscribed=true";
        Result<MailchimpMembers> page = Failure(PlatformFailureKind.Nonsense);
        foreach (var count in PageSizes)
        {
            page = await GetAsync(
                credentials,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{key.Path}/members?count={count}&offset={offset}{which}&fields={string.Join(',', asked)}"),
                MailchimpJson.Default.MailchimpMembers, cancellationToken);
            if (page.Error is not PlatformFailure { AsksForLess: true }) break;
        }

        return page;
    }

    private static List<Contact> PeopleOf(IEnumerable<MailchimpMember> members, ContactSelection selection)
    {
        var fields = selection.Fields.Select(f => MailchimpFieldKey.Read(f.Key)!).ToList();
        return members
            .Where(m => m.Status is MailchimpPlace.Subscribed or MailchimpPlace.Unsubscribed && m.Number is { Length: > 0 })
            .Select(m => new Contact(
                m.Number!, m.Status == MailchimpPlace.Unsubscribed, [.. fields.Select(f => f.ValueOf(m))]))
            .ToList();
    }

    private Task<Result<T>> GetAsync<T>(
        PlatformCredentials credentials, string path, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        var api = portal.Resolve(credentials.ApiAddress ?? MailchimpDefaults.ApiAddress);
        return transport.SendAsync(
            new PlatformCall(http, MailchimpDialect.Instance, Repeats: true, credentials.AccessToken),
            () => OAuthTokens.Get(new Uri(api, $"3.0/{path}"), credentials.AccessToken), shape, cancellationToken);
    }

    private static PlatformFailure Failure(PlatformFailureKind kind) => new(MailchimpDefaults.Key, kind);
}
