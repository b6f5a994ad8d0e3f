using System.Globalization;
using System.Net;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Errors;
using OnboardingPortal.App.Features.Wizard;
using OnboardingPortal.App.Hosting;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Branding;

/// <summary>
/// Serves the portal's own hosts and those of agencies, and no other. On an agency's host there is nothing but its clients' pages, and a
/// link of another agency is looked up as one that nobody has. A host that is not yet shown to be its agency's serves nothing: links that
/// are out on it lead on to the portal's host.
/// </summary>
internal sealed class HostGate(
    RequestDelegate next, PublicHosts hosts, ClientBrands brands, OwnHosts owned, PortalAddress address, LinkService links,
    ReminderStops stops, CampaignLinks drafts, IStringLocalizer<ErrorText> text)
{
    private const string Unknown = "unknown"; // no link's token is so short
    private static readonly string[] ForClients = [
        "r", "onboarding", "connect", "brand", "language", "_blazor", "_framework", "_content", "not-found", "error"
    ];

    public async Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (hosts.IsPortals(host) || IsOwnAddress(context, host) || DatabaseAnswers.IsTroubled(context))
        {
            await next(context);
            return;
        }

        var segments = context.Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (await brands.FindAgencyOfHostAsync(host, context.RequestAborted) is not { } agency)
        {
            await AnswerStrangeAsync(context, host, segments);
            return;
        }

        context.Features.Set(new AgencyHost(agency, host.ToLowerInvariant()));
        if (!IsForClients(segments))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await FindOwnerAsync(context, segments) is { } owner && owner != agency)
        {
            context.Request.Path = "/" + string.Join('/', ["r", Unknown, .. segments[2..].Where(s => s == "identify")]);
            context.Features.Set(LinkVisit.OfUnknown(Unknown)); // costs as much as a link that nobody has
        }

        await next(context);
    }

    /// <summary>
    /// The host is nobody's, or not yet: only its proof can be had, where that is the portal's to show, and links of its agency
    /// lead on.
    /// </summary>
    private async Task AnswerStrangeAsync(HttpContext context, string host, string[] segments)
    {
        var isReading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (isReading && segments is [".well-known", "onboardingportal", var nonce]
            && await owned.FindAnswerAsync(host, nonce, context.RequestAborted) is { } proof)
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(proof, context.RequestAborted);
        }
        else if (isReading && await LeadsOnAsync(context, host, segments))
        {
            context.Response.Redirect(new UriBuilder(address.Public) { Path = string.Join('/', segments) }.Uri.AbsoluteUri);
        }
        else
        {
            await RefuseAsync(context);
        }
    }

    private async Task<bool> LeadsOnAsync(HttpContext context, string host, string[] segments) => segments switch
    {
        ["r" or "R", ..] =>
            await FindOwnerAsync(context, segments) is { } owner && await owned.IsAwaitedAsync(host, owner, context.RequestAborted),
        ["brand", var agency, _] when long.TryParse(agency, NumberStyles.None, CultureInfo.InvariantCulture, out var id) =>
            await owned.IsAwaitedAsync(host, AgencyId.From(id), context.RequestAborted), // in mails
        ["onboarding", _, ..] => await owned.IsAwaitedAsync(host, null, context.RequestAborted),
        _ => false,
    };

    /// <summary>Whose link or ticket it is; null when nobody's.</summary>
    private async Task<AgencyId?> FindOwnerAsync(HttpContext context, string[] segments) => segments switch
    {
        ["r" or "R", var stop, var ticket, ..] when stop.Equals("stop", StringComparison.OrdinalIgnoreCase) =>
            await stops.FindAgencyAsync(ticket, context.RequestAborted),
        ["r" or "R", var draft, var token, ..] when draft.Equals("draft", StringComparison.OrdinalIgnoreCase) =>
            await drafts.FindAgencyAsync(token, context.RequestAborted),
        ["r" or "R", var token, ..] => await links.FindAgencyAsync(context.VisitOf(token)),
        _ => null,
    };

    /// <summary>Whether the caller came to the very network address that answers, as probes of load balancers do.</summary>
    private static bool IsOwnAddress(HttpContext context, string host) =>
        IPAddress.TryParse(host, out var address) && context.Connection.LocalIpAddress is { } local
        && (address.Equals(local) || address.MapToIPv6().Equals(local.MapToIPv6()));

    /// <summary>A client's page, or a file, which lies at the root and has an extension.</summary>
    private static bool IsForClients(string[] segments) =>
        segments is [var first, ..]
            && (ForClients.Contains(first, StringComparer.OrdinalIgnoreCase) || (segments.Length == 1 && Path.HasExtension(first)));

    private async Task RefuseAsync(HttpContext context)
    {
        var german = context.Request.Headers.AcceptLanguage.ToString().TrimStart().StartsWith("de", StringComparison.OrdinalIgnoreCase);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(german ? "de" : "en"); // the language is chosen later than the host
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text["UnknownHost"], context.RequestAborted);
    }
}
