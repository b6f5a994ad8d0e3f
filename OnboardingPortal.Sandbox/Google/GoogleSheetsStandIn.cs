using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Sandbox.Google;

/// <summary>Google Sheets: a spreadsheet a person, read by ranges.</summary>
internal sealed class GoogleSheetsStandIn(OAuthServices services, SandboxContactLists lists, ContactDisturbances disturbances)
    : GoogleStandIn(services, "spreadsheets.readonly", "See all your Google Sheets spreadsheets")
{
    private const int FirstWindow = 2; // behind the header

    public static IReadOnlyList<AccountPerson> Everybody { get; } = AccountPeople.Of(GoogleApp.SheetsKey,
    [
        .. Roles("spreadsheets", "a spreadsheet with tabs of 12, 40, 250 and 5,000 contacts"), .. AccountPeople.Troubled("Google"),
        new("Header renamed", "New Names",
            "Once the contacts are changed on the sandbox's page, the column of the addresses has another name.",
            SandboxBehaviour.RenamesHeader),
        new("Column removed", "Less Is More", "Once the contacts are changed on the sandbox's page, the column of the addresses is gone.",
            SandboxBehaviour.RemovesColumn),
        new("Sheet deleted", "Clean Tables", "Once the contacts are changed on the sandbox's page, the first tab is gone.",
            SandboxBehaviour.DeletesSheet),
        .. AccountPeople.Reading("Google").Where(r => r.Behaviour != SandboxBehaviour.HasNoLists),
    ]);

    public override string Key => GoogleApp.SheetsKey;
    public override string Name => "Google Sheets";
    public override string Section => GoogleApp.SheetsSection;
    public override IReadOnlyList<SandboxPerson> People => Everybody;
    public override Type Overview => typeof(GoogleSheetsOverview);
    public override bool HasContacts => true;

    protected override void MapApi(IEndpointRouteBuilder google)
    {
        var api = google.MapGroup("/v4/spreadsheets/{id}");
        api.MapGet("", (string id, HttpRequest http) => AnswerAsync(http, id, sheet => Json(sheet.Describe())));
        api.MapGet("values/{**range}", (string id, string range, string? majorDimension, HttpRequest http) =>
            AnswerAsync(http, id, sheet => Answer(sheet, [range], majorDimension, values => values[0]!.DeepClone())));
        api.MapGet("values:batchGet", (string id, string[] ranges, string? majorDimension, HttpRequest http) =>
            AnswerAsync(http, id, sheet => Answer(
                sheet, ranges, majorDimension, values => new JsonObject { ["spreadsheetId"] = sheet.Id, ["valueRanges"] = values })));
    }

    private Task<IResult> AnswerAsync(HttpRequest http, string id, Func<Spreadsheet, IResult> answer) => AnswerAsync(http, person =>
    {
        if (Everybody.FirstOrDefault(p => Spreadsheet.IdOf(p) == id) is not { } owner)
            return GoogleError.NotFound;
        return owner == person ? answer(Spreadsheet.Of(owner, lists)) : GoogleError.PermissionDenied;
    });

    private IResult Answer(Spreadsheet sheet, string[] ranges, string? dimension, Func<JsonArray, JsonNode> shape)
    {
        if (dimension is not (null or "ROWS" or "COLUMNS")) return GoogleError.Invalid("Invalid value at 'major_dimension'");
        var (read, last) = (new JsonArray(), 0);
        foreach (var text in ranges)
        {
            if (SheetRange.Parse(text) is not { } range || TabOf(sheet, range) is not { IsChart: false } tab)
                return GoogleError.Invalid($"Unable to parse range: {text}");
            if (!tab.Has(range))
                return GoogleError.Invalid($"Range ({text}) exceeds grid limits. Max rows: {tab.RowCount}, max columns: 26");
            read.Add(tab.Read(range, dimension == "COLUMNS"));
            last = Math.Max(last, range.FirstRow);
        }

        return disturbances.For(sheet.Owner, isFirst: last <= FirstWindow) switch
        {
            ContactDisturbance.ListGone => GoogleError.NotFound,
            ContactDisturbance.AccessEnds => GoogleError.Unauthenticated,
            ContactDisturbance.QuotaEnds => GoogleError.Exhausted,
            _ => Json(shape(read)),
        };
    }

    private static SpreadsheetTab? TabOf(Spreadsheet sheet, SheetRange range) =>
        range.Tab is null ? sheet.Tabs[0] : sheet.Tabs.FirstOrDefault(t => t.Title == range.Tab);
}
