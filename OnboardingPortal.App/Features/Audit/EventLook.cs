using MudBlazor;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.App.Features.Audit;

/// <summary>The colour of an event in a timeline.</summary>
internal static class EventLook
{
    /// <summary>Success, warning or error where an event is good or bad news; neutral for all others.</summary>
    public static Color ColorOf(AuditKind kind) => kind switch
    {
        AuditKind.RequestCompleted or AuditKind.AssetShared or AuditKind.SignedIn or AuditKind.EmailDelivered or AuditKind.PartDone =>
            Color.Success,
        AuditKind.AccountConnected or AuditKind.AccountMended or AuditKind.QuestionAnswered or AuditKind.SyncCompleted
            or AuditKind.AudienceReady => Color.Success,
        AuditKind.EmailFailed or AuditKind.EmailBounced or AuditKind.EmailDropped or AuditKind.EmailMarkedSpam => Color.Error,
        AuditKind.SignInFailed or AuditKind.AssetFailed or AuditKind.AccountLost or AuditKind.ChainBroken or AuditKind.SyncFailed =>
            Color.Error,
        AuditKind.AssetWaiting or AuditKind.RemindersStopped or AuditKind.NewLinkAsked or AuditKind.RequestExpired => Color.Warning,
        AuditKind.QuestionAsked or AuditKind.EmailDeferred => Color.Warning,
        _ => Color.Default,
    };
}
