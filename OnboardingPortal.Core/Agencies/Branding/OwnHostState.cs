namespace OnboardingPortal.Core.Agencies;

/// <summary>How far an agency is with its own host.</summary>
/// <param name="Host">The host, as <see cref="Branding.PublicHost"/>.</param>
/// <param name="Proof">What shows that it is the agency's; null until it was looked for once.</param>
/// <param name="IsPointingEnough">Whether it does to let the host lead to this portal.</param>
/// <param name="CheckedAt">When the host was found to be the agency's, UTC; null = it waits for that and serves nothing.</param>
/// <param name="TriedAt">When it was last looked for, UTC; null = never.</param>
/// <param name="Problem">Why the last look did not find it; null = it did, or there was none.</param>
public sealed record OwnHostState(
    string Host, OwnHostProof? Proof, bool IsPointingEnough, DateTimeOffset? CheckedAt, DateTimeOffset? TriedAt, OwnHostProblem? Problem);

/// <summary>
/// What the owner of a host can put up, and nobody else: a TXT record or a file, either does. It is another one whenever the host is set.
/// </summary>
/// <param name="RecordName">The record's name, such as <c>_onboardingportal.onboard.bakery.example</c>.</param>
/// <param name="FileAddress">Where the file lies.</param>
/// <param name="Value">What the record says, and the file.</param>
public sealed record OwnHostProof(string RecordName, Uri FileAddress, string Value);

/// <summary>Why a host was not found to be an agency's; that there is no such record goes without saying.</summary>
public enum OwnHostProblem
{
    /// <summary>The name leads to no public address.</summary>
    NoAddress,

    /// <summary>Nobody answers there in time, or not with a valid certificate.</summary>
    NoAnswer,

    /// <summary>The server that answers there does not show the file.</summary>
    WrongAnswer,

    /// <summary>Another agency showed it to be its own.</summary>
    Taken,
}
