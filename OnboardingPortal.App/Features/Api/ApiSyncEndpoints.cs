using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.DataSync;

namespace OnboardingPortal.App.Features.Api;

/// <summary>The API's calls about data syncs.</summary>
internal static class ApiSyncEndpoints
{
    /// <summary>Where they are, as the OpenAPI document writes it.</summary>
    public const string Path = "api/v1/syncs";

    private const string Tag = "Data syncs";

    public static void MapSyncs(this IEndpointRouteBuilder app)
    {
        app.MapGet($"/{Path}", ListAsync).NeedsKey(ApiScope.ReadSyncs).WithName("listSyncs").WithTags(Tag)
            .WithSummary("List data syncs")
            .WithDescription("Newest first. Give the answer's next as the cursor of the following call.")
            .Produces<SyncListing>().Refuses(400);
        app.MapGet($"/{Path}/{{id}}", FindAsync).NeedsKey(ApiScope.ReadSyncs).WithName("getSync").WithTags(Tag)
            .WithSummary("Read a data sync")
            .WithDescription("With what its newest plans and runs did.")
            .Produces<SyncHistory>().Refuses(404);
        app.MapPost($"/{Path}/{{id}}/run", RunAsync).NeedsKey(ApiScope.RunSyncs).WithName("runSync").WithTags(Tag)
            .WithSummary("Run a data sync now")
            .WithDescription("The answer comes at once; the run goes on, and the webhook events sync.completed and sync.failed tell of its "
                + "end. While a run is under way, a further call starts no other. Refused before the first plan, and while one is made.")
            .Produces<SyncItem>(StatusCodes.Status202Accepted).Refuses(404, 409);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, string? cursor, string? limit, SyncService syncs, ApiProblems problems, CancellationToken cancellationToken)
    {
        var page = ApiEndpoints.Page(cursor, limit);
        if (!page.Succeeded) return problems.Of(page.Error);
        var before = page.Value.After is { } after ? AudienceSyncId.From(after) : (AudienceSyncId?)null;
        return TypedResults.Ok(
            ApiSyncViews.Of(await syncs.ListAsync(CallerOf(context), before, page.Value.Size, cancellationToken)));
    }

    private static async Task<IResult> FindAsync(
        HttpContext context, string id, SyncService syncs, ApiProblems problems, CancellationToken cancellationToken)
    {
        var found = await syncs.FindAsync(CallerOf(context), Id(id), cancellationToken);
        return found.Succeeded ? TypedResults.Ok(ApiSyncViews.Of(found.Value)) : problems.Of(found.Error);
    }

    private static async Task<IResult> RunAsync(
        HttpContext context, string id, SyncService syncs, ApiProblems problems, CancellationToken cancellationToken)
    {
        if (await syncs.RunAsync(CallerOf(context), Id(id), cancellationToken) is { } refusal) return problems.Of(refusal);
        var found = await syncs.FindAsync(CallerOf(context), Id(id), cancellationToken);
        return found.Succeeded
            ? TypedResults.Accepted($"/{Path}/{found.Value.Line.Id}", ApiSyncViews.Of(found.Value.Line))
            : problems.Of(found.Error);
    }

    private static AgencyCaller CallerOf(HttpContext context) => ApiEndpoints.CallerOf(context).Caller;

    /// <summary>What is no id is nobody's.</summary>
    private static AudienceSyncId Id(string text) => AudienceSyncId.From(ApiEndpoints.Id(text) ?? 0);
}
