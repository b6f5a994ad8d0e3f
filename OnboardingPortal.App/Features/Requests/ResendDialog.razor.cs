using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

public sealed partial class ResendDialog
{
    private readonly HashSet<RecipientId> _chosen = [];
    private string? _further;
    private string? _problem;
    private bool _isSending;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>With its recipients.</summary>
    [Parameter, EditorRequired] public OnboardingRequest Request { get; set; } = null!;

    /// <summary>Gives back how it went; null = it did not come to that.</summary>
    [Parameter, EditorRequired] public Func<ResendChoice, Task<Notice?>> Send { get; set; } = null!;

    protected override void OnInitialized() => _chosen.UnionWith(Request.Recipients.Where(r => !r.MailCameBack).Select(r => r.Id));

    private void Choose(RecipientId id, bool on)
    {
        if (on) _chosen.Add(id);
        else _chosen.Remove(id);
    }

    private async Task SendAsync()
    {
        if (_isSending) return;
        _isSending = true;
        try
        {
            if (await Send(new ResendChoice([.. _chosen], _further)) is { IsDone: false } refused) _problem = refused.Words;
            else Dialog.Close();
        }
        finally
        {
            _isSending = false;
        }
    }

    private string? NoteOn(Recipient recipient) => recipient switch
    {
        { MailCameBack: true, DeliveryText: { Length: > 0 } words } =>
            $"{Text[$"CameBack{recipient.Delivery}"]} {Text["MailServerSays", words]}",
        { MailCameBack: true } => Text[$"CameBack{recipient.Delivery}"],
        { RemindersStoppedAt: not null } => Text["WantsNoReminders"],
        _ => null,
    };
}
