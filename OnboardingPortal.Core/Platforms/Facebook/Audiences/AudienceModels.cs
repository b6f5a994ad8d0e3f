using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Core.Platforms.Facebook.Audiences;

/// <summary>A custom audience of an ad account.</summary>
/// <param name="Id">Facebook's id of it.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="State">What can be done with it now.</param>
/// <param name="SizeFrom">At least so many people as Facebook estimates; null while it does not tell.</param>
/// <param name="SizeTo">At most so many; null while it does not tell.</param>
public sealed record Audience(string Id, string Name, AudienceState State, long? SizeFrom, long? SizeTo)
{
    /// <summary>The fields that Facebook objects to, e.g. <c>name</c>; empty when it objects to none.</summary>
    public IReadOnlyList<string> Offending { get; init; } = [];

    /// <summary>Whether ads can be shown to it; false while it is too small. Null when Facebook does not tell.</summary>
    public bool? IsUsable { get; init; }

    /// <summary>Whether ads can be shown to it: Facebook says so, or, where it does not tell, names a size.</summary>
    public bool IsReady => IsUsable ?? SizeFrom is not null;
}

/// <summary>What Facebook lets be done with an audience. Stored by name.</summary>
public enum AudienceState
{
    /// <summary>All.</summary>
    Normal,

    /// <summary>A replacement of its people is under way: nothing else can be sent.</summary>
    Replacing,

    /// <summary>The last replacement did not end well; another may be begun.</summary>
    ReplaceFailed,

    /// <summary>Facebook objects to it: nothing can be sent until what offends is changed.</summary>
    Flagged,

    /// <summary>It is deleted, or about to be.</summary>
    Gone,
}

/// <summary>What happens to the people of a batch.</summary>
internal enum AudienceAction
{
    /// <summary>They are added.</summary>
    Add,

    /// <summary>They are taken out.</summary>
    Remove,

    /// <summary>The batches of the session become all of the audience.</summary>
    Replace,
}

/// <summary>One batch of people on its way to an audience.</summary>
/// <param name="Action">What happens to them.</param>
/// <param name="Session">The session's id: positive, new for each run, unique within the ad account.</param>
/// <param name="Sequence">The batch's number within the session, from 1.</param>
/// <param name="IsLast">Whether it ends the session.</param>
/// <param name="Total">How many people the session will have sent; an estimate.</param>
/// <param name="Keys">What the hashes of the people are; the same in all batches of a session. None: the ids alone are sent.</param>
/// <param name="Rows">1 to 10,000 people, with their ids.</param>
internal sealed record AudienceBatch(
    AudienceAction Action, long Session, int Sequence, bool IsLast, long Total, IReadOnlyList<MatchKey> Keys,
    IReadOnlyList<AudienceRow> Rows);

/// <summary>What Facebook answered to a batch.</summary>
/// <param name="Received">How many people of the session it has so far.</param>
/// <param name="Invalid">How many rows it could not use; a rough figure.</param>
internal sealed record AudienceReceipt(long Received, long Invalid);

/// <summary>How far a session is at Facebook.</summary>
/// <param name="Received">How many people it has.</param>
/// <param name="Matched">How many of them it found; null when it does not tell.</param>
/// <param name="IsOver">Whether it takes no more batches.</param>
internal sealed record AudienceSession(long Received, long? Matched, bool IsOver);

/// <summary>How much an ad account may still be called.</summary>
/// <param name="Points">How many points may still be spent now; a write costs 3, a read 1. Null when not known.</param>
/// <param name="FreeAt">When calls may be made again, UTC; null = now.</param>
internal sealed record AudienceAllowance(int? Points, DateTimeOffset? FreeAt);

/// <summary>What an ad account's settings say about custom audiences.</summary>
/// <param name="IsActive">Whether the account is neither disabled nor closed; also true when Facebook does not tell.</param>
/// <param name="HasBusiness">Whether it is in a business portfolio.</param>
/// <param name="HasTerms">Whether the terms for customer lists are accepted; null when Facebook does not tell.</param>
internal sealed record AudienceAccount(bool IsActive, bool HasBusiness, bool? HasTerms);
