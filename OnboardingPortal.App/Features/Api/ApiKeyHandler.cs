using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Api;

namespace OnboardingPortal.App.Features.Api;

/// <summary>
/// Knows a program by <c>Authorization: Bearer</c> and a key to the API; a cookie is nothing to it, and its key opens no page.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys, RefusedKeys refused,
    ApiProblems problems)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer";
    private const string ScopeClaim = "portal/api-scope";

    private PortalError _refusal = new ApiKeyMissing();

    /// <summary>What an endpoint asks of a key.</summary>
    public static void Require(AuthorizationPolicyBuilder policy, ApiScope scope) =>
        policy.AddAuthenticationSchemes(SchemeName).RequireAuthenticatedUser().RequireClaim(ScopeClaim, scope.ToString());

    /// <summary>The key that a call came with, or null. More than one header is none: nobody knows which one counts.</summary>
    public static string? KeyOf(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header]) return null;
        return header.Length > Bearer.Length && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && header[Bearer.Length] == ' '
            ? header[Bearer.Length..].Trim()
            : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } key)
        {
            if (Request.Headers.Authorization.Count > 0) _refusal = new ApiKeyUnknown();
            return AuthenticateResult.NoResult();
        }

        var address = Context.Connection.RemoteIpAddress;
        if (refused.PauseOf(address) is { } pause)
        {
            _refusal = new TooManyCalls(pause);
            return AuthenticateResult.Fail(nameof(TooManyCalls));
        }

        var caller = await keys.AuthenticateAsync(key, address?.ToString(), Context.RequestAborted);
        if (!caller.Succeeded)
        {
            if (caller.Error is ApiKeyUnknown) refused.Note(address);
            _refusal = caller.Error;
            return AuthenticateResult.Fail(caller.Error.GetType().Name);
        }

        Context.Features.Set(caller.Value);
        var identity = new ClaimsIdentity(caller.Value.Scopes.Select(s => new Claim(ScopeClaim, s.ToString())), SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_refusal is not TooManyCalls)
            Response.Headers.WWWAuthenticate = _refusal is ApiKeyMissing ? Bearer : $"{Bearer} error=\"invalid_token\"";
        return problems.WriteAsync(Context, _refusal);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()!.Metadata.GetRequiredMetadata<ApiEndpoint>().Scope;
        Response.Headers.WWWAuthenticate = $"{Bearer} error=\"insufficient_scope\", scope=\"{scope}\"";
        return problems.WriteAsync(Context, new ApiScopeMissing(scope));
    }
}

/// <summary>Marks what is behind a key.</summary>
/// <param name="Scope">What the key must be allowed.</param>
internal sealed record ApiEndpoint(ApiScope Scope);
