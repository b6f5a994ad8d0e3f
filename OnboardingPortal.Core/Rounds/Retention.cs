using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Rounds;

/// <summary>Deletes rows that nobody needs any more, each kind after its period (<see cref="RetentionOptions"/>).</summary>
public sealed class Retention(PortalDbContextFactory contexts, IOptions<RetentionOptions> options, RoundItems items, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>One round over all agencies. Ids rise with time, so each look begins at what is oldest and ends at what is young enough.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> DeleteOldAsync(CancellationToken cancellationToken)
    {
        var (kept, now) = (options.Value, clock.GetUtcNow());
        var (attempt, mail, session) = (new ConnectAttemptId(
            Before(kept.ConnectAttempts)), new EmailMessageId(Before(kept.Emails)), new UserSessionId(Before(kept.Sessions)));
        var (invitation, question, participant) = (new InvitationId(Before(kept.Invitations)), new QuestionId(
            Before(kept.Questions)), new ParticipantId(Before(kept.Participants)));
        var round = await items.BeginAsync(RoundKind.Retention, cancellationToken);
        var deleted = await items.ForgetAsync(cancellationToken);
        await using var all = contexts.CreateForSystem();
        foreach (var agency in await all.Agencies.Select(a => a.Id).ToListAsync(cancellationToken))
        {
            await using var db = contexts.Create(agency);
            var open = db.Requests.Where(r => r.Status == RequestStatus.Pending);
            await DeleteAsync(nameof(kept.ConnectAttempts), db.ConnectAttempts.Where(a => a.Id < attempt), a => a.Id);
            await DeleteAsync(
                nameof(kept.Emails),
                db.EmailMessages.Where(m => m.Id < mail && m.State != EmailState.Queued && !open.Any(r => r.Id == m.RequestId)), m => m.Id);
            await DeleteAsync(nameof(kept.Sessions), db.UserSessions.Where(s => s.Id < session), s => s.Id);
            await DeleteAsync(
                nameof(kept.Invitations),
                db.Invitations.Where(i => i.Id < invitation && (i.AcceptedAt != null || i.CancelledAt != null || i.ExpiresAt < now)),
                i => i.Id);
            await DeleteAsync(
                nameof(kept.Questions), db.Questions.Where(q => q.Id < question && !open.Any(r => r.Id == q.RequestId)), q => q.Id);
            await DeleteAsync(nameof(
                kept.Participants), db.Participants.Where(p => p.Id < participant && !open.Any(r => r.Id == p.RequestId)
                && !db.Connections.Any(c => c.ParticipantId == p.Id) && !db.Questions.Any(q => q.ParticipantId == p.Id)), p => p.Id);

            async Task DeleteAsync<TRow, TId>(string kind, IQueryable<TRow> old, System.Linq.Expressions.Expression<Func<TRow, TId>> id)
                where TRow : class => await round.TryAsync(agency, $"{kind}/{agency}", async () =>
                {
                    for (var count = Batch; count == Batch; deleted += count)
                    {
                        // Some at a time: others write in between.
                        count = await old.OrderBy(id).Take(Batch).ExecuteDeleteAsync(cancellationToken);
                    }
                }, cancellationToken);
        }

        return deleted;

        long Before(TimeSpan period) => TimeOrderedId.First(now - period);
    }
}
