namespace OnboardingPortal.Core.Requests;

/// <summary>No such request in the caller's agency, or it is deleted.</summary>
public sealed record RequestNotFound : PortalError;

/// <summary>Somebody completed the request before; nothing can be changed any more.</summary>
/// <param name="ByName">Who; hostile text.</param>
/// <param name="At">When, UTC.</param>
public sealed record RequestAlreadyCompleted(string ByName, DateTimeOffset At) : PortalError
{
    /// <summary><c>{0}</c>: who.</summary>
    public override IReadOnlyList<object> Arguments => [ByName];
}

/// <summary>The link's time ran out; sending again renews it.</summary>
public sealed record LinkExpired : PortalError;

/// <summary>No request has this link: never issued, mistyped or deleted.</summary>
public sealed record LinkUnknown : PortalError;

/// <summary>A new link was asked for a short while ago; the requester already knows.</summary>
public sealed record NewLinkAlreadyAsked : PortalError;

/// <summary>Some addresses are none; nothing was sent.</summary>
/// <param name="Addresses">As typed, at most the first ten.</param>
public sealed record AddressesRefused(IReadOnlyList<string> Addresses) : PortalError
{
    /// <summary><c>{0}</c>: the addresses, separated by commas.</summary>
    public override IReadOnlyList<object> Arguments => [string.Join(", ", Addresses)];
}

/// <summary>No address was given.</summary>
public sealed record AddressMissing : PortalError;

/// <summary>The mail to each recipient came back: there is nobody to mail again.</summary>
public sealed record MailsCameBack : PortalError;

/// <summary>More addresses than one request may have; nothing was sent.</summary>
/// <param name="Given">How many there would be.</param>
public sealed record TooManyAddresses(int Given) : PortalError
{
    /// <summary><c>{0}</c>: how many; <c>{1}</c>: the limit.</summary>
    public override IReadOnlyList<object> Arguments => [Given, RecipientList.MaxAddresses];
}

/// <summary>The request was sent as often as it may be within an hour; nothing was sent.</summary>
/// <param name="Wait">How long until it can be sent again.</param>
public sealed record SentTooOften(TimeSpan Wait) : PortalError
{
    /// <summary><c>{0}</c>: how often it may be sent; <c>{1}</c>: the wait in minutes.</summary>
    public override IReadOnlyList<object> Arguments => [RecentMails.MaxSends, (int)Math.Ceiling(Wait.TotalMinutes)];
}

/// <summary>The link works: it need not be renewed.</summary>
public sealed record LinkNotExpired : PortalError;

/// <summary>
/// New links were asked for from this network address as often as they may be in a day; the requester was not told of this one.
/// </summary>
public sealed record NewLinksAskedTooOften : PortalError;

/// <summary>A service cannot be taken out of a request because the client has begun with it; nothing was saved.</summary>
/// <param name="Platform">The service.</param>
/// <param name="Reason">How far the client is.</param>
public sealed record ServiceKept(PlatformKey Platform, KeptReason Reason) : PortalError;

/// <summary>The Business Manager cannot be changed any more because assets were shared with it; nothing was saved.</summary>
public sealed record BusinessManagerKept : PortalError;

/// <summary>The Facebook user or Business Manager cannot receive assets: gone, another agency's, or the user is not Admin there.</summary>
public sealed record BusinessManagerRefused : PortalError;

/// <summary>A question without words.</summary>
public sealed record QuestionMissing : PortalError;

/// <summary>So many questions came in a short time that another mail would only annoy the requester; nothing was sent.</summary>
public sealed record TooManyQuestions : PortalError;

/// <summary>So many people opened a request that another one is hardly a client; nobody was let in.</summary>
public sealed record TooManyParticipants : PortalError;

/// <summary>A text is longer than what is kept; nothing was saved.</summary>
/// <param name="Given">Its UTF-16 code units.</param>
/// <param name="Most">How many there may be.</param>
public sealed record TextTooLong(int Given, int Most) : PortalError
{
    /// <summary><c>{0}</c>: how many there are; <c>{1}</c>: how many there may be.</summary>
    public override IReadOnlyList<object> Arguments => [Given, Most];
}

/// <summary>Every platform of the request has its answer: nothing is left to a colleague, so the request can be completed.</summary>
public sealed record NothingLeftOpen : PortalError;
