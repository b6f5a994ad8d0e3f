namespace OnboardingPortal.Core.Kernel;

/// <summary>The two forms in which a link's token is kept.</summary>
/// <param name="Hash">SHA-256 of the token.</param>
/// <param name="ProtectedToken">The token, protected.</param>
internal sealed record NewLink(byte[] Hash, string ProtectedToken);
