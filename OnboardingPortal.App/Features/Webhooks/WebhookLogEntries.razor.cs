using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.App.Features.Webhooks;

public sealed partial class WebhookLogEntries
{
    [Parameter, EditorRequired] public WebhookLogPage Page { get; set; } = null!;

    [Parameter] public bool IsBusy { get; set; }

    /// <summary>Whether there is a newer page.</summary>
    [Parameter] public bool HasNewer { get; set; }

    /// <summary>Whether the webhook is on.</summary>
    [Parameter] public bool CanRedeliver { get; set; }

    [Parameter] public EventCallback OnRefresh { get; set; }

    [Parameter] public EventCallback<WebhookDelivery> OnRedeliver { get; set; }

    [Parameter] public EventCallback OnNewer { get; set; }

    [Parameter] public EventCallback OnOlder { get; set; }

    private static Color ColorOf(WebhookDelivery delivery) => delivery switch
    {
        { State: WebhookDeliveryState.Delivered } => Color.Success,
        { State: WebhookDeliveryState.Failed } => Color.Error,
        { LastAttemptAt: null } => Color.Info,
        _ => Color.Warning,
    };

    private static string StateOf(WebhookDelivery delivery) => delivery switch
    {
        { State: WebhookDeliveryState.Delivered } => "StateDelivered",
        { State: WebhookDeliveryState.Failed } => "StateFailed",
        { LastAttemptAt: null } => "StateWaiting",
        _ => "StateRetrying",
    };
}
