using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.App.Features.Requests;

public sealed partial class MailState
{
    [Parameter, EditorRequired] public EmailMessage Mail { get; set; } = null!;

    [Parameter, EditorRequired] public string Recipient { get; set; } = "";

    private string Word => Mail switch
    {
        { State: EmailState.Dead, Delivery: not null } => "MailRefused",
        { State: EmailState.Dead } => "MailDead",
        { State: EmailState.Over } => "MailOver",
        { Delivery: DeliveryState.Delivered } => "MailDelivered",
        { Delivery: DeliveryState.Deferred } => "MailDeferred",
        { Delivery: DeliveryState.Bounced } => "MailBounced",
        { Delivery: DeliveryState.Dropped } => "MailDropped",
        { Delivery: DeliveryState.Spam } => "MailSpam",
        { State: EmailState.Sent } => "MailSent",
        { Attempts: > 1 } => "MailRetry",
        _ => "MailQueued",
    };

    private Color Look => Word switch
    {
        "MailSent" or "MailDelivered" => Color.Success,
        "MailDeferred" or "MailRetry" => Color.Warning,
        "MailQueued" or "MailOver" => Color.Info,
        _ => Color.Error,
    };

    private DateTimeOffset? At => Mail.DeliveryAt ?? Mail.SentAt;

    private string? Advice => Word switch
    {
        "MailSpam" => "MailSpamText",
        "MailDeferred" => "MailDeferredText",
        _ when Look == Color.Error => "MailDeadText",
        _ => null,
    };

    private string? Said => Look is Color.Error or Color.Warning ? Mail.DeliveryText ?? Mail.LastError : null;
}
