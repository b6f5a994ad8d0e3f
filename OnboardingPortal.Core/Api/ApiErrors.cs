namespace OnboardingPortal.Core.Api;

/// <summary>The agency has no such key, or it is revoked.</summary>
public sealed record ApiKeyNotFound : PortalError;

/// <summary>The agency has as many keys as it may have.</summary>
public sealed record TooManyApiKeys : PortalError
{
    /// <summary><c>{0}</c>: the limit.</summary>
    public override IReadOnlyList<object> Arguments => [ApiKeys.MaxKeys];
}

/// <summary>A call came without a key.</summary>
public sealed record ApiKeyMissing : PortalError;

/// <summary>What a call came with is no key of the portal: mistyped, made up, or another product's.</summary>
public sealed record ApiKeyUnknown : PortalError;

/// <summary>The key was revoked.</summary>
public sealed record ApiKeyRevoked : PortalError;

/// <summary>The key's time is over.</summary>
public sealed record ApiKeyExpired : PortalError;

/// <summary>The user whom the key acts as is disabled or no longer a user.</summary>
/// <param name="Name">That user's name when they made it; hostile text.</param>
public sealed record ApiKeyUserGone(string Name) : PortalError
{
    /// <summary><c>{0}</c>: the user.</summary>
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>The user whom the key acts as is no longer a main user.</summary>
/// <param name="Name">That user's name when they made it; hostile text.</param>
public sealed record ApiKeyUserNotMain(string Name) : PortalError
{
    /// <summary><c>{0}</c>: the user.</summary>
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>The key may not do this.</summary>
/// <param name="Scope">What it would have to be allowed.</param>
public sealed record ApiScopeMissing(ApiScope Scope) : PortalError
{
    /// <summary><c>{0}</c>: the scope's name.</summary>
    public override IReadOnlyList<object> Arguments => [Scope];
}

/// <summary>The header <c>Idempotency-Key</c> is empty, too long, given twice, or has other than visible ASCII characters.</summary>
public sealed record IdempotencyKeyRefused : PortalError
{
    /// <summary><c>{0}</c>: the most characters.</summary>
    public override IReadOnlyList<object> Arguments => [IdempotencyKey.KeyMaxLength];
}

/// <summary>The same <c>Idempotency-Key</c> came within a day with something else.</summary>
public sealed record IdempotencyKeyReused : PortalError;

/// <summary>A call's body is no JSON, or not of the documented form.</summary>
/// <param name="Place">Where, as a path such as <c>$.recipients[3]</c>; hostile text.</param>
public sealed record BodyRefused(string Place) : PortalError
{
    /// <summary><c>{0}</c>: where.</summary>
    public override IReadOnlyList<object> Arguments => [Place];
}

/// <summary>A call's body has a member that the API does not know.</summary>
/// <param name="Name">Its name, cut; hostile text.</param>
public sealed record BodyMemberUnknown(string Name) : PortalError
{
    /// <summary><c>{0}</c>: the name.</summary>
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>A call's body is longer than the API reads.</summary>
/// <param name="Limit">The most bytes.</param>
public sealed record BodyTooLarge(int Limit) : PortalError
{
    /// <summary><c>{0}</c>: the limit in KB.</summary>
    public override IReadOnlyList<object> Arguments => [Limit / 1024];
}

/// <summary>A call's body is not said to be JSON in UTF-8.</summary>
public sealed record BodyNotJson : PortalError;

/// <summary>A parameter in a call's address is not of the documented form.</summary>
/// <param name="Name">The parameter's name.</param>
public sealed record QueryRefused(string Name) : PortalError
{
    /// <summary><c>{0}</c>: the parameter.</summary>
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>The API has nothing at this address.</summary>
public sealed record ApiAddressUnknown : PortalError;

/// <summary>What is at this address of the API does not take this method.</summary>
public sealed record ApiMethodRefused : PortalError;

/// <summary>More calls than one key may make.</summary>
/// <param name="Wait">How long until the next one.</param>
public sealed record TooManyCalls(TimeSpan Wait) : PortalError;

/// <summary>The database takes no work at the moment: too many write at once, or it is away.</summary>
/// <param name="Wait">How long until the next try.</param>
public sealed record PortalBusy(TimeSpan Wait) : PortalError;

/// <summary>A call failed by the portal's own fault.</summary>
/// <param name="Number">What the log's lines of the call carry.</param>
public sealed record ApiFailed(string Number) : PortalError
{
    /// <summary><c>{0}</c>: the number.</summary>
    public override IReadOnlyList<object> Arguments => [Number];
}
