using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.App.Features.Requests;

public sealed partial class Timeline
{
    private static readonly Dictionary<string, object?> s_list = new() { ["role"] = "list" };
    private static readonly Dictionary<string, object?> s_item = new() { ["role"] = "listitem" };

    /// <summary>Newest first.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<AuditEvent> Events { get; set; } = [];

    /// <summary>The reader's, for the days.</summary>
    [Parameter, EditorRequired] public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private static Color Look(AuditKind kind) => kind switch
    {
        AuditKind.RequestCompleted or AuditKind.AssetShared or AuditKind.SignedIn or AuditKind.EmailDelivered or AuditKind.PartDone =>
            Color.Success,
        AuditKind.EmailFailed or AuditKind.EmailBounced or AuditKind.EmailDropped or AuditKind.EmailMarkedSpam or AuditKind.SignInFailed
            or AuditKind.AssetFailed => Color.Error,
        AuditKind.AssetWaiting or AuditKind.RemindersStopped or AuditKind.NewLinkAsked or AuditKind.RequestExpired
            or AuditKind.QuestionAsked
            or AuditKind.EmailDeferred => Color.Warning,
        _ => Color.Default,
    };

    private static string Glyph(Color look) => look switch
    {
        Color.Success => Icons.Material.Filled.Check,
        Color.Error => Icons.Material.Filled.Close,
        Color.Warning => Icons.Material.Filled.PriorityHigh,
        _ => "",
    };
}
