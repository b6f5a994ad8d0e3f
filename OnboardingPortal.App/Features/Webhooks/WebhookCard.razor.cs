using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.App.Features.Webhooks;

public sealed partial class WebhookCard
{
    [Parameter, EditorRequired] public WebhookSummary Webhook { get; set; } = null!;

    [Parameter] public bool IsBusy { get; set; }

    /// <summary>Whether its log stands below.</summary>
    [Parameter] public bool IsOpen { get; set; }

    [Parameter] public EventCallback OnTest { get; set; }

    [Parameter] public EventCallback OnLog { get; set; }

    [Parameter] public EventCallback OnEdit { get; set; }

    [Parameter] public EventCallback OnRenew { get; set; }

    [Parameter] public EventCallback OnSwitch { get; set; }

    [Parameter] public EventCallback OnRemove { get; set; }

    /// <summary>The log, while it is open.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    private string HeadingId => $"webhook-{Webhook.Id}";

    private string SwitchWord => Webhook.DisabledAt is null ? "SwitchOff" : "SwitchOn";

    private string Name(string action) => Text["Of", Text[action], Webhook.Url];
}
