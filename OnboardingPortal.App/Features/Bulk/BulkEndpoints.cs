using System.Text;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Bulk;

namespace OnboardingPortal.App.Features.Bulk;

/// <summary>Files of imports to download.</summary>
internal static class BulkEndpoints
{
    private const string Csv = "text/csv; charset=utf-8";

    public static void MapBulk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/collaboration/requests/import/template", Template).RequireAuthorization(Policies.AgencyUser);
        app.MapGet("/collaboration/requests/import/{Id:long}/result", ResultAsync).RequireAuthorization(Policies.AgencyUser);
    }

    private static IResult Template(IStringLocalizer<BulkText> text, CancellationToken cancellationToken) =>
        Send(writer => BulkFiles.WriteTemplateAsync(writer, text, cancellationToken), "import.csv");

    private static async Task<IResult> ResultAsync(
        HttpContext context, long id, AgencyService agencies, BulkService bulk, PortalAddress address, IStringLocalizer<BulkText> text,
        CancellationToken cancellationToken)
    {
        if (CurrentCaller.IdOf(context.User) is not { } user
            || await agencies.FindCallerAsync(user, context.Connection.RemoteIpAddress?.ToString(), cancellationToken) is not { } caller)
        {
            return Results.Forbid();
        }

        var results = await bulk.ReadResultsAsync(caller, BulkImportId.From(id), cancellationToken);
        return results.Succeeded
            ? Send(writer => BulkFiles.WriteResultAsync(writer, results.Value, address, text, cancellationToken), $"import-{id}-result.csv")
            : Results.NotFound();
    }

    private static IResult Send(Func<TextWriter, Task> write, string name) => Results.Stream(
        async body =>
        {
            // Excel reads UTF-8 only with its mark
            await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
            await write(writer);
        },
        Csv, name);
}
