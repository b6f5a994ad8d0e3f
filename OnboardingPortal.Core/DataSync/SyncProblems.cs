using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Core.Platforms.Google;

namespace OnboardingPortal.Core.DataSync;

/// <summary>Which refusals of platforms are which <see cref="SyncProblem"/>: the one place that knows.</summary>
internal static class SyncProblems
{
    /// <summary>Those that nobody can do anything about: the sync is tried again, and goes on by itself.</summary>
    public static IReadOnlyList<SyncProblem?> OfNobody { get; } =
        [SyncProblem.SourceQuota, SyncProblem.SourceTrouble, SyncProblem.Quota, SyncProblem.FacebookTrouble];

    /// <summary>What it means that people cannot be read.</summary>
    public static SyncProblem OfSource(PortalError error) => error switch
    {
        ConnectionNotFound => SyncProblem.SourceSignInOver,
        ContactFieldsGone { AreOfFilter: true } => SyncProblem.FilterFieldGone,
        ContactFieldsGone { AreRenamed: true } => SyncProblem.HeaderRenamed,
        ContactFieldsGone => SyncProblem.ColumnGone,
        PlatformFailure failure => failure.Kind switch
        {
            PlatformFailureKind.AuthExpired or PlatformFailureKind.Incomplete => SyncProblem.SourceSignInOver,
            PlatformFailureKind.PolicyBlocked => SyncProblem.EditionWithoutApi,
            PlatformFailureKind.NotFound when failure.Platform == GoogleDefaults.AdsKey => SyncProblem.NoLeadForms,
            PlatformFailureKind.NotFound => SyncProblem.ListGone,
            PlatformFailureKind.RateLimited or PlatformFailureKind.LimitReached => SyncProblem.SourceQuota,
            PlatformFailureKind.PermissionDenied or PlatformFailureKind.TwoFactorNeeded or PlatformFailureKind.AccountInactive
                or PlatformFailureKind.NetworkRefused => SyncProblem.SourceRefused,
            _ => SyncProblem.SourceTrouble,
        },
        _ => SyncProblem.SourceTrouble,
    };

    /// <summary>What it means that an audience cannot be written.</summary>
    public static SyncProblem OfTarget(PortalError error) => error switch
    {
        AudienceRefused refused => refused.Problem switch
        {
            AudienceProblem.TermsNotAccepted => SyncProblem.TermsNotAccepted,
            AudienceProblem.TermsOfOtherBusiness => SyncProblem.TermsOfOtherBusiness,
            AudienceProblem.BusinessToolsTerms => SyncProblem.BusinessToolsTerms,
            AudienceProblem.NoWriteRight => SyncProblem.NoWriteRight,
            AudienceProblem.AccountDisabled => SyncProblem.AccountDisabled,
            AudienceProblem.NoBusiness => SyncProblem.NoBusiness,
            AudienceProblem.Flagged => SyncProblem.AudienceFlagged,
            AudienceProblem.BeyondRepair => SyncProblem.AudienceBeyondRepair,
            AudienceProblem.AudienceGone or AudienceProblem.AudienceNotShared => SyncProblem.AudienceGone,
            AudienceProblem.TooManyAudiences => SyncProblem.TooManyAudiences,
            AudienceProblem.TooSmallToRemove => SyncProblem.TooSmallToRemove,
            AudienceProblem.ReplaceTimedOut or AudienceProblem.FirstBatchMissing or AudienceProblem.SessionOver
                or AudienceProblem.NotFullyReplaced => SyncProblem.SessionExpired,
            AudienceProblem.TooBigToReplace => SyncProblem.TooBigToReplace,
            AudienceProblem.Quota => SyncProblem.Quota,
            _ => SyncProblem.FacebookTrouble,
        },
        PlatformFailure { Kind: PlatformFailureKind.AuthExpired } => SyncProblem.FacebookSignInOver,
        PlatformFailure { Kind: PlatformFailureKind.PermissionDenied } => SyncProblem.NoWriteRight,
        PlatformFailure { Kind: PlatformFailureKind.NotFound } => SyncProblem.AdAccountLost,
        PlatformFailure { Kind: PlatformFailureKind.AccountInactive } => SyncProblem.AccountDisabled,
        PlatformFailure { Kind: PlatformFailureKind.NoBusiness } => SyncProblem.NoBusiness,
        PlatformFailure { Kind: PlatformFailureKind.RateLimited } => SyncProblem.Quota,
        _ => SyncProblem.FacebookTrouble,
    };

    /// <summary>What the platform said, or which columns it is about; null when there is nothing to say. Hostile text.</summary>
    public static string? DetailOf(PortalError error) => error switch
    {
        ContactFieldsGone gone => ForeignText.Fit(string.Join(", ", gone.Names), AudienceSync.DetailMaxLength),
        AudienceRefused { Offending: { Count: > 0 } fields, UserText: null } =>
            ForeignText.Fit(string.Join(", ", fields), AudienceSync.DetailMaxLength),
        AudienceRefused { UserText: { Length: > 0 } words } => ForeignText.Fit(words, AudienceSync.DetailMaxLength),
        PlatformFailure { UserText: { Length: > 0 } words } => ForeignText.Fit(words, AudienceSync.DetailMaxLength),
        _ => null,
    };

    /// <summary>Whether the same call may be made again in a while.</summary>
    public static bool IsPassing(PortalError error) => error is PlatformFailure
    {
        Kind: PlatformFailureKind.Transient or PlatformFailureKind.Unreachable or PlatformFailureKind.Nonsense
            or PlatformFailureKind.RateLimited
    };

    /// <summary>How long the platform asks to be left alone; null when it does not say.</summary>
    public static TimeSpan? PauseOf(PortalError error) => error switch
    {
        PlatformFailure failure => failure.RetryAfter,
        AudienceRefused refused => refused.RetryAfter,
        _ => null,
    };
}

/// <summary>What comes next after a step of a run.</summary>
internal readonly record struct SyncStep
{
    public static readonly SyncStep GoOn;

    public static readonly SyncStep Done = new() { Kind = SyncStepKind.Done };

    public static readonly SyncStep Cancelled = new() { Kind = SyncStepKind.Cancelled };

    /// <summary>All is read and sent anew, as a replacement.</summary>
    public static readonly SyncStep Restart = new() { Kind = SyncStepKind.Restart };

    public SyncStepKind Kind { get; private init; }

    /// <summary>When the turn after this one begins, UTC.</summary>
    public DateTimeOffset Until { get; private init; }

    /// <summary>What went wrong, or what is waited for; null when nothing is to be told.</summary>
    public SyncProblem? Problem { get; private init; }

    public string? Detail { get; private init; }

    public static SyncStep Wait(DateTimeOffset until, SyncProblem? problem = null) =>
        new() { Kind = SyncStepKind.Wait, Until = until, Problem = problem };

    public static SyncStep Fail(SyncProblem problem, string? detail = null) =>
        new() { Kind = SyncStepKind.Fail, Problem = problem, Detail = detail };

    public static SyncStep OfTarget(PortalError error) => Fail(SyncProblems.OfTarget(error), SyncProblems.DetailOf(error));
}

internal enum SyncStepKind
{
    GoOn,
    Wait,
    Restart,
    Done,
    Cancelled,
    Fail,
}
