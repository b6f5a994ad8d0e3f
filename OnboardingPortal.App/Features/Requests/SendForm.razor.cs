using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Shared;

namespace OnboardingPortal.App.Features.Requests;

public sealed partial class SendForm
{
    private PortalForm<RecipientsDraft> _form = null!;
    private RecipientsDraft _draft = new();

    [Parameter, EditorRequired] public RequestId Request { get; set; }

    /// <summary>Whether nobody has the request yet: then this is what to do.</summary>
    [Parameter] public bool IsFirst { get; set; }

    [Parameter] public bool IsBusy { get; set; }

    /// <summary>Sends; returns why it did not, or null.</summary>
    [Parameter, EditorRequired] public Func<string, Task<string?>> OnSend { get; set; } = null!;

    private string Keep => $"send-request-{Request}";

    protected override async Task OnInitializedAsync() =>
        _draft = await Drafts.RecallAsync<RecipientsDraft>(Keep, CancellationToken.None) ?? _draft;

    private async Task SendAsync()
    {
        if (await OnSend(_draft.Addresses ?? "") is { } refusal)
        {
            await _form.RefuseAsync(new InputRefused(new Dictionary<string, string> { [nameof(RecipientsDraft.Addresses)] = refusal }));
            return;
        }

        _draft.Addresses = "";
        await _form.SavedAsync();
    }

    private sealed class RecipientsDraft
    {
        public string? Addresses { get; set; }
    }
}
