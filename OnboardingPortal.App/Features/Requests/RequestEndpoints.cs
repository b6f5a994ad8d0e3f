using System.Text;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>The table of requests as a file.</summary>
internal static class RequestEndpoints
{
    private const int RowsAtOnce = 100;

    public static void MapRequests(this IEndpointRouteBuilder app) =>
        app.MapGet(RequestExport.Address, ExportAsync).RequireAuthorization(Policies.AgencyUser);

    private static async Task<IResult> ExportAsync(
        HttpContext context, string? search, string? status, string? sort, string? ids,
        AgencyService agencies, RequestTable table, RequestExport export, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (CurrentCaller.IdOf(context.User) is not { } user
            || await agencies.FindCallerAsync(user, context.Connection.RemoteIpAddress?.ToString(), cancellationToken) is not { } caller)
        {
            return Results.Forbid();
        }

        var filter = RequestFilter.Read(search, status, sort);
        var rows = RequestExport.ReadIds(ids) is { } chosen
            ? (await table.ListChosenAsync(caller.Scope, chosen, cancellationToken)).ToAsyncEnumerable()
            : table.ReadAllAsync(
                caller.Scope, new RequestQuery(filter.Search, filter.Status, filter.Sort, Size: RowsAtOnce), cancellationToken);
        return Results.Stream(
            async body =>
            {
                // Excel reads UTF-8 only with its mark
                await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
                await export.WriteAsync(writer, rows, cancellationToken);
            },
            "text/csv; charset=utf-8", $"requests-{clock.GetUtcNow():yyyy-MM-dd}.csv");
    }
}
