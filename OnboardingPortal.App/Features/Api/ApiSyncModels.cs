using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.App.Features.Api;

/// <summary>One page of data syncs.</summary>
public sealed record SyncListing
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<SyncItem> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public required string? Next { get; init; }
}

/// <summary>A data sync: one list of a client on its way to one audience. Never with anything of a contact.</summary>
public sealed record SyncItem
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The request that the list's account came through.</summary>
    public required string RequestId { get; init; }

    /// <summary>At which service the list is.</summary>
    public required string Service { get; init; }

    /// <summary>The list's name.</summary>
    public required string List { get; init; }

    /// <summary>The ad account's name.</summary>
    public required string AdAccount { get; init; }

    /// <summary>The audience's name.</summary>
    public required string Audience { get; init; }

    /// <summary>Facebook's id of the audience; null before the first run has made it.</summary>
    public required string? AudienceId { get; init; }

    /// <summary>
    /// New: nothing was sent yet, somebody must accept the first plan. Active: it runs when its time comes. Paused: somebody paused it.
    /// Waiting: somebody must mend what its problem says.
    /// </summary>
    public required SyncState Status { get; init; }

    /// <summary>What keeps it from running, if anything does.</summary>
    public required SyncProblem? Problem { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset? ProblemSince { get; init; }

    /// <summary>How often it runs by itself.</summary>
    public required SyncInterval Every { get; init; }

    /// <summary>How many people the audience holds by what was sent.</summary>
    public required long People { get; init; }

    /// <summary>When Facebook was first seen to say that the audience can be used, UTC; null before.</summary>
    public required DateTimeOffset? ReadyAt { get; init; }

    /// <summary>When its last run ended, UTC; null before the first.</summary>
    public required DateTimeOffset? LastRunAt { get; init; }

    /// <summary>When it runs next by itself, UTC; null when it does not.</summary>
    public required DateTimeOffset? NextRunAt { get; init; }

    /// <summary>The run under way; null when there is none.</summary>
    public required SyncRunItem? Run { get; init; }
}

/// <summary>A data sync with what its runs did.</summary>
public sealed record SyncHistory
{
    /// <summary>As it is now.</summary>
    public required SyncItem Sync { get; init; }

    /// <summary>The newest plans and runs, newest first, at most 20.</summary>
    public required IReadOnlyList<SyncRunItem> Runs { get; init; }
}

/// <summary>A plan or a run of a data sync.</summary>
public sealed record SyncRunItem
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Plan: reads and compares, nothing leaves. Run: sends.</summary>
    public required SyncRunKind Kind { get; init; }

    /// <summary>How far it is.</summary>
    public required SyncRunState Status { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When it ended, UTC; null before.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed, if it did.</summary>
    public required SyncProblem? Problem { get; init; }

    /// <summary>How many people the service says there are; null when it does not say.</summary>
    public required long? Expected { get; init; }

    /// <summary>How many were read so far.</summary>
    public required long Read { get; init; }

    /// <summary>How many of them can be found by what is sent.</summary>
    public required long Valid { get; init; }

    /// <summary>How many said that they want no messages; they are left out.</summary>
    public required long OptedOut { get; init; }

    /// <summary>How many are in the audience as they are.</summary>
    public required long Unchanged { get; init; }

    /// <summary>How many are new or changed; of a plan, that would be added.</summary>
    public required long Added { get; init; }

    /// <summary>How many were taken out; of a plan, that would be.</summary>
    public required long Removed { get; init; }

    /// <summary>How many rows Facebook could not use.</summary>
    public required long Rejected { get; init; }

    /// <summary>Whom Facebook found; null when it does not tell.</summary>
    public required long? Matched { get; init; }

    /// <summary>People and single values that were left out.</summary>
    public required IReadOnlyList<SyncSkip> Skipped { get; init; }
}

/// <summary>How much was left out for one reason.</summary>
public sealed record SyncSkip
{
    /// <summary>Why. NobodyToFind and Duplicate are people, all others single values of people who are sent.</summary>
    public required SkipReason Reason { get; init; }

    /// <summary>How much.</summary>
    public required long Count { get; init; }
}
