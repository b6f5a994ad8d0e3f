using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using OnboardingPortal.App.Features.Wizard;
using OnboardingPortal.App.Hosting;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Branding;

/// <summary>
/// Whose looks a client's page has: of the host's agency, or of the link's or the participant's, when its white label is on.
/// </summary>
public sealed partial class PageBrand(
    ClientBrands brands, LinkService links, ReminderStops stops, CampaignLinks drafts, ParticipantCookie participants,
    ILogger<PageBrand> logger)
{
    private Task<ClientBrand?>? _found;

    /// <summary>The brand; null = the portal's own looks. Read once for a page.</summary>
    public Task<ClientBrand?> FindAsync(HttpContext context) => _found ??= ReadAsync(context);

    /// <summary>Whether the page is for clients, who have nowhere to go in the portal but their link.</summary>
    public static bool IsForClients(HttpContext context) =>
        context.Features.Get<AgencyHost>() is not null || PathOf(context) is ["r" or "onboarding" or "connect", ..];

    private async Task<ClientBrand?> ReadAsync(HttpContext context)
    {
        if (DatabaseAnswers.IsTroubled(context)) return null;
        try
        {
            return await FindAgencyAsync(context) is { } agency
                && await brands.FindAsync(agency, context.RequestAborted) is { IsOn: true } brand ? brand : null;
        }
        catch (Exception exception) when (context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            LogNoBrand(logger, exception);
            return null; // what broke the page may break this too, and the page that says so must come all the same
        }
    }

    private async Task<AgencyId?> FindAgencyAsync(HttpContext context)
    {
        if (context.Features.Get<AgencyHost>() is { } host) return host.Agency;
        switch (PathOf(context))
        {
            case ["r", "stop", var ticket]:
                return await stops.FindAgencyAsync(ticket, context.RequestAborted);
            case ["r", "draft", var token]:
                return await drafts.FindAgencyAsync(token, context.RequestAborted);
            case ["r", var token, ..]:
                return await links.FindAgencyAsync(context.VisitOf(token));
            case ["onboarding", var id, ..] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return (await participants.FindCallerAsync(context, RequestId.From(number)))?.Agency;
            case ["connect", ..]:
                var agencies = (await participants.ListAliveAsync(context)).Select(caller => caller.Agency).Distinct().ToList();
                return agencies is [var only] ? only : null;
            default:
                return null;
        }
    }

    /// <summary>What was asked for: the pages for errors stand in its place.</summary>
    private static string[] PathOf(HttpContext context)
    {
        var path = context.Features.Get<IExceptionHandlerPathFeature>()?.Path
            ?? context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? context.Request.Path.Value ?? "";
        return path.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    [LoggerMessage(EventId = 5601, Level = LogLevel.Warning, Message = "The looks of an error page could not be read")]
    private static partial void LogNoBrand(ILogger logger, Exception exception);
}
