using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Connect;

/// <summary>What an agency does with its connected accounts, and the daily check that they still work.</summary>
public sealed class ConnectedAccounts(
    PortalDbContextFactory contexts, RequestChanges changes, AccountCredentials credentials, WizardService wizard,
    PlatformClients platforms, Revocations revocations, RequestNotices notices, OutboxSignal outbox, RoundItems items, TimeProvider clock)
{
    private const int MaxChecksARound = 50;

    /// <summary>Asks the platform now whether the account still works.</summary>
    /// <returns>Null when it does, otherwise <see cref="ConnectionNotFound"/>, also where its request is not seen, or a
    /// <see cref="PlatformFailure"/>; the account's state is saved either way.</returns>
    public Task<PortalError?> CheckAsync(AgencyCaller caller, ConnectionId id, CancellationToken cancellationToken) =>
        CheckAsync(caller.Scope, id, cancellationToken);

    /// <summary>Takes the access back at the platform and erases the credentials; a main user only.</summary>
    /// <returns>What the platform did, <see cref="NotAllowed"/>, or <see cref="ConnectionNotFound"/>, also where its request is not
    /// seen.</returns>
    public async Task<Result<Disconnection>> DisconnectAsync(AgencyCaller caller, ConnectionId id, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        if (await FindAsync(caller.Scope, id, cancellationToken) is not { } line) return new ConnectionNotFound();
        var revoked = await RevokeAsync(caller.Agency, id, line.Platform, line.ExternalId, cancellationToken);
        await ApplyAsync(
            caller.Agency, id, line, caller.Actor, connection => connection.Remove(), AuditKind.AccountRemoved, cancellationToken);
        return revoked switch
        {
            { Succeeded: true, Value: true } or { Error: PlatformFailure { Kind: PlatformFailureKind.AuthExpired } } =>
                Disconnection.AtThePlatformToo,
            { Succeeded: true } => Disconnection.PlatformHasNoWay,
            _ => Disconnection.PlatformNotReached,
        };
    }

    /// <summary>
    /// Takes an account back that the participant signed in to: at the platform where it can be told, and here in any case.
    /// </summary>
    /// <returns>Null, <see cref="RequestNotFound"/>, or why nothing can be changed any more.</returns>
    public async Task<PortalError?> RevokeAsync(ClientCaller caller, ConnectionId id, CancellationToken cancellationToken)
    {
        var mine = await changes.ApplyAsync<(PlatformKey Platform, string Account)>(caller, (change, participant) =>
            change.Request.Connections.FirstOrDefault(c => c.Id == id && c.ParticipantId == participant.Id) is { } connection
                ? (connection.Platform, connection.ExternalId)
                : new RequestNotFound(),
            cancellationToken);
        if (!mine.Succeeded) return mine.Error;
        // It is erased here even when the platform cannot be told now.
        await RevokeAsync(caller.Agency, id, mine.Value.Platform, mine.Value.Account, cancellationToken);
        return await wizard.RemoveAccountAsync(caller, id, cancellationToken);
    }

    /// <summary>One round of the job: checks the accounts whose day has come. Of several nodes one checks each.</summary>
    /// <returns>How many were checked.</returns>
    public async Task<int> CheckDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var round = await items.BeginAsync(RoundKind.AccountCheck, cancellationToken);
        var resting = round.RestingIds<ConnectionId>();
        var rested = round.RestedIds<ConnectionId>();
        await using var db = contexts.CreateForSystem();
        var due = await db.Connections.IgnoreQueryFilters()
            .Where(c => c.NextCheckAt <= now || (c.NextCheckAt != null && rested.Contains(c.Id))).Where(c => !resting.Contains(c.Id))
            .OrderBy(c => c.NextCheckAt)
            .Select(c => new { c.AgencyId, c.Id }).Take(MaxChecksARound).ToListAsync(cancellationToken);
        var done = 0;
        foreach (var account in due)
        {
            var mine = rested.Contains(account.Id) ? 1 : await db.Connections.IgnoreQueryFilters()
                .Where(c => c.Id == account.Id && c.NextCheckAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.NextCheckAt, now + PlatformConnection.CheckEvery), cancellationToken);
            if (mine == 0) continue;
            if (await round.TryAsync(
                account.AgencyId, account.Id, () => CheckAsync(new RequestScope(account.AgencyId, null), account.Id, cancellationToken),
                cancellationToken)) done++;
        }

        return done;
    }

    private Task<Result<bool>> RevokeAsync(
        AgencyId agency, ConnectionId id, PlatformKey platform, string account, CancellationToken cancellationToken) =>
        credentials.UseAsync(
            agency, id, (held, stop) => revocations.RevokeAsync(agency, platform, account, held, stop), cancellationToken);

    private async Task<PortalError?> CheckAsync(RequestScope scope, ConnectionId id, CancellationToken cancellationToken)
    {
        var agency = scope.Agency;
        if (await FindAsync(scope, id, cancellationToken) is not { } line) return new ConnectionNotFound();
        var account = await credentials.UseAsync(agency, id, platforms.Get(line.Platform).IdentifyAsync, cancellationToken);
        if (account.Succeeded && account.Value.ExternalId != line.ExternalId)
            account = new PlatformFailure(line.Platform, PlatformFailureKind.AuthExpired);
        if (account.Error is ConnectionNotFound) return account.Error; // disconnected meanwhile
        if (account.Succeeded)
        {
            var mended = line.State != ConnectionState.Active;
            await ApplyAsync(
                agency, id, line, Actor.System, c => c.MarkWorking(clock.GetUtcNow()), mended ? AuditKind.AccountMended : null,
                cancellationToken);
        }
        else if (((PlatformFailure)account.Error).Kind.TakesAccess)
        {
            var failure = ((PlatformFailure)account.Error).Kind;
            var lost = line.State == ConnectionState.Active;
            await ApplyAsync(
                agency, id, line, Actor.System, c => c.MarkReconnectNeeded(failure), lost ? AuditKind.AccountLost : null,
                cancellationToken);
        }

        return account.Error;
    }

    /// <summary>
    /// Changes an account: one of a request as every change of a request is made, so that the table and the timeline tell.
    /// </summary>
    private async Task ApplyAsync(
        AgencyId agency, ConnectionId id, Line line, Actor actor, Action<PlatformConnection> change, AuditKind? kind,
        CancellationToken cancellationToken)
    {
        var told = kind == AuditKind.AccountLost
            ? await notices.FindAsync(agency, a => a.MailedOnLostAccess, line.Request, cancellationToken)
            : [];
        if (line.Request is { } request)
        {
            var applied = await changes.ApplyAsync<bool>(agency, request, actor, scope =>
            {
                var connection = scope.Request.Connections.First(c => c.Id == id);
                // somebody else found it at the same time
                var isKnown = kind == AuditKind.AccountLost && connection.State != ConnectionState.Active;
                change(connection);
                if (isKnown || kind is not { } what) return true;
                scope.Record(what, connection.Platform, connection.DisplayName);
                foreach (var to in told) scope.MailLost(id, to);
                return true;
            }, cancellationToken);
            if (applied.Succeeded) return; // otherwise the request was deleted, and the account outlived it
        }

        await using var db = contexts.Create(agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isNews = kind != AuditKind.AccountLost || await db.Connections.Where(c => c.Id == id && c.State == ConnectionState.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, ConnectionState.ReconnectNeeded), cancellationToken) == 1;
        var own = await db.Connections.SingleAsync(c => c.Id == id, cancellationToken);
        change(own);
        if (isNews && kind is { } happened)
        {
            db.AuditEvents.Add(
                new AuditEvent(AuditEventId.New(clock), agency, clock.GetUtcNow(), happened, actor, null, own.Platform, own.DisplayName));
            db.EmailMessages.AddRange(told.Select(to => new EmailMessage(
                EmailMessageId.New(clock), agency, new NewMail(EmailKind.AccessLost, MailSubject.Of(id), to.Email, to.Language),
                clock.GetUtcNow())));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (told.Count > 0) outbox.Wake();
    }

    private async Task<Line?> FindAsync(RequestScope scope, ConnectionId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        return await db.ConnectionsIn(scope).Where(c => c.Id == id && c.EraseCredentialsAt == null && c.State != ConnectionState.Removed)
            .Select(c => new Line(c.Platform, c.ExternalId, c.State, c.RequestId)).SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record Line(PlatformKey Platform, string ExternalId, ConnectionState State, RequestId? Request);
}
