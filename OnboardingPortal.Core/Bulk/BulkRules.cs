using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Bulk;

/// <summary>
/// Makes requests of the rows of one file, one after the other, with the agency's templates and defaults where cells are empty; and says
/// all that is wrong with each.
/// </summary>
internal sealed class BulkRules(
    Agency agency, IReadOnlyList<RequestTemplate> templates, IReadOnlyList<FacebookUserSummary> users, PlatformCatalog platforms,
    BulkWords words)
{
    private const int MaxNamed = 10;
    private const int MaxKept = 1000;
    private readonly BulkServices _services = new(platforms);
    private readonly Dictionary<string, int> _asked = new(StringComparer.OrdinalIgnoreCase); // whom for what: on which line first
    private readonly IReadOnlyList<Receiver> _receivers =
        [.. users.OrderBy(u => u.Failure is not null)
            .SelectMany(u => u.BusinessManagers.Where(b => b.IsAdmin).Select(b => new Receiver(u.Id, b, u.Failure is null)))];

    public BulkDraft Judge(BulkFile file, BulkCells row)
    {
        var problems = new List<BulkProblem>();
        if (row.IsTorn) problems.Add(words.Say(null, "TextAfterQuote"));
        if (row.Surplus > 0) problems.Add(words.Say(null, "TooManyCells", row.Surplus, file.Columns));
        var template = TemplateOf(row, problems);
        var services = ServicesOf(row, template, problems);
        var (user, business) = ReceiverOf(row, template, services, problems);
        var language = LanguageOf(row.Of(BulkColumn.Language));
        var usual = template is { Message.Length: > 0 } ? template.Message : agency.DefaultMessageIn(agency.Language);
        var message = row.Of(BulkColumn.Message) is { Length: > 0 } own ? own : usual;
        var request = new RequestTerms(message, services, user, business, language.Length > 0 ? language : agency.RequestLanguage);
        var addresses = AddressesOf(row, request, problems);
        // What is said of an unknown service includes that none is chosen; of a known one that is not available it does not.
        problems.AddRange(words.Judge(request)
            .Where(p => !problems.Exists(said => said.Column == p.Column) || (p.Column == BulkColumn.Services && services.Count > 0)));
        if (problems.Count > 0)
        {
            // Kept to be shown, never to be sent: a cell may hold the whole file.
            addresses = ForeignText.Fit(addresses, MaxKept);
            request = request with { Message = ForeignText.Fit(message, MaxKept), Language = null };
        }

        var shown = problems.Exists(p => p.Column == BulkColumn.Services) && row.Of(BulkColumn.Services) is { Length: > 0 } cell
            ? BulkReader.Short(cell) : string.Join(", ", services.Select(platforms.NameOf));
        return new BulkDraft(row.Line, addresses, new BulkInput(request, addresses, shown), problems);
    }

    /// <summary>The code of a language as exports have it: de, de-DE, German, Deutsch.</summary>
    private static string LanguageOf(string cell) => cell.ToLowerInvariant().Split('-', '_', ' ')[0] switch
    {
        "english" or "englisch" => "en",
        "german" or "deutsch" => "de",
        { Length: 2 } code => code,
        _ => cell.ToLowerInvariant(),
    };

    private RequestTemplate? TemplateOf(BulkCells row, List<BulkProblem> problems)
    {
        var name = row.Of(BulkColumn.Template);
        if (name.Length == 0) return templates.FirstOrDefault(t => t.IsDefault);
        var found = templates.FirstOrDefault(t => t.Name == name)
            ?? templates.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase));
        if (found is null) problems.Add(words.Say(BulkColumn.Template, "TemplateUnknown", BulkReader.Short(name)));
        return found;
    }

    private IReadOnlyList<PlatformKey> ServicesOf(BulkCells row, RequestTemplate? template, List<BulkProblem> problems)
    {
        var (keys, unknown) = _services.Read(row.Of(BulkColumn.Services));
        if (unknown.Count > 0)
        {
            var known = string.Join(", ", platforms.All.Where(p => p.IsConfigured).Select(p => p.Descriptor.Name));
            problems.Add(words.Say(BulkColumn.Services, "ServiceUnknown", Named(unknown), known));
        }

        return keys.Count > 0 || unknown.Count > 0 ? keys : template?.Platforms ?? [];
    }

    private (AgencyFacebookUserId? User, string? Business) ReceiverOf(
        BulkCells row, RequestTemplate? template, IReadOnlyList<PlatformKey> services, List<BulkProblem> problems)
    {
        if (!services.Any(key => platforms.Find(key)?.Descriptor.Grants == PlatformGrants.Assets)) return (null, null);
        var cell = row.Of(BulkColumn.BusinessManager);
        var fitting = cell.Length > 0
            ? _receivers.Where(
                r => r.Business.ExternalId == cell || string.Equals(r.Business.Name.Trim(), cell, StringComparison.OrdinalIgnoreCase))
                    .ToList()
            : [.. _receivers.Where(r => r.Works)];
        if (cell.Length == 0 && fitting.FindAll(r => r.Business.ExternalId == template?.BusinessManagerId) is { Count: > 0 } ofTemplate)
            fitting = ofTemplate;
        if (fitting.Select(r => r.Business.ExternalId).Distinct().Count() == 1)
        {
            var receiver = fitting.Find(r => r.User == template?.FacebookUserId) ?? fitting[0];
            return (receiver.User, receiver.Business.ExternalId);
        }

        var names = Named([.. _receivers.Select(r => $"{r.Business.Name} ({r.Business.ExternalId})").Distinct()]);
        problems.Add((_receivers.Count, fitting.Count, cell.Length) switch
        {
            (0, _, _) => words.Say(BulkColumn.BusinessManager, "NoBusinessManager"),
            (_, 0, > 0) => words.Say(BulkColumn.BusinessManager, "BusinessManagerUnknown", BulkReader.Short(cell), names),
            (_, _, > 0) => words.Say(BulkColumn.BusinessManager, "BusinessManagerAmbiguous", BulkReader.Short(cell), names),
            _ => words.Say(BulkColumn.BusinessManager, "BusinessManagerMissing", names),
        });
        return (null, null);
    }

    private string AddressesOf(BulkCells row, RequestTerms request, List<BulkProblem> problems)
    {
        var read = RecipientList.Read(row.Of(BulkColumn.Recipients));
        if (!read.Succeeded)
        {
            problems.Add(read.Error is AddressesRefused refused
                ? words.Say(BulkColumn.Recipients, "AddressesWrong", string.Join(", ", refused.Addresses.Select(BulkReader.Short)))
                : words.Say(BulkColumn.Recipients, read.Error));
            return row.Of(BulkColumn.Recipients);
        }

        var asked = string.Join(' ', request.Platforms.Select(p => p.Value).Distinct().Order(StringComparer.Ordinal));
        var twice = read.Value.Select(
            address => (Address: address, Line: _asked.GetValueOrDefault($"{EmailAddress.KeyOf(address)} {asked}")))
                .FirstOrDefault(t => t.Line > 0);
        foreach (var address in read.Value) _asked.TryAdd($"{EmailAddress.KeyOf(address)} {asked}", row.Line);
        if (twice.Line > 0) problems.Add(words.Say(BulkColumn.Recipients, "AskedTwice", twice.Address, twice.Line));
        return string.Join(", ", read.Value);
    }

    private static string Named(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MaxNamed).Select(BulkReader.Short)) + (names.Count > MaxNamed ? ", …" : "");

    private sealed record Receiver(AgencyFacebookUserId User, BusinessManager Business, bool Works);
}

/// <summary>A row that was judged.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Recipients">The addresses, or the cell as it is when they are wrong.</param>
/// <param name="Input">The request to be made of it.</param>
/// <param name="Problems">What is wrong; empty = it can be sent.</param>
internal sealed record BulkDraft(int Line, string Recipients, BulkInput Input, IReadOnlyList<BulkProblem> Problems);
