using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Platforms;

/// <summary>What the portal needs to act at a platform for one account. Stored encrypted only, see <c>CredentialProtector</c>.</summary>
/// <param name="AccessToken">The secret sent with each call.</param>
/// <param name="RefreshToken">The secret that renews it; null where the platform has none.</param>
/// <param name="ExpiresAt">When the access token dies, UTC; null = never, or unknown.</param>
/// <param name="ApiAddress">Where this account's API lives, with a trailing slash; null where all accounts share one.</param>
public sealed record PlatformCredentials(string AccessToken, string? RefreshToken, DateTimeOffset? ExpiresAt, Uri? ApiAddress)
{
    /// <summary>The access token in a form that cannot be printed by accident.</summary>
    [JsonIgnore]
    public AccessToken Token => new(AccessToken);

    /// <inheritdoc />
    public override string ToString() => "[credentials]";
}
