using System.Security.Cryptography;
using OnboardingPortal.App.Security;
using Scalar.AspNetCore;

namespace OnboardingPortal.App.Features.Api;

/// <summary>The page of the OpenAPI document (Scalar), for main users. All of it comes from the portal, and asks nobody else.</summary>
internal static class ApiReference
{
    public const string Path = "/settings/api/reference";

    public static void MapApiReference(this IEndpointRouteBuilder app) =>
        app.MapScalarApiReference(Path, Configure).RequireAuthorization(Policies.MainUser);

    private static void Configure(ScalarOptions options, HttpContext context)
    {
        options.Title = "OnboardingPortal API";
        options.OpenApiRoutePattern = "/openapi/{documentName}.json";
        options.Favicon = "/favicon.svg";
        // Each of these would ask a host of Scalar's.
        options.DisableDefaultFonts().DisableAgent().DisableMcp().DisableTelemetry();
        options.HideClientButton = true;
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        options.AddPreferredSecuritySchemes(ApiDocument.Security);
        // Scalar has an inline script and writes style sheets: this page alone has a nonce for them, made anew for each answer.
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        options.Nonce = nonce;
        options.HeadContent = $"""<meta property="csp-nonce" content="{nonce}"><script src="/api-reference.js"></script>""";
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.WithNonce(nonce);
    }
}
