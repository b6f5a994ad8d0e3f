using Microsoft.AspNetCore.Diagnostics;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Wizard;

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
        var form = await ReadFormAsync(context);
        if (await stops.FindAgencyAsync(ticket, context.RequestAborted) is not { } agency || !AgencyHost.Allows(context, agency))
        {
            return form is { Choice: not null } ? Show(ticket) : Answer(context, StatusCodes.Status404NotFound);
        }

        var address = context.Connection.RemoteIpAddress?.ToString();
        switch (form)
        {
            case { OneClick: true }: // a mail program follows no redirect
                return await stops.StopAsync(ticket, address, context.RequestAborted) is null
                    ? Results.Ok()
                    : Answer(context, StatusCodes.Status404NotFound);
            case { Choice: StopPage.Stop }:
                await stops.StopAsync(ticket, address, context.RequestAborted);
                return Show(ticket);
            case { Choice: StopPage.Resume }:
                await stops.ResumeAsync(ticket, address, context.RequestAborted);
                return Show(ticket);
            default:
                return Answer(context, StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Back to the page, which shows how it stands, also when the request was deleted a moment ago.</summary>
    private static IResult Show(string ticket) => Results.LocalRedirect($"/r/stop/{Uri.EscapeDataString(ticket)}");

    /// <summary>A bare status for programs: the error page takes no posts.</summary>
    private static IResult Answer(HttpContext context, int status)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        return Results.StatusCode(status);
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
