namespace OnboardingPortal.Core.Api;

/// <summary>A program that calls with a key, found anew for each call.</summary>
/// <param name="Key">The key that the call came with.</param>
/// <param name="Scopes">What the key may do.</param>
/// <param name="Caller">The user it acts as; the audit trail names them together with the key.</param>
public sealed record ApiCaller(ApiKeyId Key, IReadOnlyList<ApiScope> Scopes, AgencyCaller Caller);
