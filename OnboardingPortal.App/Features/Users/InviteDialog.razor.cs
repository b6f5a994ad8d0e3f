using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Users;

public sealed partial class InviteDialog
{
    private readonly Draft _draft = new();
    private PortalForm<Draft> _form = null!;
    private Func<object, string, Task<IEnumerable<string?>>>? _rules;
    private PortalError? _refusal;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Gives back why it was refused; null = the invitation is on its way.</summary>
    [Parameter, EditorRequired] public Func<NewInvitation, Task<PortalError?>> Invite { get; set; } = null!;

    protected override void OnInitialized() => _rules = Validator.For<Draft, NewInvitation>(draft => draft.ToInput());

    private async Task SendAsync()
    {
        _refusal = await Invite(_draft.ToInput());
        if (_refusal is null) Dialog.Close();
        else if (_refusal is InputRefused refused) await _form.RefuseAsync(refused);
    }

    private sealed class Draft
    {
        public string Email { get; set; } = "";

        public AgencyRole Role { get; set; } = AgencyRole.SubUser;

        public NewInvitation ToInput() => new(Email, Role);
    }
}
