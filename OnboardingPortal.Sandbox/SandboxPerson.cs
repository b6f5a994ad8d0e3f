namespace OnboardingPortal.Sandbox;

/// <summary>What a test person's platform does out of the ordinary.</summary>
public enum SandboxBehaviour
{
    Ordinary,
    CancelsAtConsent,
    UnticksPermission,
    SignInRunsOut,
    AccountClosed,
    AnswersServerError,
    AnswersSlowly,
    AnswersNonsense,
    AnswersRateLimited,

    /// <summary>The platform keeps the person on a page of its own, or sends them back with a refusal.</summary>
    StoppedAtSignIn,

    /// <summary>The first access token has already expired.</summary>
    TokenExpiresAtOnce,

    /// <summary>Every refresh replaces the refresh token.</summary>
    RotatesRefreshToken,

    /// <summary>Access is taken back a few seconds after the sign-in.</summary>
    TakesAccessBack,

    /// <summary>The account lacks something that the API calls need.</summary>
    LacksSomething,

    /// <summary>Every call is redirected to an address that must not be reached.</summary>
    RedirectsElsewhere,

    /// <summary>The answer begins and never ends.</summary>
    NeverStopsAnswering,

    /// <summary>The account has no lists of people.</summary>
    HasNoLists,

    /// <summary>A list of people is gone after its first page.</summary>
    ListGoesWhileRead,

    /// <summary>Access ends after the first page of a list of people.</summary>
    TokenDiesWhileRead,

    /// <summary>A list of people can be read by three calls a minute only.</summary>
    QuotaWhileRead,

    /// <summary>Calls are counted as the documentation says; those beyond are refused.</summary>
    CountsCallsASecond,

    /// <summary>The account's edition lets no program read its data.</summary>
    HasNoApi,

    /// <summary>A column of a sheet gets another name once the contacts are changed.</summary>
    RenamesHeader,

    /// <summary>A column of a sheet is taken out once the contacts are changed.</summary>
    RemovesColumn,

    /// <summary>A sheet is deleted once the contacts are changed.</summary>
    DeletesSheet,

    /// <summary>Contacts may not be read any more once they are changed.</summary>
    WithdrawsRight,

    /// <summary>The account moves to an edition that lets no program read its data once the contacts are changed.</summary>
    LosesApi,

    /// <summary>The lead forms are deleted once the contacts are changed.</summary>
    DeletesForms,

    /// <summary>Nobody is in any list any more once the contacts are changed.</summary>
    EmptiesLists,
}

/// <summary>Somebody who can sign in at a stand-in platform, named after what they show.</summary>
/// <param name="Platform">The <see cref="IStandIn.Key"/> of the platform.</param>
/// <param name="Key">Stable within the platform; lower-case words joined by hyphens.</param>
/// <param name="Name">Shown on the sign-in page, and the person's display name at the platform.</param>
/// <param name="Email">What is typed to sign in; the password can be anything.</param>
/// <param name="Shows">One sentence for anybody who picks a person.</param>
/// <param name="Behaviour">What happens by itself when this person signs in or is asked about.</param>
public abstract record SandboxPerson(
    string Platform, string Key, string Name, string Email, string Shows, SandboxBehaviour Behaviour)
{
    /// <summary>The account that signing in opens, where it has a name of its own.</summary>
    public virtual string? AccountName => null;

    /// <summary>The key that goes with a name.</summary>
    internal static string KeyOf(string name) => name.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-').ToLowerInvariant();
}
