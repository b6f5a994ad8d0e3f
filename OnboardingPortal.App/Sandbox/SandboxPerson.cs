namespace OnboardingPortal.App.Sandbox;

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
}

/// <summary>Somebody who can sign in at a stand-in platform, named after what they show.</summary>
/// <param name="Platform">Key of the platform, one of <see cref="SandboxPlatforms"/>.</param>
/// <param name="Key">Stable within the platform; lower-case words joined by hyphens.</param>
/// <param name="Name">Shown on the sign-in page, and the person's display name at the platform.</param>
/// <param name="Email">What is typed to sign in; the password can be anything.</param>
/// <param name="Shows">One sentence for whoever picks a person.</param>
/// <param name="Behaviour">What happens by itself when this person signs in or is asked about.</param>
public abstract record SandboxPerson(
    string Platform, string Key, string Name, string Email, string Shows, SandboxBehaviour Behaviour)
{
    /// <summary>The key that goes with a name.</summary>
    internal static string KeyOf(string name) => name.Replace(' ', '-').ToLowerInvariant();
}

/// <summary>Keys of the stand-in platforms, as they stand in addresses.</summary>
public static class SandboxPlatforms
{
    public const string Facebook = "facebook";
    public const string Mailchimp = "mailchimp";
}
