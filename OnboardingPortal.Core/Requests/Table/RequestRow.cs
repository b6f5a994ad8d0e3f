namespace OnboardingPortal.Core.Requests;

/// <summary>A line of the table of requests: all of it lies in one row of the database.</summary>
/// <param name="Id">The request.</param>
/// <param name="RequesterId">Who sent it; decides who sees it where users see only their own.</param>
/// <param name="FirstRecipient">The first address; empty for a request not mailed to anybody.</param>
/// <param name="RecipientCount">How many addresses there are.</param>
/// <param name="StoredStatus">As stored; show <see cref="StatusAt"/>.</param>
/// <param name="RequestedAt">When it was saved, UTC.</param>
/// <param name="ExpiresAt">When its link dies, UTC; null for a draft.</param>
/// <param name="Activity">The newest movement.</param>
/// <param name="ActivityAt">When it was, UTC.</param>
/// <param name="ActivityPlatform">The platform it concerned, or null.</param>
/// <param name="CompletedByName">Who completed it, or null; hostile text.</param>
/// <param name="Accounts">What came of each platform that it asks for, in the order of the form.</param>
public sealed record RequestRow(
    RequestId Id,
    AgencyUserId RequesterId,
    string FirstRecipient,
    int RecipientCount,
    RequestStatus StoredStatus,
    DateTimeOffset RequestedAt,
    DateTimeOffset? ExpiresAt,
    RequestActivity Activity,
    DateTimeOffset ActivityAt,
    PlatformKey? ActivityPlatform,
    string? CompletedByName,
    AccountSummaries Accounts)
{
    /// <summary>The status as of <paramref name="now"/>.</summary>
    public RequestStatus StatusAt(DateTimeOffset now) =>
        StoredStatus == RequestStatus.Pending && ExpiresAt <= now ? RequestStatus.Expired : StoredStatus;
}
