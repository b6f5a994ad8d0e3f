using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.App.Features.Webhooks;

public sealed partial class WebhookDialog
{
    private static readonly string[] Groups = [nameof(WebhookInput.Types)];
    private readonly Draft _draft = new();
    private PortalForm<Draft>? _form;
    private Func<object, string, Task<IEnumerable<string?>>>? _rules;
    private PortalError? _refusal;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>What is changed; null = a new one.</summary>
    [Parameter, EditorRequired] public WebhookSummary? Webhook { get; set; }

    /// <summary>Gives back why it was refused; null = it is saved.</summary>
    [Parameter, EditorRequired] public Func<WebhookInput, Task<PortalError?>> Save { get; set; } = null!;

    private string? TypesProblem => _form?.ProblemOf(nameof(WebhookInput.Types));

    protected override void OnInitialized()
    {
        var rules = Validator.For<Draft, WebhookInput>(draft => draft.ToInput());
        // No event would mean all of them.
        _rules = (draft, field) => field == nameof(WebhookInput.Types) && _draft is { HearsAll: false, Types.Count: 0 }
            ? Task.FromResult<IEnumerable<string?>>([Text["ChooseEvents"]])
            : rules(draft, field);
        if (Webhook is null) return;
        _draft.Url = Webhook.Url;
        _draft.HearsAll = Webhook.Types.Count == 0;
        _draft.Types.UnionWith(Webhook.Types);
    }

    private Task HearAllAsync(bool all)
    {
        _draft.HearsAll = all;
        return _form!.NoteChangeAsync(nameof(WebhookInput.Types));
    }

    private Task ChooseAsync(string type, bool on)
    {
        _ = on ? _draft.Types.Add(type) : _draft.Types.Remove(type);
        return _form!.NoteChangeAsync(nameof(WebhookInput.Types));
    }

    private async Task SaveAsync()
    {
        _refusal = await Save(_draft.ToInput());
        if (_refusal is null) Dialog.Close();
        else if (_refusal is InputRefused refused) await _form!.RefuseAsync(refused);
    }

    private sealed class Draft
    {
        public string Url { get; set; } = "";

        public bool HearsAll { get; set; } = true;

        public HashSet<string> Types { get; } = [];

        public WebhookInput ToInput() => new(Url, HearsAll ? [] : [.. Types]);
    }
}
