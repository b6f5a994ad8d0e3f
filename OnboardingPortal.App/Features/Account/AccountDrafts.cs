using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

/// <summary>What is typed of a <see cref="Profile"/>.</summary>
public sealed class ProfileDraft
{
    public const string AsBrowser = "browser";

    public string Name { get; set; } = "";

    /// <summary>A language's tag, or <see cref="AsBrowser"/>.</summary>
    public string Language { get; set; } = AsBrowser;

    /// <summary>Null = the browser's.</summary>
    public string? TimeZone { get; set; }

    public Profile ToProfile() => new(Name, Language == AsBrowser ? null : Language, TimeZone);
}

/// <summary>A change of the password.</summary>
public sealed class PasswordDraft
{
    public string Current { get; set; } = "";

    public string Next { get; set; } = "";
}

/// <summary>What an authenticator app shows.</summary>
public sealed class CodeDraft
{
    public string Code { get; set; } = "";
}

/// <summary>What shows that it is the user who asks: the password or a fresh code.</summary>
public sealed class ProofDraft
{
    public string Proof { get; set; } = "";
}

/// <summary>A passkey to be made.</summary>
public sealed class PasskeyDraft
{
    public string Name { get; set; } = "";
}
