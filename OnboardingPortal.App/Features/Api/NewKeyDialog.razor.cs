using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Api;

namespace OnboardingPortal.App.Features.Api;

public sealed partial class NewKeyDialog
{
    private static readonly string[] Groups = [nameof(NewApiKey.Scopes)];
    private readonly Draft _draft = new();
    private PortalForm<Draft>? _form;
    private Func<object, string, Task<IEnumerable<string?>>>? _rules;
    private PortalError? _refusal;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Gives back why it was refused; null = the key is made.</summary>
    [Parameter, EditorRequired] public Func<NewApiKey, Task<PortalError?>> Create { get; set; } = null!;

    private string? ScopesProblem => _form?.ProblemOf(nameof(NewApiKey.Scopes));

    protected override void OnInitialized() => _rules = Validator.For<Draft, NewApiKey>(draft => draft.ToInput());

    private Task ChooseAsync(ApiScope scope, bool may)
    {
        _ = may ? _draft.Scopes.Add(scope) : _draft.Scopes.Remove(scope);
        return _form!.NoteChangeAsync(nameof(NewApiKey.Scopes));
    }

    private async Task SaveAsync()
    {
        _refusal = await Create(_draft.ToInput());
        if (_refusal is null) Dialog.Close();
        else if (_refusal is InputRefused refused) await _form!.RefuseAsync(refused);
    }

    private sealed class Draft
    {
        public string Name { get; set; } = "";

        public SortedSet<ApiScope> Scopes { get; } = [];

        public int Days { get; set; } = ApiKey.UsualDays;

        public NewApiKey ToInput() => new(Name, [.. Scopes], Days);
    }
}
