using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using OnboardingPortal.App.Hosting;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Security;

/// <summary>How far a session lets its user go.</summary>
internal enum Admission
{
    /// <summary>Nowhere: they must sign in again.</summary>
    Refused,

    /// <summary>Only to the page where a second factor is set up, since their agency wants one.</summary>
    SecondFactorFirst,

    /// <summary>Everywhere their role allows.</summary>
    Full,
}

/// <summary>Looks at each request whether the session that its cookie names is still alive, and how far it reaches.</summary>
internal static class SessionCheck
{
    public static readonly string Full = nameof(Admission.Full);

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return; // the same for everybody
        if (DatabaseAnswers.IsTroubled(context.HttpContext))
        {
            context.RejectPrincipal(); // for this answer alone
            return;
        }

        var services = context.HttpContext.RequestServices;
        var principal = context.Principal!;
        var session = IdOf(principal) is { } id && CurrentCaller.IdOf(principal) is { } user
            ? await services.GetRequiredService<UserSessions>().FindAsync(
                id, user, context.HttpContext.Connection.RemoteIpAddress?.ToString(), context.HttpContext.RequestAborted)
            : null;
        var stamp = principal.FindFirstValue(
            services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity.SecurityStampClaimType);
        var admission = session is null || session.SecurityStamp != stamp ? Admission.Refused : Judge(principal, session);
        if (admission == Admission.Refused)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        context.HttpContext.Features.Set(session);
        var identity = principal.Identities.First().Clone();
        identity.AddClaim(new Claim(AgencyUserClaims.Admission, admission.ToString()));
        context.ReplacePrincipal(new ClaimsPrincipal(identity));
    }

    /// <summary>
    /// How far a living session reaches. One from before its user had a second factor is not enough where the agency wants one.
    /// </summary>
    public static Admission Judge(ClaimsPrincipal principal, LiveSession session) => session switch
    {
        { NeedsSecondFactor: false } => Admission.Full,
        { HasSecondFactor: false } => Admission.SecondFactorFirst,
        _ => principal.HasClaim(AgencyUserClaims.Method, AgencyUserClaims.SecondFactor) ? Admission.Full : Admission.Refused,
    };

    /// <summary>Whether the request's user may go everywhere their role allows.</summary>
    public static bool IsAdmitted(ClaimsPrincipal user) => user.HasClaim(AgencyUserClaims.Admission, Full);

    /// <summary>The session that a cookie names, or null.</summary>
    public static UserSessionId? IdOf(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(AgencyUserClaims.Session), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? UserSessionId.From(id)
            : null;

    /// <summary>Anybody who lacks a second factor is shown where to set one up, and comes back from there.</summary>
    public static Task RedirectDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        context.Response.Redirect(IsAdmitted(context.HttpContext.User)
            ? context.RedirectUri
            : QueryString("/account/two-factor", HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : "/"));
        return Task.CompletedTask;

        static string QueryString(string path, string to) => path + Microsoft.AspNetCore.Http.QueryString.Create("returnUrl", to);
    }
}
