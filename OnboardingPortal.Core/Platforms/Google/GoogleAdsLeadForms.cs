using System.Globalization;
using System.Text.RegularExpressions;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>
/// What people filled in at the lead forms of advertising accounts in the last 60 days: all forms of an account as one list, and each
/// form as another. Customer lists are never offered, since nobody can read them back. A reading whose place Google has forgotten begins
/// anew: then people come twice.
/// </summary>
/// <seealso href="https://developers.google.com/google-ads/api/fields/v26/lead_form_submission_data" />
public sealed partial class GoogleAdsLeadForms(GoogleAdsClient ads, TimeProvider clock) : IContactSource
{
    /// <summary>What is asked of an advertising account.</summary>
    internal const string CustomerQuery = "SELECT customer.id, customer.descriptive_name, customer.manager FROM customer LIMIT 1";

    /// <summary>Asks for an account's lead forms.</summary>
    internal const string FormsQuery =
        "SELECT asset.id, asset.name, asset.lead_form_asset.headline FROM asset WHERE asset.type = 'LEAD_FORM'";

    /// <summary>Asks which form each submission came from.</summary>
    internal const string CountQuery = "SELECT lead_form_submission_data.asset FROM lead_form_submission_data";

    /// <summary>Asks for what people filled in; a condition and an order follow.</summary>
    internal const string LeadsQuery =
        "SELECT lead_form_submission_data.id, lead_form_submission_data.submission_date_time, "
        + "lead_form_submission_data.lead_form_submission_fields FROM lead_form_submission_data";

    private const int MostCountPages = 5;
    private const int MostLists = 1000;

    private static readonly ContactField[] All =
    [
        new("EMAIL", "Email"), new("WORK_EMAIL", "Work email"), new("PHONE_NUMBER", "Phone number"), new("WORK_PHONE", "Work phone"),
        new("FIRST_NAME", "First name"), new("LAST_NAME", "Last name"), new("CITY", "City"), new("REGION", "Region"),
        new("POSTAL_CODE", "Postal code"), new("COUNTRY", "Country"),
    ];

    /// <inheritdoc />
    public PlatformKey Platform => GoogleDefaults.AdsKey;

    /// <inheritdoc />
    public int PeopleAMinute => GoogleDefaults.LeadsAMinute;

    /// <summary>All forms of an account under the account's name, and each of its forms. None when there are no lead forms.</summary>
    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactList>>> ListAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var customers = await ads.CustomersAsync(credentials, cancellationToken);
        if (!customers.Succeeded) return customers.Error;
        var (lists, read, refused) = (new List<ContactList>(), 0, default(PortalError));
        foreach (var customer in customers.Value.Take(GoogleDefaults.MaxCustomers))
        {
            var found = await ListAsync(credentials, customer, cancellationToken);
            if (found.Succeeded)
            {
                lists.AddRange(found.Value);
                read++;
            }
            else if (found.Error is PlatformFailure { Kind: PlatformFailureKind.PolicyBlocked or PlatformFailureKind.PermissionDenied })
            {
                refused ??= found.Error; // one account that is closed hides no other
            }
            else
            {
                return found.Error;
            }
        }

        return read == 0 && refused is not null ? refused : lists.Take(MostLists).ToList();
    }

    /// <summary>
    /// What forms ask for that a person can be found by. Most forms ask for the whole name; what stands before its last word is the first
    /// name then.
    /// </summary>
    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<ContactField>>> FieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken)
    {
        var gone = await LookAsync(credentials, list, cancellationToken);
        return gone is null ? All.ToList() : gone;
    }

    /// <inheritdoc />
    public async Task<Result<ContactPage>> ReadAsync(
        PlatformCredentials credentials, ContactSelection selection, string? cursor, CancellationToken cancellationToken)
    {
        if (ListKey().Match(selection.List) is not { Success: true } key) return Failure(PlatformFailureKind.NotFound);
        var unknown = selection.Fields.Where(f => !All.Any(a => a.Key == f.Key)).Select(f => f.Name).ToList();
        if (unknown.Count > 0) return new ContactFieldsGone(unknown, AreRenamed: false);
        if (cursor is null && await LookAsync(credentials, selection.List, cancellationToken) is { } gone) return gone;
        var form = key.Groups["form"] is { Success: true } one
            ? $" WHERE lead_form_submission_data.asset = '{ResourceName(key.Groups["customer"].Value, one.Value)}'"
            : "";
        var search = new AdsSearch($"{LeadsQuery}{form} ORDER BY lead_form_submission_data.id", cursor, new AdsSearchSettings(true));
        var page = await ads.SearchAsync(credentials, key.Groups["customer"].Value, search, cancellationToken);
        if (cursor is not null && page.Error is PlatformFailure { Kind: PlatformFailureKind.InvalidRequest })
            return await ReadAsync(credentials, selection, null, cancellationToken);
        if (!page.Succeeded) return page.Error;

        var oldest = clock.GetUtcNow() - GoogleDefaults.LeadsKept;
        var people = (page.Value.Results ?? []).Select(r => r.LeadFormSubmissionData).OfType<AdsLead>()
            .Where(l => l.Id is { Length: > 0 } && !IsOlder(l, oldest)).Select(l => Person(l, selection)).ToList();
        return new ContactPage(
            people, page.Value.NextPageToken is { Length: > 0 } next && next != cursor ? next : null,
            long.TryParse(page.Value.TotalResultsCount, NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : null);
    }

    private async Task<Result<IReadOnlyList<ContactList>>> ListAsync(
        PlatformCredentials credentials, string customer, CancellationToken cancellationToken)
    {
        var who = await ads.SearchAsync(credentials, customer, new AdsSearch(CustomerQuery), cancellationToken);
        if (!who.Succeeded) return who.Error;
        var account = who.Value.Results is [{ Customer: { } found }, ..] ? found : new AdsCustomer(customer, null);
        if (account.Manager == true) return new List<ContactList>(); // it has no forms of its own
        var forms = await FormsAsync(credentials, customer, cancellationToken);
        if (!forms.Succeeded) return forms.Error;
        if (forms.Value.Count == 0) return new List<ContactList>();
        var counts = await CountAsync(credentials, customer, cancellationToken);
        if (!counts.Succeeded) return counts.Error;

        var name = account.DescriptiveName is { Length: > 0 } shown ? shown : customer;
        return forms.Value
            .Select(f => new ContactList(
                $"{customer}/{f.Id}", NameOf(f), ContactListKind.LeadForm, CountOf(ResourceName(customer, f.Id!)), name))
            .Prepend(new ContactList(customer, name, ContactListKind.LeadForm, counts.Value?.Values.Sum())).ToList();

        long? CountOf(string form) => counts.Value?.GetValueOrDefault(form);
    }

    private static string NameOf(AdsAsset form) =>
        form.Name is { Length: > 0 } name ? name : form.LeadFormAsset?.Headline is { Length: > 0 } headline ? headline : form.Id!;

    private async Task<Result<IReadOnlyList<AdsAsset>>> FormsAsync(
        PlatformCredentials credentials, string customer, CancellationToken cancellationToken)
    {
        var found = await ads.SearchAsync(credentials, customer, new AdsSearch(FormsQuery), cancellationToken);
        if (!found.Succeeded) return found.Error;
        return (found.Value.Results ?? []).Select(r => r.Asset).OfType<AdsAsset>()
            .Where(a => a.Id is { Length: > 0 } id && id.All(char.IsAsciiDigit)).ToList();
    }

    /// <summary>How many submissions each form has; null when there are more than can be counted in passing.</summary>
    private async Task<Result<Dictionary<string, long>?>> CountAsync(
        PlatformCredentials credentials, string customer, CancellationToken cancellationToken)
    {
        var (counts, token) = (new Dictionary<string, long>(), default(string));
        for (var pages = 0; pages < MostCountPages; pages++)
        {
            var page = await ads.SearchAsync(credentials, customer, new AdsSearch(CountQuery, token), cancellationToken);
            if (!page.Succeeded) return page.Error;
            foreach (var form in (page.Value.Results ?? []).Select(r => r.LeadFormSubmissionData?.Asset).OfType<string>())
                counts[form] = counts.GetValueOrDefault(form) + 1;
            token = page.Value.NextPageToken;
            if (string.IsNullOrEmpty(token)) return counts;
        }

        return default(Dictionary<string, long>);
    }

    /// <summary>Whether a list is still there; null when it is.</summary>
    private async Task<PortalError?> LookAsync(PlatformCredentials credentials, string list, CancellationToken cancellationToken)
    {
        if (ListKey().Match(list) is not { Success: true } key) return Failure(PlatformFailureKind.NotFound);
        var customers = await ads.CustomersAsync(credentials, cancellationToken);
        if (!customers.Succeeded) return customers.Error;
        if (!customers.Value.Contains(key.Groups["customer"].Value)) return Failure(PlatformFailureKind.NotFound);
        var forms = await FormsAsync(credentials, key.Groups["customer"].Value, cancellationToken);
        if (!forms.Succeeded) return forms.Error;
        var form = key.Groups["form"];
        return (form.Success ? forms.Value.Any(f => f.Id == form.Value) : forms.Value.Count > 0)
            ? null
            : Failure(PlatformFailureKind.NotFound);
    }

    private static Contact Person(AdsLead lead, ContactSelection selection)
    {
        var answers = (lead.LeadFormSubmissionFields ?? []).Where(f => f is { FieldType: not null, FieldValue.Length: > 0 })
            .DistinctBy(f => f.FieldType).ToDictionary(f => f.FieldType!, f => f.FieldValue!);
        var (first, last) = Names(answers.GetValueOrDefault("FULL_NAME"));
        return new Contact(lead.Id!, IsOptedOut: false, [.. selection.Fields.Select(f => answers.GetValueOrDefault(f.Key) ?? f.Key switch
        {
            "FIRST_NAME" => first,
            "LAST_NAME" => last,
            _ => null,
        })]);
    }

    /// <summary>A whole name's last word is the last name.</summary>
    private static (string? First, string? Last) Names(string? full)
    {
        var name = full?.Trim() ?? "";
        var at = name.LastIndexOf(' ');
        if (at < 0) return (name.Length == 0 ? null : name, null);
        return (name[..at].TrimEnd(), name[(at + 1)..]);
    }

    /// <summary>Google writes times as <c>2026-10-01 12:32:45+02:00</c>.</summary>
    private static bool IsOlder(AdsLead lead, DateTimeOffset oldest) =>
        DateTimeOffset.TryParse(lead.SubmissionDateTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        && at < oldest;

    private static string ResourceName(string customer, string form) => $"customers/{customer}/assets/{form}";

    private static PlatformFailure Failure(PlatformFailureKind kind) => new(GoogleDefaults.AdsKey, kind);

    [GeneratedRegex(@"^(?<customer>[0-9]{1,20})(?:/(?<form>[0-9]{1,20}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ListKey();
}
