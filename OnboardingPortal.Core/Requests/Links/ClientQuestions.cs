using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// Takes what a client asks the requester from the wizard to the requester's mailbox, and to the request's page until it is answered.
/// </summary>
public sealed class ClientQuestions(RequestChanges changes, RequestNotices notices)
{
    /// <summary>The most questions of one participant in an hour.</summary>
    public const int MaxOfParticipant = 5;

    /// <summary>The most questions of one request in a day: anybody who holds the link can come in as a new participant.</summary>
    public const int MaxOfRequest = 20;

    /// <summary>
    /// For how long the same words by the same participant count as one question: a second press, or a page that was lost in between.
    /// </summary>
    public static readonly TimeSpan SameFor = TimeSpan.FromMinutes(10);

    private const int DetailLength = 160;

    /// <summary>
    /// Keeps a question and mails it to the requester, so that an answer goes to the participant; where the requester is gone, to the main
    /// users.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="platform">A platform of the request that it is about; null = the request as a whole.</param>
    /// <param name="text">As typed; control characters are left out.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns> Null, <see cref="QuestionMissing"/>, <see cref="TextTooLong"/>, <see cref="TooManyQuestions"/>,
    /// <see cref="RequestNotFound"/>, or why nothing can be changed any more; a refusal mails nothing.
    /// </returns>
    public async Task<PortalError?> AskAsync(ClientCaller caller, PlatformKey? platform, string text, CancellationToken cancellationToken)
    {
        text = ForeignText.Readable(text);
        if (text.Length == 0) return new QuestionMissing();
        if (text.Length > ClientQuestion.TextMaxLength) return new TextTooLong(text.Length, ClientQuestion.TextMaxLength);
        var mailed = await notices.FindAsync(caller.Agency, _ => MailedPeople.RequesterOnly, caller.Request, cancellationToken);
        if (mailed.Count == 0)
            mailed = await notices.FindAsync(caller.Agency, _ => new MailedPeople(false, true, [], []), caller.Request, cancellationToken);
        var result = await changes.ApplyAsync<bool>(caller, async (change, participant, token) =>
        {
            if (platform is { } about && change.Request.Platforms.All(p => p.Platform != about)) return new RequestNotFound();
            var hourAgo = change.Now - TimeSpan.FromHours(1);
            var dayAgo = change.Now - TimeSpan.FromDays(1);
            var shortlyAgo = change.Now - SameFor;
            var asked = change.Db.Questions.Where(q => q.RequestId == change.Request.Id && q.AskedAt > dayAgo);
            if (await asked.AnyAsync(
                q => q.ParticipantId == participant.Id && q.Platform == platform && q.Text == text && q.AskedAt > shortlyAgo, token))
                return true;
            if (await asked.CountAsync(token) >= MaxOfRequest) return new TooManyQuestions();
            if (await asked.CountAsync(q => q.ParticipantId == participant.Id && q.AskedAt > hourAgo, token) >= MaxOfParticipant)
                return new TooManyQuestions();

            var question = new ClientQuestion(QuestionId.New(change.Clock), change.Request, participant.Id, platform, text, change.Now);
            change.Db.Questions.Add(question);
            change.Request.RecordActivity(RequestActivity.Asked, change.Now, platform);
            change.Record(AuditKind.QuestionAsked, platform, question.Beginning(DetailLength));
            foreach (var to in mailed) change.MailAbout(EmailKind.Question, MailSubject.Of(question.Id), to);
            return true;
        }, cancellationToken);
        return result.Error;
    }

    /// <summary>Notes that a question is answered: answers go by mail, past the portal. Doing it again changes nothing.</summary>
    /// <param name="caller">Who sees the request.</param>
    /// <param name="request">The request that the question is about.</param>
    /// <param name="id">The question.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null, or <see cref="RequestNotFound"/>.</returns>
    public async Task<PortalError?> MarkAnsweredAsync(
        AgencyCaller caller, RequestId request, QuestionId id, CancellationToken cancellationToken)
    {
        var result = await changes.ApplyAsync<bool>(caller, request, async (change, token) =>
        {
            var question = await change.Db.Questions.SingleOrDefaultAsync(q => q.Id == id && q.RequestId == request, token);
            if (question is null) return new RequestNotFound();
            if (question.AnsweredAt is not null) return true;
            question.MarkAnswered(change.Now);
            change.Record(AuditKind.QuestionAnswered, question.Platform, question.Beginning(DetailLength));
            return true;
        }, cancellationToken);
        return result.Error;
    }
}
