using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.ActiveCampaign;

/// <summary>
/// The people of ActiveCampaign's lists: first those who may be written to, then those who have unsubscribed; unconfirmed and bounced ones
/// are left out. Each page begins behind the last id, so that nobody is missed who stays.
/// </summary>
/// <seealso href="https://developers.activecampaign.com/reference/list-all-contacts" />
public sealed partial class ActiveCampaignContacts(HttpClient http, PlatformTransport transport) : IContactSource
{
    private const int MaxRows = 1000;
    private const int FewAtATime = 10;
    private const string CustomField = "field:";
    private static readonly ActiveCampaignPlace Start = new(ActiveCampaignPlace.Active, 0, 0);

    private static readonly (ContactField Field, Func<ActiveCampaignPerson, string?> Value)[] Usual =
    [
        (new("email", "Email"), p => p.Email),
        (new("phone", "Phone"), p => p.Phone),
        (new("firstName", "First Name"), p => p.FirstName),
        (new("lastName", "Last Name"), p => p.LastName),
    ];

    /// <inheritdoc />
    public PlatformKey Platform => ActiveCampaignDefaults.Key;

    /// <inheritdoc />
    public int PeopleAMinute => ActiveCampaignDefaults.PeopleAMinute;

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactList>>> ListAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var lists = await RowsAsync(
            credentials, "lists", ActiveCampaignJson.Default.ActiveCampaignLists, answer => answer.Lists, cancellationToken);
        if (!lists.Succeeded) return lists.Error;
        return lists.Value.Where(l => IsId(l.Id))
            .Select(l => new ContactList(l.Id!, l.Name ?? l.Id!, ContactListKind.List, null)).ToList();
    }

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactField>>> FieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken)
    {
        if (await MissingAsync(credentials, list, cancellationToken) is { } failure) return failure;
        var custom = await RowsAsync(
            credentials, "fields", ActiveCampaignJson.Default.ActiveCampaignFields, answer => answer.Fields, cancellationToken);
        if (!custom.Succeeded) return custom.Error;
        return Usual.Select(u => u.Field)
            .Concat(custom.Value.Where(f => IsId(f.Id)).Select(f => new ContactField(CustomField + f.Id, f.Title ?? f.Id!))).ToList();
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

        var place = cursor is null ? Start : ActiveCampaignPlace.Read(cursor);
        if (place is null) return Failure(PlatformFailureKind.InvalidRequest);
        var answer = await PageAsync(credentials, selection, place, ActiveCampaignDefaults.MaxPage, cancellationToken);
        if (answer.Error is PlatformFailure { AsksForLess: true })
            answer = await PageAsync(credentials, selection, place, FewAtATime, cancellationToken);
        if (!answer.Succeeded) return answer.Error;

        // Ids only grow: whoever is not behind the last one was read before, and an answer of such people alone would never end.
        var told = answer.Value.Contacts ?? [];
        var people = told.Where(p => IsId(p.Id) && IdOf(p.Id!) > place.After).ToList();
        if (told.Count > 0 && people.Count == 0) return Failure(PlatformFailureKind.Nonsense);
        var left = answer.Value.Meta?.Total;
        var isOver = told.Count == 0 || left <= told.Count;
        var soFar = place.SoFar + people.Count;
        var next = !isOver ? place with { After = people.Max(p => IdOf(p.Id!)), SoFar = soFar }
            : place.Status == ActiveCampaignPlace.Active ? new ActiveCampaignPlace(ActiveCampaignPlace.Unsubscribed, 0, soFar)
            : null;

        // To ask for a list that was deleted meanwhile is no error there: it would look as if everybody had left.
        if (next is null && await MissingAsync(credentials, selection.List, cancellationToken) is { } missing) return missing;
        return new ContactPage(PeopleOf(answer.Value, people, selection, place), next?.ToString(), place.SoFar + left);
    }

    private Task<Result<ActiveCampaignPeople>> PageAsync(
        PlatformCredentials credentials, ContactSelection selection, ActiveCampaignPlace place, int limit,
        CancellationToken cancellationToken)
    {
        var list = string.Create(CultureInfo.InvariantCulture, $"contacts?listid={selection.List}&status={place.Status}");
        var page = string.Create(CultureInfo.InvariantCulture, $"limit={limit}&orders%5Bid%5D=ASC&id_greater={place.After}");
        var include = selection.Fields.Any(f => f.Key.StartsWith(CustomField, StringComparison.Ordinal)) ? "&include=fieldValues" : "";
        return GetAsync(
            credentials, $"{list}&{page}{include}",
            ActiveCampaignJson.Default.ActiveCampaignPeople, cancellationToken);
    }

    private static List<Contact> PeopleOf(
        ActiveCampaignPeople answer, List<ActiveCampaignPerson> people, ContactSelection selection, ActiveCampaignPlace place)
    {
        var values = new Dictionary<(string? Contact, string Field), string?>();
        foreach (var value in answer.FieldValues ?? []) values[(value.Contact, CustomField + value.Field)] = value.Value;
        return people.ConvertAll(person => new Contact(
            person.Id!, place.Status == ActiveCampaignPlace.Unsubscribed,
            [.. selection.Fields.Select(f => Array.Find(Usual, u => u.Field.Key == f.Key).Value is { } usual
                ? usual(person)
                : values.GetValueOrDefault((person.Id, f.Key)))]));
    }

    private async Task<PlatformFailure?> MissingAsync(PlatformCredentials credentials, string list, CancellationToken cancellationToken)
    {
        if (!IsId(list)) return Failure(PlatformFailureKind.NotFound);
        var found = await GetAsync(credentials, $"lists/{list}", ActiveCampaignJson.Default.ActiveCampaignOneList, cancellationToken);
        return (PlatformFailure?)found.Error;
    }

    private async Task<Result<IReadOnlyList<TRow>>> RowsAsync<TPage, TRow>(
        PlatformCredentials credentials, string what, JsonTypeInfo<TPage> shape, Func<TPage, IReadOnlyList<TRow>?> rowsOf,
        CancellationToken cancellationToken)
    {
        var rows = new List<TRow>();
        for (var offset = 0; offset < MaxRows; offset += ActiveCampaignDefaults.MaxPage)
        {
            var page = await GetAsync(
                credentials, $"{what}?limit={ActiveCampaignDefaults.MaxPage}&offset={offset}", shape, cancellationToken);
            if (!page.Succeeded) return page.Error;
            var told = rowsOf(page.Value) ?? [];
            rows.AddRange(told.Take(ActiveCampaignDefaults.MaxPage));
            if (told.Count < ActiveCampaignDefaults.MaxPage) break;
        }

        return rows;
    }

    private Task<Result<T>> GetAsync<T>(
        PlatformCredentials credentials, string path, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        var api = credentials.ApiAddress!;
        return transport.SendAsync(
            new PlatformCall(http, ActiveCampaignDialect.Instance, Repeats: true, api.AbsoluteUri),
            () => new HttpRequestMessage(HttpMethod.Get, new Uri(api, $"api/3/{path}"))
            {
                Headers = { { "Api-Token", credentials.AccessToken } },
            },
            shape, cancellationToken);
    }

    private static PlatformFailure Failure(PlatformFailureKind kind) => new(ActiveCampaignDefaults.Key, kind);

    private static bool IsId(string? text) => text is not null && Id().IsMatch(text);

    private static long IdOf(string id) => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^[0-9]{1,18}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}

/// <summary>How far a list is read.</summary>
/// <param name="Status">Which people are read now, in ActiveCampaign's words.</param>
/// <param name="After">The last id that was read of them.</param>
/// <param name="SoFar">How many people were read in all.</param>
internal sealed record ActiveCampaignPlace(int Status, long After, long SoFar)
{
    public const int Active = 1;
    public const int Unsubscribed = 2;

    /// <returns>Null when the text is no cursor.</returns>
    public static ActiveCampaignPlace? Read(string cursor) =>
        cursor.Split(':') is [var status, var after, var read]
        && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var s) && s is Active or Unsubscribed
        && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
        && long.TryParse(read, NumberStyles.None, CultureInfo.InvariantCulture, out var r)
            ? new(s, a, r)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status}:{After}:{SoFar}");
}
