using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Requests;

/// <summary>What the Hub shows, as of one moment.</summary>
/// <param name="Numbers">How many requests stand where.</param>
/// <param name="Median">How long a request takes; null when none was completed lately.</param>
/// <param name="Weeks">The last <see cref="HubReader.ShownWeeks"/> weeks, oldest first; the last one is running.</param>
/// <param name="Needs">What needs somebody's hand, newest first, at most <see cref="PendingTasks.MaxShown"/>.</param>
public sealed record HubView(HubNumbers Numbers, HubMedian? Median, IReadOnlyList<HubWeek> Weeks, IReadOnlyList<PendingTask> Needs);

/// <summary>How many requests stand where, each counted up to <see cref="RequestTable.MaxCounted"/>.</summary>
/// <param name="Pending">Wait for the client.</param>
/// <param name="Connected">Completed.</param>
/// <param name="ConnectedLately">Of these, in the last 30 days.</param>
/// <param name="Expired">Their links are dead.</param>
/// <param name="Stuck">Something is wrong with an account, or nothing has moved for <see cref="HubReader.StuckAfter"/> since the link was
/// opened.</param>
public sealed record HubNumbers(int Pending, int Connected, int ConnectedLately, int Expired, int Stuck);

/// <summary>The median time from saving a request to its completion.</summary>
/// <param name="Time">Half of the requests took no longer.</param>
/// <param name="Of">How many requests it is based on; at least 1.</param>
public sealed record HubMedian(TimeSpan Time, int Of);

/// <summary>One week in UTC.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="Sent">Requests that were made then and have been sent.</param>
/// <param name="Completed">Requests that were completed then, whenever they were made.</param>
public sealed record HubWeek(DateOnly Monday, int Sent, int Completed);

/// <summary>A request that needs somebody's hand.</summary>
/// <param name="Request">The request.</param>
/// <param name="FirstRecipient">Its first address; empty when it was not mailed to anybody.</param>
/// <param name="Hand">Who can do something about it.</param>
/// <param name="Reason">What is to be done.</param>
/// <param name="Subject">The account, asset, address or question concerned; hostile text, empty when the whole request is.</param>
/// <param name="Platform">The platform concerned; null when none is.</param>
/// <param name="Failure">Why the platform refused; null when it did not.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record PendingTask(
    RequestId Request, string FirstRecipient, HubHand Hand, HubReason Reason, string Subject, PlatformKey? Platform,
    PlatformFailureKind? Failure, DateTimeOffset Since);

/// <summary>Whose hand a request needs.</summary>
public enum HubHand
{
    /// <summary>The agency's.</summary>
    You,

    /// <summary>The client: anybody who holds the link.</summary>
    Client,

    /// <summary>Somebody with more rights at the platform than the client who was there.</summary>
    ClientAdmin,
}

/// <summary>What a hand is needed for.</summary>
public enum HubReason
{
    /// <summary>An account no longer works.</summary>
    SignInAgain,

    /// <summary>The platform refused to share an asset.</summary>
    NotShared,

    /// <summary>An asset was shared and is not any more.</summary>
    AccessLost,

    /// <summary>Another admin must approve a share.</summary>
    Approve,

    /// <summary>The client must accept a request at the platform, or give access by hand.</summary>
    Accept,

    /// <summary>The link was opened, and nothing has moved since.</summary>
    NoMovement,

    /// <summary>Somebody holds the dead link and asks for a new one.</summary>
    NewLinkAsked,

    /// <summary>The mail could not be sent.</summary>
    MailGivenUp,

    /// <summary>A client asks something.</summary>
    QuestionAsked,

    /// <summary>The mail came back, or was refused.</summary>
    MailCameBack,

    /// <summary>The mail service did not send the mail.</summary>
    MailDropped,

    /// <summary>The recipient marked the mail as spam.</summary>
    MailMarkedSpam,
}
