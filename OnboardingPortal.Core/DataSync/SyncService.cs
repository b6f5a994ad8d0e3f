using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// Data syncs as agency users see them. Everybody sees and acts on the syncs of the requests that they see; another client's ad account is
/// neither offered nor accepted.
/// </summary>
public sealed class SyncService
{
    private readonly SyncReader _reader;
    private readonly SyncSetup _setup;
    private readonly SyncActs _acts;

    internal SyncService(SyncReader reader, SyncSetup setup, SyncActs acts) => (_reader, _setup, _acts) = (reader, setup, acts);

    /// <summary>The most syncs that are listed.</summary>
    public const int MaxLines = 500;

    /// <summary>The most syncs of a page.</summary>
    public const int MaxPage = 100;

    /// <summary>The syncs, those with a problem first, then the newest.</summary>
    public Task<IReadOnlyList<SyncLine>> ListAsync(AgencyCaller caller, CancellationToken cancellationToken) =>
        _reader.ListAsync(caller.Scope, cancellationToken);

    /// <summary>The syncs page by page, newest first, for programs.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="before">Only older ones than this; null = from the newest.</param>
    /// <param name="size">How many, 1 to <see cref="MaxPage"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public Task<SyncListPage> ListAsync(
        AgencyCaller caller, AudienceSyncId? before, int size, CancellationToken cancellationToken) =>
        _reader.ListAsync(caller.Scope, before, size, cancellationToken);

    /// <summary>
    /// The syncs that wait for somebody to mend their problem, the newest problem first, at most <see cref="PendingTasks.MaxShown"/>;
    /// paused ones, and those whose problem passes by itself, are left out.
    /// </summary>
    public Task<IReadOnlyList<SyncLine>> ListWaitingAsync(AgencyCaller caller, CancellationToken cancellationToken) =>
        _reader.ListWaitingAsync(caller.Scope, cancellationToken);

    /// <summary>One sync, or <c>SyncNotFound</c>.</summary>
    public Task<Result<SyncView>> FindAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken) =>
        _reader.FindAsync(caller.Scope, id, cancellationToken);

    /// <summary>Older runs, newest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The sync.</param>
    /// <param name="before">The oldest that is shown already.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>At most 20.</returns>
    public Task<Result<IReadOnlyList<SyncRunLine>>> RunsAsync(
        AgencyCaller caller, AudienceSyncId id, SyncRunId before, CancellationToken cancellationToken) =>
        _reader.RunsAsync(caller.Scope, id, before, cancellationToken);

    /// <summary>The first choice: accounts whose people can be synchronised.</summary>
    public Task<IReadOnlyList<SyncSource>> SourcesAsync(AgencyCaller caller, CancellationToken cancellationToken) =>
        _setup.SourcesAsync(caller.Scope, cancellationToken);

    /// <summary>The second: the account's lists, asked for at its platform.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="account">A <see cref="SyncSource"/>.</param>
    /// <param name="address">Where its list is, as typed, if <see cref="SyncSource.NeedsAddress"/>; null = nothing was typed yet.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<Result<IReadOnlyList<ContactList>>> ListsAsync(
        AgencyCaller caller, ConnectionId account, string? address, CancellationToken cancellationToken) =>
        _setup.ListsAsync(caller.Scope, account, address, cancellationToken);

    /// <summary>What conditions for the list's people may be about, asked for at the platform; empty where there are none.</summary>
    public Task<Result<IReadOnlyList<ContactFilterField>>> FilterFieldsAsync(
        AgencyCaller caller, ConnectionId account, string list, CancellationToken cancellationToken) =>
        _setup.FilterFieldsAsync(caller.Scope, account, list, cancellationToken);

    /// <summary>The third: ad accounts of the same client.</summary>
    public Task<Result<IReadOnlyList<SyncTarget>>> TargetsAsync(
        AgencyCaller caller, ConnectionId account, CancellationToken cancellationToken) =>
        _setup.TargetsAsync(caller.Scope, account, cancellationToken);

    /// <summary>The audiences of an ad account, asked for at Facebook.</summary>
    public Task<Result<IReadOnlyList<SyncAudience>>> AudiencesAsync(
        AgencyCaller caller, AssetId adAccount, CancellationToken cancellationToken) =>
        _setup.AudiencesAsync(caller.Scope, adAccount, cancellationToken);

    /// <summary>The fourth: how the list's fields could be sent.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="account">A <see cref="SyncSource"/>.</param>
    /// <param name="list">A <see cref="ContactList.Key"/>.</param>
    /// <param name="filter">As <see cref="SyncTerms.Filter"/>.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public Task<Result<MappingProposal>> ProposeAsync(
        AgencyCaller caller, ConnectionId account, string list, string? filter, CancellationToken cancellationToken) =>
        _setup.ProposeAsync(caller.Scope, account, list, filter, cancellationToken);

    /// <summary>Sets a sync up and asks for its first plan; nothing is sent before that was accepted by <see cref="RunAsync"/>.</summary>
    /// <returns>The sync, or an <see cref="InputRefused"/>, or what the platforms refused.</returns>
    public Task<Result<AudienceSyncId>> CreateAsync(AgencyCaller caller, SyncTerms terms, CancellationToken cancellationToken) =>
        _setup.CreateAsync(caller, terms, cancellationToken);

    /// <summary>Changes what is sent as what, and the default country; the next run sends everybody anew.</summary>
    public Task<PortalError?> ChangeColumnsAsync(
        AgencyCaller caller, AudienceSyncId id, IReadOnlyList<SyncColumn> columns, string? defaultCountry,
        CancellationToken cancellationToken) =>
        _acts.ChangeColumnsAsync(caller, id, columns, defaultCountry, cancellationToken);

    /// <summary>Chooses the list's people by other conditions; null = all of them. A new plan shows what comes of it.</summary>
    /// <returns>Null, or <c>SyncNotFound</c>, <c>SyncRuns</c> or an <see cref="InputRefused"/>.</returns>
    public Task<PortalError?> ChangeFilterAsync(
        AgencyCaller caller, AudienceSyncId id, string? filter, CancellationToken cancellationToken) =>
        _acts.ChangeFilterAsync(caller, id, filter, cancellationToken);

    /// <summary>Changes how often it runs.</summary>
    public Task<PortalError?> ScheduleAsync(
        AgencyCaller caller, AudienceSyncId id, SyncInterval every, CancellationToken cancellationToken) =>
        _acts.ScheduleAsync(caller, id, every, cancellationToken);

    /// <summary>Asks for a plan: what a run would do now. One that is under way is left alone.</summary>
    public Task<PortalError?> PlanAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken) =>
        _acts.PlanAsync(caller, id, cancellationToken);

    /// <summary>Asks for a run. One that is under way is left alone.</summary>
    /// <returns>Null, <c>SyncNotFound</c>, <c>SyncNeedsPlan</c> before the first plan, or <c>SyncRuns</c> while a plan is being
    /// made.</returns>
    public Task<PortalError?> RunAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken) =>
        _acts.RunAsync(caller, id, cancellationToken);

    /// <summary>Ends the run under way after its current batch.</summary>
    public Task<PortalError?> CancelAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken) =>
        _acts.CancelAsync(caller, id, cancellationToken);

    /// <summary>Pauses it: no run begins by itself.</summary>
    public Task<PortalError?> PauseAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken) =>
        _acts.PauseAsync(caller, id, cancellationToken);

    /// <summary>Lets it run again.</summary>
    public Task<PortalError?> ResumeAsync(AgencyCaller caller, AudienceSyncId id, CancellationToken cancellationToken) =>
        _acts.ResumeAsync(caller, id, cancellationToken);

    /// <summary>Gives the audience another name at Facebook, and tries again what was refused for the old one.</summary>
    public Task<PortalError?> RenameAudienceAsync(
        AgencyCaller caller, AudienceSyncId id, string name, CancellationToken cancellationToken) =>
        _acts.RenameAsync(caller, id, name, cancellationToken);

    /// <summary>Deletes the sync with what it knows; the audience stays, or is deleted at Facebook first.</summary>
    public Task<PortalError?> DeleteAsync(
        AgencyCaller caller, AudienceSyncId id, bool withAudience, CancellationToken cancellationToken) =>
        _acts.DeleteAsync(caller, id, withAudience, cancellationToken);

    /// <summary>Which lists of a request's client may go where, for the client's own pages and receipt; empty when there are none.</summary>
    public Task<IReadOnlyList<SyncLine>> OfClientAsync(ClientCaller caller, CancellationToken cancellationToken) =>
        _reader.OfClientAsync(caller, cancellationToken);
}
