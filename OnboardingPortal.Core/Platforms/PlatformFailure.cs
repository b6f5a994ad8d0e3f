namespace OnboardingPortal.Core.Platforms;

/// <summary>A platform said no, or did not answer sensibly. One model for all platforms; the words come from the kind.</summary>
/// <param name="Platform">Which platform.</param>
/// <param name="Kind">What it means for the person.</param>
/// <param name="UserText">The platform's own words for people; hostile text, null when it gave none.</param>
/// <param name="TraceId">The platform's id of the call, for its support; null when it gave none.</param>
public sealed record PlatformFailure(PlatformKey Platform, PlatformFailureKind Kind, string? UserText = null, string? TraceId = null)
    : PortalError
{
    /// <summary>How long the platform asks to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The platform's own number of the error and of its kind, for its folder alone; null where it has none.</summary>
    internal (int Code, int? Subcode)? Number { get; init; }

    /// <summary>Whether the platform would answer a call that asks for less at a time; the same call once more is of no use.</summary>
    internal bool AsksForLess { get; init; }

    /// <summary>The parameters that the platform blames, in its words; for its folder alone, empty where it blames none.</summary>
    internal IReadOnlyList<string> Blamed { get; init; } = [];

    /// <inheritdoc />
    public override string TextKey => $"{nameof(PlatformFailure)}{Kind}";

    /// <summary>The platform's key stands for <c>{0}</c>; anybody who shows it puts the platform's name in.</summary>
    public override IReadOnlyList<object> Arguments => [Platform.Value];
}

/// <summary>What a platform's refusal means for the person. Stored by name.</summary>
public enum PlatformFailureKind
{
    /// <summary>The sign-in has run out or was taken back: sign in again.</summary>
    AuthExpired,

    /// <summary>A permission is missing.</summary>
    PermissionDenied,

    /// <summary>Too many calls: later.</summary>
    RateLimited,

    /// <summary>The platform did not understand the call, or a field of it.</summary>
    InvalidRequest,

    /// <summary>The thing is not there (any more).</summary>
    NotFound,

    /// <summary>The platform blocks it by policy: terms, plan, review.</summary>
    PolicyBlocked,

    /// <summary>A limit of the receiving account is reached: the number of ad accounts, its plan.</summary>
    LimitReached,

    /// <summary>What is to be shared belongs to no business, and only a business can share it.</summary>
    NoBusiness,

    /// <summary>The platform wants the person to switch on two-factor sign-in first.</summary>
    TwoFactorNeeded,

    /// <summary>The platform has trouble of its own.</summary>
    Transient,

    /// <summary>The platform did not answer in time or could not be reached.</summary>
    Unreachable,

    /// <summary>The answer made no sense.</summary>
    Nonsense,

    /// <summary>The person pressed cancel at the platform.</summary>
    Cancelled,

    /// <summary>The person granted less than is needed.</summary>
    Incomplete,

    /// <summary>The portal's own registration at the platform is wrong: the operator must mend it.</summary>
    Misconfigured,

    /// <summary>The account, its user or its organisation is switched off at the platform; no new sign-in mends that.</summary>
    AccountInactive,

    /// <summary>The account lets nobody in from the portal's network: its administrator must allow it.</summary>
    NetworkRefused,
}

/// <summary>Questions about a <see cref="PlatformFailureKind"/>.</summary>
public static class PlatformFailureKinds
{
    extension(PlatformFailureKind kind)
    {
        /// <summary>Whether an account that meets it cannot be used until somebody acts.</summary>
        public bool TakesAccess =>
            kind is PlatformFailureKind.AuthExpired or PlatformFailureKind.PermissionDenied || kind.IsLiftedAtThePlatform;

        /// <summary>
        /// Whether it ends without a new sign-in, once somebody has acted at the platform: so the portal goes on looking for that.
        /// </summary>
        public bool IsLiftedAtThePlatform => kind is PlatformFailureKind.PolicyBlocked or PlatformFailureKind.TwoFactorNeeded
            or PlatformFailureKind.AccountInactive or PlatformFailureKind.NetworkRefused;
    }
}
