using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>Google Sheets: a spreadsheet a person, read by ranges.</summary>
internal sealed class GoogleSheetsStandIn(OAuthServices services)
    : GoogleStandIn(services, "spreadsheets.readonly", "See all your Google Sheets spreadsheets")
{
    public static IReadOnlyList<AccountPerson> Everybody { get; } = AccountPeople.Of(
        GoogleApp.SheetsKey, [.. Roles("spreadsheets", "a spreadsheet with 1,250 contacts"), .. AccountPeople.Troubled("Google")]);

    public override string Key => GoogleApp.SheetsKey;
    public override string Name => "Google Sheets";
    public override string Section => GoogleApp.SheetsSection;
    public override IReadOnlyList<SandboxPerson> People => Everybody;
    public override Type Overview => typeof(GoogleSheetsOverview);

    protected override void MapApi(IEndpointRouteBuilder google)
    {
        var api = google.MapGroup("/v4/spreadsheets/{id}");
        api.MapGet("", (string id, HttpRequest http) => AnswerAsync(http, id, sheet => Json(sheet.Describe())));
        api.MapGet("values/{**range}", (string id, string range, HttpRequest http) => AnswerAsync(http, id, sheet => Answer(sheet, range)));
        api.MapGet(
            "values:batchGet", (string id, string[] ranges, HttpRequest http) => AnswerAsync(http, id, sheet => Batch(sheet, ranges)));
    }

    private Task<IResult> AnswerAsync(HttpRequest http, string id, Func<Spreadsheet, IResult> answer) => AnswerAsync(http, person =>
    {
        if (Everybody.FirstOrDefault(p => Spreadsheet.IdOf(p) == id) is not { } owner)
            return GoogleError.NotFound;
        return owner == person ? answer(new(owner)) : GoogleError.PermissionDenied;
    });

    private static IResult Batch(Spreadsheet sheet, string[] ranges)
    {
        var read = new JsonArray();
        foreach (var range in ranges)
        {
            if (Read(sheet, range) is not { } values)
                return Unparsable(range);
            read.Add(values);
        }

        return Json(new JsonObject { ["spreadsheetId"] = sheet.Id, ["valueRanges"] = read });
    }

    private static IResult Answer(Spreadsheet sheet, string range) =>
        Read(sheet, range) is { } values ? Json(values) : Unparsable(range);

    private static JsonObject? Read(Spreadsheet sheet, string text)
    {
        if (SheetRange.Parse(text) is not { } range)
            return null;
        var tab = range.Tab is null ? sheet.Tabs[0] : sheet.Tabs.FirstOrDefault(t => t.Title == range.Tab);
        return tab?.Read(range);
    }

    private static IResult Unparsable(string range) => GoogleError.Invalid($"Unable to parse range: {range}");
}
