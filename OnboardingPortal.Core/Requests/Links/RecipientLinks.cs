using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.Core.Requests;

/// <summary>Recipients' own links: one that got into wrong hands ends by itself.</summary>
public sealed partial class RecipientLinks(RequestChanges changes, LinkTokens links, ILogger<RecipientLinks> logger)
{
    /// <summary>
    /// Makes a new link in the place of a recipient's own: theirs opens nothing any more, and anybody who came in by it is out, in whatever
    /// browser. All other links and those who came in by them go on, and so does what was connected. The new one is mailed to them, unless
    /// their mail came back, the time of the links ran out, or they were mailed a moment ago.
    /// </summary>
    /// <returns>
    /// How many mails were queued, 0 where they cannot be mailed now: the old link is dead all the same. Or <see cref="RequestNotFound"/>,
    /// <see cref="RequestAlreadyCompleted"/>, <see cref="LinkUnknown"/> for anybody who has no link of their own.
    /// </returns>
    public async Task<Result<int>> ReplaceAsync(
        AgencyCaller caller, RequestId id, RecipientId recipient, CancellationToken cancellationToken)
    {
        var link = links.Make();
        var result = await changes.ApplyAsync<int>(caller, id, async (change, token) =>
        {
            var request = change.Request;
            if (RequestService.Completed(request) is { } refusal) return refusal;
            if (request.Recipients.FirstOrDefault(r => r.Id == recipient) is not { LinkTokenHash: not null } holder)
                return new LinkUnknown();
            request.ReplaceLink(holder, link, change.Now);
            change.Record(AuditKind.LinkReplaced, detail: holder.Email);
            if (holder.MailCameBack || request.StatusAt(change.Now) != RequestStatus.Pending) return 0;
            if (!(await RecentMails.ReadAsync(change, token)).Allow([holder.Email]).Succeeded) return 0;
            RequestService.Mail(change, [holder.Email]);
            return 1;
        }, cancellationToken);
        if (result.Succeeded) LogReplaced(id, recipient, result.Value);
        return result;
    }

    [LoggerMessage(EventId = 2105, Level = LogLevel.Information, Message = "Request {RequestId}: recipient {RecipientId} has a new "
        + "link, {Mails} mails queued")]
    private partial void LogReplaced(RequestId requestId, RecipientId recipientId, int mails);
}
