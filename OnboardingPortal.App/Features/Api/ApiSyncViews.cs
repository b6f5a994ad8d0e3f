using OnboardingPortal.Core.DataSync;

namespace OnboardingPortal.App.Features.Api;

/// <summary>Data syncs, as the API shows them.</summary>
internal static class ApiSyncViews
{
    public static SyncListing Of(SyncListPage page) => new()
    {
        Items = [.. page.Lines.Select(Of)],
        Next = page.HasMore ? page.Lines[^1].Id.ToString() : null,
    };

    public static SyncHistory Of(SyncView view) => new() { Sync = Of(view.Line), Runs = [.. view.Runs.Select(Of)] };

    public static SyncItem Of(SyncLine line) => new()
    {
        Id = line.Id.ToString(),
        RequestId = line.Request.ToString(),
        Service = line.Platform.Value,
        List = line.ListName,
        AdAccount = line.AdAccount,
        Audience = line.AudienceName,
        AudienceId = line.Audience,
        Status = line.State,
        Problem = line.Problem,
        ProblemSince = line.ProblemSince,
        Every = line.Every,
        People = line.People,
        ReadyAt = line.ReadyAt,
        LastRunAt = line.LastRunAt,
        NextRunAt = line.NextRunAt,
        Run = line.Running is { } run ? Of(run) : null,
    };

    private static SyncRunItem Of(SyncRunLine run) => new()
    {
        Id = run.Id.ToString(),
        Kind = run.Kind,
        Status = run.State,
        BegunAt = run.BegunAt,
        EndedAt = run.EndedAt,
        Problem = run.Problem,
        Expected = run.Counts.Expected,
        Read = run.Counts.Read,
        Valid = run.Counts.Valid,
        OptedOut = run.Counts.OptedOut,
        Unchanged = run.Counts.Unchanged,
        Added = run.Counts.Added,
        Removed = run.Counts.Removed,
        Rejected = run.Counts.Rejected,
        Matched = run.Counts.Matched,
        Skipped = [.. run.Counts.Skipped.OrderBy(s => s.Key).Select(s => new SyncSkip { Reason = s.Key, Count = s.Value })],
    };
}
