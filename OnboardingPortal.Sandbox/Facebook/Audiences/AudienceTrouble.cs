namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>What a call about audiences does.</summary>
[Flags]
internal enum AudienceCalls
{
    None = 0,
    Read = 1,
    Create = 2,
    Edit = 4,
    Add = 8,
    Remove = 16,
    Replace = 32,
    RemoveEverywhere = 64,
    People = Add | Remove | Replace,
    Writes = Create | Edit | People | RemoveEverywhere,
    All = Read | Writes,
}

/// <summary>
/// What goes wrong on an ad account of the test person <i>Data sync troubles</i>: the account is named after it. Until somebody mends it on
/// the sandbox's overview.
/// </summary>
/// <remarks>
/// <c>On</c>: Which calls are refused with the error; none where what happens is more than that.<br/>
/// <c>Title</c>: What Facebook says to people.
/// </remarks>
internal sealed record AudienceTrouble(
    string AdAccount, AudienceCalls On, int Status, int Code, int? Subcode, string? Title)
{
    public const string AccountDisabled = "Account disabled";
    public const string TermsNotAccepted = "Terms not accepted";
    public const string NoBusiness = "No business portfolio";
    public const string Flagged = "Audience flagged";
    public const string BeyondRepair = "Audience beyond repair";
    public const string ManyAudiences = "500 audiences";
    public const string TooSmall = "Too small to remove";
    public const string TimesOut = "Replacement times out";
    public const string NotFullyReplaced = "Not fully replaced";
    public const string HourlyCallsUsedUp = "Hourly calls used up";
    public const string PointsUsedUp = "Points used up";
    public const string NoUsage = "Tells no usage";
    public const string WebPage = "Answers a web page";
    public const string LosesAnswers = "Loses answers";
    public const string AsksForLess = "Asks for less";

    public static IReadOnlyList<AudienceTrouble> All { get; } =
    [
        Shows("Works"),
        Refuses(TermsNotAccepted, AudienceCalls.Writes, 200, 1870034, "Custom Audience Terms Not Accepted"),
        Refuses("Terms of another business", AudienceCalls.Writes, 200, 1870090, "Terms not accepted by the business acted for"),
        Refuses("Business tools terms", AudienceCalls.Writes, 200, 1870092, "Business Tools Terms Not Accepted"),
        Refuses("Terms for messages", AudienceCalls.Writes, 2655, null, "Marketing Messages Terms Not Accepted"),
        Refuses("No right to write", AudienceCalls.Writes, 2654, 1713092, "No Write Permission For This Account"),
        Refuses(AccountDisabled, AudienceCalls.Writes, 200, 1870065, "Ad Account Disabled"),
        Refuses(NoBusiness, AudienceCalls.Writes, 200, 1870050, "Ad Account Not Linked To A Business"),
        Shows(Flagged),
        Shows(BeyondRepair),
        Refuses("Audience deleted", AudienceCalls.People, 100, 1487366, "Audience Deleted"),
        Refuses("Audience not shared", AudienceCalls.People, 100, 1487301, "Custom Audience Not Shared"),
        Refuses(ManyAudiences, AudienceCalls.Create, 2654, null, "Failed to create custom audience"),
        Refuses(TooSmall, AudienceCalls.None, 200, 1870047, "Audience Size Too Low"),
        Refuses("Replacement already running", AudienceCalls.Replace, 2650, 1870145, "Audience Update In Progress"),
        Refuses(TimesOut, AudienceCalls.None, 2650, 1870158, "Session Timed Out"),
        Refuses("First batch missing", AudienceCalls.Replace, 2650, 1870147, "First Batch Missing"),
        Refuses("Session over", AudienceCalls.People, 2650, 1870159, "Session Already Finished"),
        Refuses(NotFullyReplaced, AudienceCalls.None, 2650, 1870148, "Audience Not Fully Updated"),
        Refuses("Too big to replace", AudienceCalls.Replace, 2650, 1870144, "Audience Too Big"),
        Refuses(HourlyCallsUsedUp, AudienceCalls.All, 80003, 2446079, "Too Many Calls To Custom Audiences"),
        Refuses(PointsUsedUp, AudienceCalls.All, 17, 2446079, "Ad Account Has Too Many API Calls"),
        Refuses("Custom limit", AudienceCalls.All, 613, null, "Calls Exceeded The Rate Limit"),
        Refuses("Bad rule", AudienceCalls.People, 100, 1713098, "The Rule Is Invalid"),
        Refuses("Too many parameters", AudienceCalls.People, 105, null, "Too Many Parameters"),
        Shows(NoUsage),
        Shows(WebPage),
        Shows(LosesAnswers),
        Shows(AsksForLess),
    ];

    private static AudienceTrouble Refuses(string adAccount, AudienceCalls on, int code, int? subcode, string title) =>
        new(adAccount, on, code == 200 ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest, code, subcode, title);

    private static AudienceTrouble Shows(string adAccount) => new(adAccount, AudienceCalls.None, 0, 0, null, null);
}
