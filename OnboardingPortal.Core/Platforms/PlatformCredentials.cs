using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms;

/// <summary>What the portal needs to act at a platform for one account. Stored encrypted only, see <c>CredentialProtector</c>.</summary>
/// <param name="AccessToken">The secret sent with each call.</param>
/// <param name="RefreshToken">The secret that renews it; null where the platform has none.</param>
/// <param name="ExpiresAt">When the access token dies, UTC; null = never, or unknown.</param>
/// <param name="ApiAddress">Where this account's API lives, with a trailing slash; null where all accounts share one.</param>
/// <param name="LoginAddress">Where this account's tokens are renewed, with a trailing slash; null where all accounts share one
/// place.</param>
/// <param name="IdentityAddress">Where the account says who it is; null where all accounts share one place.</param>
public sealed record PlatformCredentials(
    string AccessToken, string? RefreshToken, DateTimeOffset? ExpiresAt, Uri? ApiAddress, Uri? LoginAddress = null,
    Uri? IdentityAddress = null)
{
    /// <summary>The access token in a form that cannot be printed by accident.</summary>
    [JsonIgnore]
    public AccessToken Token => new(AccessToken);

    /// <summary>Whether they can be renewed without the person.</summary>
    [JsonIgnore]
    public bool CanRefresh => RefreshToken is not null;

    /// <inheritdoc />
    public override string ToString() => "[credentials]";
}
