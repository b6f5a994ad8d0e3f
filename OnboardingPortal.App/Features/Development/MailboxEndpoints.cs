using Microsoft.AspNetCore.Http.HttpResults;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.App.Features.Development;

/// <summary>Shows the mails that the pickup transport wrote. Mapped in Development only.</summary>
internal static class MailboxEndpoints
{
    public static void MapMailbox(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/dev/mailbox").AllowAnonymous();
        group.MapGet(
            "", (PickupTransport pickup) => new RazorComponentResult<MailboxPage>(new { Mails = PickedUpMail.ReadAll(pickup.Folder) }));
        group.MapGet("/{id}", Results<RazorComponentResult<MailPage>, NotFound> (string id, PickupTransport pickup) =>
            PickedUpMail.Find(pickup.Folder, id) is { } mail
                ? new RazorComponentResult<MailPage>(new { Mail = mail })
                : TypedResults.NotFound());
        group.MapGet("/{id}/html", Results<ContentHttpResult, NotFound> (HttpContext context, string id, PickupTransport pickup) =>
        {
            if (PickedUpMail.Find(pickup.Folder, id) is not { } mail) return TypedResults.NotFound();
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: http: https:; frame-ancestors 'self'";
            return TypedResults.Content(mail.Html, "text/html; charset=utf-8");
        });
    }
}
