using OnboardingPortal.App.Branding;
using OnboardingPortal.App.Components.Wizard;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Reminders;

/// <summary>
/// Takes the button of <see cref="StopPage"/>, and the one press in a mail program (RFC 8058). Neither brings a cookie or a form's token:
/// who may act is in the ticket alone, so that a foreign page has nothing to gain from posting here.
/// </summary>
internal static class ReminderEndpoints
{
    // Before the page of the same address, which takes posts of Blazor's forms only.
    public static void MapReminders(this IEndpointRouteBuilder app) => app.MapPost("/r/stop/{Ticket}", StopAsync)
        .AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Link).WithOrder(-1);

    private static async Task<IResult> StopAsync(HttpContext context, string ticket, ReminderStops stops)
    {
        if (await stops.FindAgencyAsync(ticket, context.RequestAborted) is not { } agency || !AgencyHost.Allows(context, agency)) return Results.NotFound();
        if (await ReadFormAsync(context) is not { } form) return Results.BadRequest();
        var address = context.Connection.RemoteIpAddress?.ToString();
        switch (form)
        {
            case { OneClick: true }: // a mail program follows no redirect
                return await stops.StopAsync(ticket, address, context.RequestAborted) is null ? Results.Ok() : Results.NotFound();
            case { Choice: StopPage.Stop }:
                await stops.StopAsync(ticket, address, context.RequestAborted);
                break;
            case { Choice: StopPage.Resume }:
                await stops.ResumeAsync(ticket, address, context.RequestAborted);
                break;
            default:
                return Results.BadRequest();
        }

        return Results.LocalRedirect($"/r/stop/{ticket}"); // which shows how it stands, also when the request was deleted a moment ago
    }

    /// <summary>The answer in the form; null when there is no form to be read.</summary>
    private static async Task<(bool OneClick, string? Choice)?> ReadFormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType) return null;
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return (form["List-Unsubscribe"] == "One-Click", form["choice"]);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return null; // broken, or larger than a form may be
        }
    }
}
