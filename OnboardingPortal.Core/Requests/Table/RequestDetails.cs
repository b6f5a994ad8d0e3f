using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>All that a request's page shows.</summary>
/// <param name="Request">With platforms, recipients, participants, connections and their assets.</param>
/// <param name="Status">As of now.</param>
/// <param name="Events">The newest <see cref="RequestDetailsReader.MaxEvents"/>, newest first.</param>
/// <param name="Mails">The mails to recipients, oldest first.</param>
public sealed record RequestDetails(
    OnboardingRequest Request, RequestStatus Status, IReadOnlyList<AuditEvent> Events, IReadOnlyList<EmailMessage> Mails)
{
    /// <summary>What clients asked, newest first, at most <see cref="RequestDetailsReader.MaxQuestions"/>.</summary>
    public IReadOnlyList<ClientQuestion> Questions { get; init; } = [];
}

/// <summary>Reads a request's page.</summary>
public sealed class RequestDetailsReader(PortalDbContextFactory contexts, TimeProvider clock)
{
    /// <summary>How many events of the timeline are read.</summary>
    public const int MaxEvents = 200;

    /// <summary>How many questions of clients are read.</summary>
    public const int MaxQuestions = 50;

    /// <summary>The request, or null when it is deleted or out of the scope.</summary>
    public async Task<RequestDetails?> FindAsync(RequestScope scope, RequestId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var request = await db.RequestsIn(scope).AsNoTracking()
            .Include(r => r.Recipients).Include(r => r.Participants).Include(r => r.Connections).ThenInclude(c => c.Assets)
            .AsSplitQuery().SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (request is null) return null;
        var events = await db.AuditEvents.AsNoTracking().Where(e => e.RequestId == id).OrderByDescending(e => e.Id).Take(MaxEvents)
            .ToListAsync(cancellationToken);
        var mails = await db.EmailMessages.AsNoTracking().Where(m => m.RequestId == id && m.Kind == EmailKind.Request).OrderBy(m => m.Id)
            .ToListAsync(cancellationToken);
        var questions = await db.Questions.AsNoTracking().Where(q => q.RequestId == id).OrderByDescending(q => q.Id).Take(MaxQuestions)
            .ToListAsync(cancellationToken);
        return new RequestDetails(request, request.StatusAt(clock.GetUtcNow()), events, mails) { Questions = questions };
    }

    /// <summary>What came of each platform of several requests.</summary>
    /// <param name="scope">The requests that the caller may see.</param>
    /// <param name="ids">The requests that are asked for; those out of the scope are left out.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<IReadOnlyDictionary<RequestId, IReadOnlyList<PlatformOutcome>>> ListOutcomesAsync(
        RequestScope scope, IReadOnlyCollection<RequestId> ids, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var requests = await db.RequestsIn(scope).AsNoTracking().Include(r => r.Connections.Where(c => c.State != ConnectionState.Removed))
            .ThenInclude(c => c.Assets)
            .AsSplitQuery().Where(r => ids.Contains(r.Id)).ToListAsync(cancellationToken);
        return requests.ToDictionary(r => r.Id, r => r.ListOutcomes());
    }

    /// <summary>The newest events on requests, newest first.</summary>
    /// <param name="scope">The requests that the caller may see.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<IReadOnlyList<AuditEvent>> ListNewestEventsAsync(RequestScope scope, int most, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var events = db.AuditEvents.AsNoTracking().Where(e => e.AgencyId == scope.Agency && e.RequestId != null);
        if (scope.OnlyOf is { } only) events = events.Where(e => db.Requests.Any(r => r.Id == e.RequestId && r.RequesterId == only));
        return await events.OrderByDescending(e => e.Id).Take(most).ToListAsync(cancellationToken);
    }
}
