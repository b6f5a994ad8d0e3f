using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

public sealed partial class ProofDialog
{
    private readonly ProofDraft _draft = new();
    private PortalForm<ProofDraft> _form = null!;
    private ProofWays _ways = new(HasAuthenticator: false, HasPasskey: false);

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    protected override async Task OnInitializedAsync() =>
        _ways = await Proof.FindWaysAsync((await Current.GetSessionAsync(CancellationToken.None)).Caller, CancellationToken.None);

    /// <summary>The browser used a passkey, or none: then the text is empty.</summary>
    private Task UsePasskeyAsync(ChangeEventArgs used) => used.Value is string { Length: > 0 } credential
        ? SendAsync("credential", credential)
        : _form.RefuseAsync(new InputRefused(new Dictionary<string, string> { [nameof(ProofDraft.Proof)] = Text["PasskeyNoProof"] }));

    /// <summary>Over HTTP, where a passkey's challenge is, and where wrong passwords are counted by network, too.</summary>
    private async Task SendAsync(string name, string value)
    {
        if (await Posts.SendAsync(_form, AccountChanges.Proof, new() { [name] = value }, CancellationToken.None) is not null)
            Dialog.Close(DialogResult.Ok(true));
    }
}
