namespace OnboardingPortal.Core.Kernel;

/// <summary>The agency user on whose behalf a service acts, taken from the signed-in session and from nowhere else.</summary>
/// <param name="Agency">The tenant; rows of any other count as not found.</param>
/// <param name="User">The user.</param>
/// <param name="Role">Checked by every operation that only main users may do.</param>
/// <param name="Name">The display name, for the audit trail and for clients.</param>
/// <param name="Email">Where the user is mailed.</param>
/// <param name="Address">The caller's network address, for the audit trail; null when unknown.</param>
public sealed record AgencyCaller(AgencyId Agency, AgencyUserId User, AgencyRole Role, string Name, string Email, string? Address)
{
    /// <summary>What stands between a user's name and that of the key that acts for them, in the audit trail.</summary>
    internal const string BeforeKey = " (API: ";

    /// <summary>How long a proof is enough.</summary>
    public static readonly TimeSpan ProofLife = TimeSpan.FromMinutes(10);

    /// <summary>Who sees whose requests in the agency.</summary>
    public RequestVisibility Visibility { get; init; }

    /// <summary>
    /// When the caller last showed in their session that it is them, by signing in or by a password, code or passkey since, UTC; null =
    /// never, as a program with a key.
    /// </summary>
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>The requests the caller sees.</summary>
    public RequestScope Scope => new(Agency, Visibility == RequestVisibility.OnlyRequester ? User : null);

    /// <summary>The name of the key to the API that acts as the user, hostile text; null when they act themselves.</summary>
    public string? ApiKeyName { get; init; }

    /// <summary>The caller as the audit trail names them; a key to the API is named behind its user.</summary>
    public Actor Actor => new(ActorKind.AgencyUser, User.Value, ApiKeyName is null ? Name : NameWith($"{BeforeKey}{ApiKeyName})"), Address);

    /// <summary>
    /// Whether the caller's proof is fresh enough for what changes who signs in and how: not older than <see cref="ProofLife"/>.
    /// </summary>
    public bool IsProvedAt(DateTimeOffset now) => now - ProvedAt <= ProofLife;

    /// <summary>Of the two it is the user's name that is cut where both do not fit: the entry carries the user's id.</summary>
    private string NameWith(string key) => ForeignText.Fit(Name, Actor.NameMaxLength - key.Length) + key;
}
