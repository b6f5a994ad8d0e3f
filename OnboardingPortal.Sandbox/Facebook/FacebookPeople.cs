using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.Sandbox.Facebook;

/// <summary>A test person of the Facebook stand-in.</summary>
/// <remarks><c>UserId</c>: What <c>/me</c> answers as <c>id</c>.</remarks>
public sealed record FacebookPerson(
    string UserId, string Key, string Name, string Email, string Shows, SandboxBehaviour Behaviour = SandboxBehaviour.Ordinary)
    : SandboxPerson(FacebookApp.Key, Key, Name, Email, Shows, Behaviour);

/// <summary>Everybody who can sign in at the Facebook stand-in, in the order of the sign-in page.</summary>
public static class FacebookPeople
{
    public static IReadOnlyList<FacebookPerson> All { get; } =
    [
        Person(1, "All well",
            "Admin of one Business Manager with three ad accounts and two Pages. Also sees an ad account that another business owns."),
        Person(2, "Two Business Managers", "Admin of two Business Managers, each with its own ad accounts and Pages."),
        Person(3, "Cancels at consent", "Presses Cancel when Facebook asks.", SandboxBehaviour.CancelsAtConsent),
        Person(4, "Unticks a permission", "Refuses to let the app manage businesses. Asked a second time, the choice is left to you.",
            SandboxBehaviour.UnticksPermission),
        Person(5, "No Business Manager", "Has an ad account and a Page of their own, but no Business Manager."),
        Person(6, "Not an admin", "Is only an Employee of the Business Manager, so may not share its assets."),
        Person(7, "230 ad accounts", "Admin of one Business Manager with 230 ad accounts and three Pages."),
        Person(8, "Second admin must approve",
            "Sharing an ad account succeeds, but a second admin must approve it (here: on the sandbox's overview)."),
        Person(9, "Sharing refused",
            "Facebook refuses the sharing calls of this app; access can only be given by hand in the business settings."),
        Person(10, "Answers 500", "Facebook answers every question about this person with an error of its own.",
            SandboxBehaviour.AnswersServerError),
        Person(11, "Answers slowly", "Facebook takes three seconds for every answer.", SandboxBehaviour.AnswersSlowly),
        Person(12, "Answers nonsense", "Facebook's answers are cut off in the middle.", SandboxBehaviour.AnswersNonsense),
        Person(13, "Too many calls", "Facebook answers that the app has called too often.", SandboxBehaviour.AnswersRateLimited),
        Person(14, "Sign-in runs out", "The sign-in ends as soon as ad accounts or Pages are asked for.", SandboxBehaviour.SignInRunsOut),
        Person(15, "Must be requested",
            "Facebook does not let this app share Pages. The agency asks for them, and somebody accepts (here: below, or in the "
            + "business settings)."),
        Person(16, "Page of the new experience", "Has a Page whose tasks have names of their own: the classic names are refused."),
        Person(17, "Owned by another business",
            "Sees an ad account and a Page that another business owns, and has a Page that no business owns."),
        Person(18, "Not assignable", "Sharing works, but Facebook does not let the agency's own user work with what was shared."),
        Person(19, "5000 ad accounts", "Admin of one Business Manager with 5,000 ad accounts."),
        Person(20, "Data sync troubles",
            "Admin of one Business Manager whose ad accounts are each named after what goes wrong when an audience is made or filled. "
            + "It can be mended below."),
        Person(40, "Campaigns",
            "Has ad accounts in several currencies and zones, and some on which Facebook refuses campaigns: disabled, policy not "
            + "accepted, app in development, no right, budget changed too often, too many calls. Every other refusal can be set below."),
        new(FacebookAgencyAdmin.UserId, FacebookAgencyAdmin.Key, FacebookAgencyAdmin.Name, FacebookAgencyAdmin.Email,
            "The agency's own side: Admin of Brightside Agency and Brightside Labs, Employee of Harbour Media."),
    ];

    public static FacebookPerson? Find(string? key) => All.FirstOrDefault(p => p.Key == key);

    public static FacebookPerson? FindByUserId(string? userId) => All.FirstOrDefault(p => p.UserId == userId);

    private static FacebookPerson Person(int number, string name, string shows, SandboxBehaviour behaviour = SandboxBehaviour.Ordinary)
    {
        var key = SandboxPerson.KeyOf(name);
        return new($"102150000000001{number:00}", key, name, $"{key}@facebook.example", shows, behaviour);
    }
}

/// <summary>The agency's own Facebook user, in constants: demo data starts with this user connected.</summary>
public static class FacebookAgencyAdmin
{
    public const string Key = "agency-admin";
    public const string Name = "Agency admin";
    public const string Email = "agency-admin@facebook.example";
    public const string UserId = "10215000000000100";

    public const string BrightsideAgencyId = "555000111222333";
    public const string BrightsideAgencyName = "Brightside Agency";
    public const string BrightsideAgencyUserId = "122100000000000101";

    public const string BrightsideLabsId = "555000111222444";
    public const string BrightsideLabsName = "Brightside Labs";
    public const string BrightsideLabsUserId = "122100000000000102";

    public const string HarbourMediaId = "555000111222555";
    public const string HarbourMediaName = "Harbour Media";
    public const string HarbourMediaUserId = "122100000000000103";

    /// <summary>Where the user works, as the portal reads it after a sign-in.</summary>
    public static readonly IReadOnlyList<BusinessManager> BusinessManagers =
    [
        new(BrightsideAgencyId, BrightsideAgencyName, IsAdmin: true, BrightsideAgencyUserId),
        new(BrightsideLabsId, BrightsideLabsName, IsAdmin: true, BrightsideLabsUserId),
        new(HarbourMediaId, HarbourMediaName, IsAdmin: false, HarbourMediaUserId),
    ];
}
