using System.Text;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.App.Features.Audit;

/// <summary>The audit trail as files.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet("/settings/audit/export/{format:regex(^(csv|jsonl)$)}", ExportAsync).RequireAuthorization(Policies.MainUser);

    private static async Task<IResult> ExportAsync(
        HttpContext context, string format, AuditTopic? topic, ActorKind? actor, long? actorId, DateTimeOffset? from, DateTimeOffset? until,
        AgencyService agencies, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (CurrentCaller.IdOf(context.User) is not { } user
            || await agencies.FindCallerAsync(user, context.Connection.RemoteIpAddress?.ToString(), cancellationToken) is not { } caller)
        {
            return Results.Forbid();
        }

        var export = await trail.ExportAsync(caller, new AuditQuery(topic, actor, actorId, from, until), format, cancellationToken);
        if (!export.Succeeded) return Results.Forbid();
        var type = format == "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson";
        var name = $"audit-{clock.GetUtcNow():yyyy-MM-dd}.{format}";
        return Results.Stream(
            async body =>
            {
                // Excel reads UTF-8 only with its mark
                await using var writer = new StreamWriter(
                    body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: format == "csv"), leaveOpen: true);
                if (format == "csv") await AuditFiles.WriteCsvAsync(writer, export.Value.Events, cancellationToken);
                else await AuditFiles.WriteJsonLinesAsync(writer, export.Value.Events, cancellationToken);
            },
            type, name);
    }
}
