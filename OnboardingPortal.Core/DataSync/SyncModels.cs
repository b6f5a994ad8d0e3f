using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.DataSync;

/// <summary>A connected account whose people can be synchronised: it came through a request, and so belongs to a client.</summary>
/// <param name="Account">The account.</param>
/// <param name="Platform">Where it is.</param>
/// <param name="Name">Its name there; hostile text.</param>
/// <param name="Client">Who the client is, in the words of the request table: its first recipient, or the name of who completed it.</param>
/// <param name="Works">Whether it can be read now; one that cannot is shown with the reason, and cannot be chosen.</param>
/// <param name="AdAccounts">How many ad accounts of the same client can be written to.</param>
public sealed record SyncSource(
    ConnectionId Account, PlatformKey Platform, string Name, string Client, bool Works, int AdAccounts)
{
    /// <summary>Whether its platform cannot tell which lists there are: somebody types the address of one.</summary>
    public bool NeedsAddress { get; init; }

    /// <summary>Whether some of a list's people can be chosen by conditions.</summary>
    public bool CanFilter { get; init; }
}

/// <summary>An ad account of the same client.</summary>
/// <param name="AdAccount">The asset.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="ExternalId">Facebook's id, <c>act_…</c>.</param>
/// <param name="Works">Whether the agency has it now.</param>
public sealed record SyncTarget(AssetId AdAccount, string Name, string ExternalId, bool Works);

/// <summary>An audience that a sync may write to.</summary>
/// <param name="Id">Facebook's id.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="SizeFrom">Facebook's estimate; null while it does not tell.</param>
/// <param name="SizeTo">Facebook's estimate; null while it does not tell.</param>
/// <param name="IsTaken">Whether another sync writes to it already: it cannot be chosen.</param>
public sealed record SyncAudience(string Id, string Name, long? SizeFrom, long? SizeTo, bool IsTaken);

/// <summary>Which field of a list is sent as what.</summary>
/// <param name="Field">The platform's name of the field.</param>
/// <param name="Name">Its name for people when the mapping was made; hostile text.</param>
/// <param name="Key">What it is sent as.</param>
public sealed record SyncColumn(string Field, string Name, MatchKey Key);

/// <summary>How a list's fields could be sent, guessed from their names and from its first people.</summary>
/// <param name="Columns">The guess; no key twice.</param>
/// <param name="Fields">All fields, in the platform's order.</param>
/// <param name="Rows">At most ten people, a value for each of <paramref name="Fields"/>, masked so that nobody can be recognised.</param>
/// <param name="People">How many people the list has, as the platform tells; null when it does not.</param>
/// <param name="Country">The default country that telephone numbers suggest, two upper-case letters; null when they suggest none.</param>
public sealed record MappingProposal(
    IReadOnlyList<SyncColumn> Columns, IReadOnlyList<ContactField> Fields, IReadOnlyList<IReadOnlyList<string>> Rows, long? People,
    string? Country);

/// <summary>What a new sync shall do.</summary>
/// <param name="Account">A <see cref="SyncSource"/>.</param>
/// <param name="List">A <see cref="ContactList.Key"/>.</param>
/// <param name="ListName">Its name.</param>
/// <param name="Filter">Which of Salesforce's people; null = all.</param>
/// <param name="AdAccount">A <see cref="SyncTarget"/> of the same client.</param>
/// <param name="Audience">The id of an audience that is there; null = a new one.</param>
/// <param name="AudienceName">The new one's name, 1 to 200 characters; null when one is there.</param>
/// <param name="Columns">At least one that a person can be found by.</param>
/// <param name="DefaultCountry">For telephone numbers without a country: two upper-case letters; null = none.</param>
/// <param name="LegalBasis">On what ground the client may use these people's data, in words: 10 to 500 characters.</param>
/// <param name="MaySend">Whether the user has stated that the agency may act for the client: must be true.</param>
/// <param name="Every">How often it runs by itself.</param>
public sealed record SyncTerms(
    ConnectionId Account, string List, string ListName, string? Filter, AssetId AdAccount, string? Audience, string? AudienceName,
    IReadOnlyList<SyncColumn> Columns, string? DefaultCountry, string LegalBasis, bool MaySend, SyncInterval Every);

/// <summary>How often a sync runs by itself. Stored by name.</summary>
public enum SyncInterval
{
    /// <summary>Only when somebody starts it.</summary>
    Manual,

    /// <summary>Every hour.</summary>
    Hourly,

    /// <summary>Every six hours.</summary>
    EverySixHours,

    /// <summary>Every day.</summary>
    Daily,

    /// <summary>Every week.</summary>
    Weekly,
}

/// <summary>How a sync is. Stored by name.</summary>
public enum SyncState
{
    /// <summary>Its first plan was not made or not accepted yet: nothing has been sent.</summary>
    New,

    /// <summary>It runs when its time comes.</summary>
    Active,

    /// <summary>Somebody paused it.</summary>
    Paused,

    /// <summary>It waits for somebody to mend what its problem says, and goes on by itself afterwards.</summary>
    Waiting,
}

/// <summary>What a run does. Stored by name.</summary>
public enum SyncRunKind
{
    /// <summary>Reads and compares; nothing leaves.</summary>
    Plan,

    /// <summary>Sends.</summary>
    Run,
}

/// <summary>How far a run is. Stored by name.</summary>
public enum SyncRunState
{
    /// <summary>It waits for its turn.</summary>
    Waiting,

    /// <summary>It is under way.</summary>
    Running,

    /// <summary>It has ended well.</summary>
    Done,

    /// <summary>It has ended with a problem; what was sent before stays.</summary>
    Failed,

    /// <summary>Somebody cancelled it; what was sent before stays.</summary>
    Cancelled,
}

/// <summary>A sync in the list of all.</summary>
/// <param name="Id">The key.</param>
/// <param name="Client">Who the client is.</param>
/// <param name="Platform">Where the people come from.</param>
/// <param name="ListName">The list's name; hostile text.</param>
/// <param name="AdAccount">The ad account's name; hostile text.</param>
/// <param name="AudienceName">The audience's name; hostile text.</param>
/// <param name="State">How it is.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
/// <param name="Every">How often it runs.</param>
/// <param name="NextRunAt">When it runs next, UTC; null when it does not by itself.</param>
/// <param name="LastRunAt">When its last run ended, UTC; null before the first.</param>
/// <param name="People">How many people the audience holds by what was sent.</param>
/// <param name="Running">Its run under way; null when there is none.</param>
public sealed record SyncLine(
    AudienceSyncId Id, string Client, PlatformKey Platform, string ListName, string AdAccount, string AudienceName, SyncState State,
    SyncProblem? Problem, SyncInterval Every, DateTimeOffset? NextRunAt, DateTimeOffset? LastRunAt, long People, SyncRunLine? Running)
{
    /// <summary>The request that the list's account came through.</summary>
    public RequestId Request { get; init; } = RequestId.None;

    /// <summary>Facebook's id of the audience; null before it was made.</summary>
    public string? Audience { get; init; }

    /// <summary>When Facebook was first seen to say that the audience can be used, UTC; null before.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>Since when it has its problem, UTC; null when it has none.</summary>
    public DateTimeOffset? ProblemSince { get; init; }
}

/// <summary>One page of syncs.</summary>
/// <param name="Lines">Newest first.</param>
/// <param name="HasMore">Whether older ones come after it.</param>
public sealed record SyncListPage(IReadOnlyList<SyncLine> Lines, bool HasMore);

/// <summary>A run of a sync.</summary>
/// <param name="Id">The key.</param>
/// <param name="Kind">What it does.</param>
/// <param name="State">How far it is.</param>
/// <param name="BegunAt">When it was asked for, UTC.</param>
/// <param name="EndedAt">When it ended, UTC; null before.</param>
/// <param name="Counts">How many people were what, so far.</param>
/// <param name="Problem">Why it failed; null when it did not.</param>
/// <param name="ProblemDetail">What the platform said, or which column; hostile text, null when there is nothing to say.</param>
/// <param name="Calls">How many writes the plan costs or the run has made.</param>
/// <param name="Hash">The hash of what is sent, 64 lower-case hex digits; null while not known.</param>
/// <param name="EndsAt">When it will have ended as far as can be told, UTC; null when it cannot be told, or after its end.</param>
/// <param name="By">Who asked for it; null = its schedule.</param>
public sealed record SyncRunLine(
    SyncRunId Id, SyncRunKind Kind, SyncRunState State, DateTimeOffset BegunAt, DateTimeOffset? EndedAt, SyncCounts Counts,
    SyncProblem? Problem, string? ProblemDetail, int Calls, string? Hash, DateTimeOffset? EndsAt, string? By)
{
    /// <summary>How long a run would take as far as can be told; of plans that have ended well, null otherwise.</summary>
    public TimeSpan? Takes { get; init; }

    /// <summary>The hash of the plan that was accepted, of runs that somebody started; where <see cref="Hash"/> is another one, the list
    /// has changed in between.</summary>
    public string? PlanHash { get; init; }
}

/// <summary>How many people were what.</summary>
/// <param name="Expected">How many the platform says there are; null when it does not.</param>
/// <param name="Read">Read at the platform.</param>
/// <param name="Valid">With at least one value that a person can be found by.</param>
/// <param name="OptedOut">Who said that they want no messages.</param>
/// <param name="Unchanged">In the audience as they are.</param>
/// <param name="Added">New or changed: to be added, or added.</param>
/// <param name="Removed">To be taken out, or taken out.</param>
/// <param name="Rejected">Rows that the advertising platform could not use, as it tells.</param>
/// <param name="Matched">Whom it found; null when it does not tell.</param>
/// <param name="Skipped">Cells and people that were left out, by reason.</param>
public sealed record SyncCounts(
    long? Expected, long Read, long Valid, long OptedOut, long Unchanged, long Added, long Removed, long Rejected, long? Matched,
    IReadOnlyDictionary<SkipReason, long> Skipped);

/// <summary>A sync with all that its page shows.</summary>
/// <param name="Line">As in the list.</param>
/// <param name="Columns">What is sent as what.</param>
/// <param name="DefaultCountry">For telephone numbers; null = none.</param>
/// <param name="LegalBasis">The ground in words.</param>
/// <param name="StatedBy">Who stated it.</param>
/// <param name="StatedAt">When, UTC.</param>
/// <param name="ProblemSince">Since when it has its problem, UTC; null when it has none.</param>
/// <param name="ProblemDetail">As in a run.</param>
/// <param name="Plan">The newest plan that has ended well and that nothing was sent after; null when there is none.</param>
/// <param name="Runs">The newest runs, at most 20; more by <see cref="SyncService.RunsAsync"/>.</param>
public sealed record SyncView(
    SyncLine Line, IReadOnlyList<SyncColumn> Columns, string? DefaultCountry, string LegalBasis, string StatedBy, DateTimeOffset StatedAt,
    DateTimeOffset? ProblemSince, string? ProblemDetail, SyncRunLine? Plan, IReadOnlyList<SyncRunLine> Runs)
{
    /// <summary>The account that is read; null when it is gone.</summary>
    public ConnectionId? Account { get; init; }

    /// <summary>The list's <see cref="ContactList.Key"/>.</summary>
    public string? List { get; init; }

    /// <summary>Which of Salesforce's people, as <see cref="SyncTerms.Filter"/>; null = all.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether there can be conditions for the list's people.</summary>
    public bool CanFilter { get; init; }

    /// <summary>The request that the account came through, where the client is asked again; null when it is gone.</summary>
    public RequestId? Request { get; init; }

    /// <summary>Whether that request is completed: its link leads nowhere any more, and the client is asked by a new one.</summary>
    public bool IsRequestOver { get; init; }
}
