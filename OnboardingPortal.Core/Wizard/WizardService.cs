using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Wizard;

/// <summary>The client's side of a request, once they said who they are. Every answer is saved when it is given.</summary>
public sealed class WizardService(
    PortalDbContextFactory contexts, RequestChanges changes, ClientBrands brands, PlatformCatalog platforms, RequestNotices notices,
    TimeProvider clock)
{
    /// <summary>Finds the participant that a cookie names.</summary>
    /// <returns>The caller, or null when the request is deleted, its link was replaced since, or the participant is not one of
    /// it.</returns>
    public async Task<ClientCaller?> FindCallerAsync(
        RequestId request, ParticipantId participant, string? address, CancellationToken cancellationToken)
    {
        var callers = await ListCallersAsync([participant], address, cancellationToken);
        return callers.SingleOrDefault(c => c.Request == request);
    }

    /// <summary>Finds the participants that cookies name.</summary>
    /// <returns>Those whose request is not deleted and whose link was not replaced.</returns>
    public async Task<IReadOnlyList<ClientCaller>> ListCallersAsync(
        IReadOnlyCollection<ParticipantId> participants, string? address, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return await db.Participants.IgnoreQueryFilters().AsNoTracking()
            .Where(p => participants.Contains(p.Id) && p.EndedAt == null)
            .Join(db.Requests.IgnoreQueryFilters().Where(r => r.Status != RequestStatus.Deleted), p => p.RequestId, r => r.Id, (p, _) => p)
            .Select(p => new ClientCaller(p.AgencyId, p.RequestId, p.Id, p.Name, address))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Whether a participant is out because their link was replaced, while the request goes on.</summary>
    public async Task<bool> HasEndedAsync(RequestId request, ParticipantId participant, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return await db.Participants.IgnoreQueryFilters().Where(p => p.Id == participant && p.RequestId == request && p.EndedAt != null)
            .Join(db.Requests.IgnoreQueryFilters().Where(r => r.Status != RequestStatus.Deleted), p => p.RequestId, r => r.Id, (p, _) => p)
            .AnyAsync(cancellationToken);
    }

    /// <summary>All that the wizard shows, or null when the request is gone for them.</summary>
    public async Task<WizardState?> FindAsync(ClientCaller caller, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var request = await db.Requests.AsNoTracking().Include(r => r.Participants).Include(r => r.Connections).ThenInclude(c => c.Assets)
            .AsSplitQuery().SingleOrDefaultAsync(r => r.Id == caller.Request && r.Status != RequestStatus.Deleted, cancellationToken);
        var participant = request?.FindParticipant(caller.Participant);
        if (request is null || participant is null) return null;
        var brand = await brands.FindAsync(caller.Agency, cancellationToken);
        var namesRequester = await db.Agencies.Where(a => a.Id == caller.Agency).Select(a => a.IncludeRequesterName)
            .SingleAsync(cancellationToken);
        var attempt = await db.ConnectAttempts.AsNoTracking().Where(a => a.ParticipantId == caller.Participant && a.UsedAt != null)
            .OrderByDescending(a => a.Id).FirstOrDefaultAsync(cancellationToken);

        var outcomes = request.ListOutcomes().ToDictionary(o => o.Platform);
        var requested = platforms.All.Select(p => p.Descriptor).Where(p => outcomes.ContainsKey(p.Key)) // in the form's order
            .Select(p =>
                new WizardPlatform(
                    p.Key, p.Name, p.Grants, outcomes[p.Key].Standing, outcomes[p.Key].Declined, outcomes[p.Key].DeclineText)).ToList();
        var steps = platforms.StepsOf(requested.Select(p => p.Key));
        var step = participant.Step is { } at && steps.Contains(at) ? at : steps[0];
        return new WizardState(
            request.Id, request.StatusAt(clock.GetUtcNow()), brand.Name, request.BusinessManagerName, request.BusinessManagerId,
            participant.Name, step, steps,
            requested,
            [.. request.Connections.Where(c => c.State != ConnectionState.Removed).OrderBy(c => c.Id.Value)
                .Select(c => Show(c, request, caller))],
            attempt is null or { SeenAt: not null }
                ? null
                : new WizardAttempt(attempt.Id, attempt.Platform, attempt.Failure, attempt.ConnectionId),
            request.CompletedByName, request.CompletedBy == caller.Participant, request.CompletedAt, request.ExpiresAt)
        {
            RequesterName = namesRequester ? brand.RequesterName ?? request.RequesterName : brand.Name,
            ParticipantEmail = participant.Email,
            DoneAt = participant.DoneAt,
        };
    }

    /// <summary>Remembers the step the participant is at.</summary>
    /// <returns>Null, or why nothing can be changed any more.</returns>
    public async Task<PortalError?> GoToAsync(ClientCaller caller, PlatformGrants step, CancellationToken cancellationToken) =>
        (await changes.ApplyAsync<bool>(caller, (_, participant) =>
        {
            participant.Step = step;
            return true;
        }, cancellationToken)).Error;

    /// <summary>Notes that the client does not connect a platform.</summary>
    /// <param name="caller">Who says so.</param>
    /// <param name="platform">A platform of the request.</param>
    /// <param name="reason">Why; another one than before takes its place.</param>
    /// <param name="text">What or who would be needed, as typed; null or empty = they said no more. Kept with
    /// <see cref="DeclineReason.NotAllowed"/> only.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null, <see cref="TextTooLong"/>, <see cref="RequestNotFound"/>, or why nothing can be changed any more.</returns>
    public async Task<PortalError?> DeclineAsync(
        ClientCaller caller, PlatformKey platform, DeclineReason reason, string? text, CancellationToken cancellationToken)
    {
        var words = reason == DeclineReason.NotAllowed ? ForeignText.Readable(text ?? "") : "";
        if (words.Length > RequestedPlatform.DeclineTextMaxLength)
            return new TextTooLong(words.Length, RequestedPlatform.DeclineTextMaxLength);
        var kept = words.Length == 0 ? null : words;
        return (await changes.ApplyAsync<bool>(caller, (change, _) =>
        {
            var requested = change.Request.Platforms.FirstOrDefault(p => p.Platform == platform);
            if (requested is null) return new RequestNotFound();
            if (requested.Declined == reason && requested.DeclineText == kept) return true;
            requested.Decline(reason, kept, change.Now);
            change.Record(AuditKind.PlatformDeclined, platform, reason == DeclineReason.NotAllowed ? words : null);
            return true;
        }, cancellationToken)).Error;
    }

    /// <summary>Takes back that the client does not connect a platform.</summary>
    /// <returns>Null, <see cref="RequestNotFound"/>, or why nothing can be changed any more.</returns>
    public async Task<PortalError?> ReclaimAsync(ClientCaller caller, PlatformKey platform, CancellationToken cancellationToken) =>
        (await changes.ApplyAsync<bool>(caller, (change, _) =>
        {
            var requested = change.Request.Platforms.FirstOrDefault(p => p.Platform == platform);
            if (requested is null) return new RequestNotFound();
            if (requested.Declined is null) return true;
            requested.Reclaim();
            change.Record(AuditKind.PlatformReclaimed, platform);
            return true;
        }, cancellationToken)).Error;

    /// <summary>Takes an account back that the participant signed in to; its credentials are erased, shared assets stay shared.</summary>
    /// <returns>Null, <see cref="RequestNotFound"/>, or why nothing can be changed any more.</returns>
    public async Task<PortalError?> RemoveAccountAsync(ClientCaller caller, ConnectionId id, CancellationToken cancellationToken) =>
        (await changes.ApplyAsync<bool>(caller, (change, participant) =>
        {
            var connection = change.Request.Connections.FirstOrDefault(c => c.Id == id && c.ParticipantId == participant.Id);
            if (connection is null) return new RequestNotFound();
            if (connection.State == ConnectionState.Removed) return true;
            connection.Remove();
            change.Record(AuditKind.AccountRemoved, connection.Platform, connection.DisplayName);
            return true;
        }, cancellationToken)).Error;

    /// <summary>Closes the message about the last way to a platform.</summary>
    public async Task DismissAttemptAsync(ClientCaller caller, ConnectAttemptId attempt, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        await db.ConnectAttempts.Where(a => a.Id == attempt && a.ParticipantId == caller.Participant && a.SeenAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.SeenAt, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>
    /// Completes the request. Exactly one participant can: of two at the same instant one wins, the other is told who and when.
    /// </summary>
    /// <returns>Null for the winner, also when they press again; otherwise <see cref="RequestAlreadyCompleted"/>, <see cref="LinkExpired"/>
    /// or <see cref="RequestNotFound"/>.</returns>
    public async Task<PortalError?> CompleteAsync(ClientCaller caller, CancellationToken cancellationToken)
    {
        var mailed = await notices.FindAsync(caller.Agency, a => a.MailedOnCompletion, caller.Request, cancellationToken);
        var result = await changes.ApplyAsync<bool>(caller.Agency, caller.Request, caller.Actor, change =>
        {
            if (change.Request.CompletedBy == caller.Participant) return true;
            if (ClientRules.Refusal(change) is { } refusal) return refusal;
            var participant = change.Request.FindParticipant(caller.Participant);
            if (participant is null) return new RequestNotFound();
            change.Request.Complete(participant, change.Now);
            change.Record(AuditKind.RequestCompleted);
            foreach (var to in mailed) change.Mail(EmailKind.Completed, to.Email, to.Language);
            return true;
        }, cancellationToken);
        return result.Error;
    }

    private static WizardConnection Show(PlatformConnection connection, OnboardingRequest request, ClientCaller caller) => new(
        connection.Id, connection.Platform, connection.DisplayName, connection.Detail, connection.State,
        connection.ParticipantId == caller.Participant,
        request.Participants.FirstOrDefault(p => p.Id == connection.ParticipantId)?.Name ?? "",
        connection.LastCheckedAt ?? connection.ConnectedAt,
        connection is { Credentials: not null, State: ConnectionState.Active }, connection.BusinessId,
        [.. connection.Assets.OrderBy(a => a.Id.Value)
            .Select(a => new WizardAsset(a.Id, a.Kind, a.ExternalId, a.Name, a.State, a.Failure, a.FailureText, a.Way))]);
}
