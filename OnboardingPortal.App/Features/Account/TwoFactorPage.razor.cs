using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using OnboardingPortal.App.Security;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

/// <summary>
/// A user's authenticator app, recovery codes and passkeys. The only page for users whose agency wants a second factor that they lack.
/// </summary>
public sealed partial class TwoFactorPage(
    CurrentCaller current, SecondFactors factors, AgencyService agencies, AccountPosts posts, ProofQuestion proof, IDialogService dialogs,
    IJSRuntime script, IStringLocalizer<AccountText> text,
    IStringLocalizer<PortalError> errors, PortalPageServices services) : PortalPage(services)
{
    /// <summary>What <see cref="Told"/> says after a new password by mail.</summary>
    public const string AfterReset = nameof(AfterReset);

    private const string AddButton = "add-passkey";
    private static readonly string[] Tellable = ["PasskeyAdded", "AppRemoved"];
    private readonly CodeDraft _code = new();
    private readonly PasskeyDraft _passkey = new();
    private readonly ProofDraft _proof = new();
    private PortalForm<CodeDraft> _codeForm = null!;
    private PortalForm<PasskeyDraft> _passkeyForm = null!;
    private PortalForm<ProofDraft> _proofForm = null!;
    private SecondFactorState _state = null!;
    private AuthenticatorSetUp? _setUp;
    private IReadOnlyList<string>? _codes;
    private string _agency = "";
    private string _email = "";
    private bool _isDemanded;
    private bool _switchesOff;
    private string? _passkeyProblem;

    /// <summary>The key of an app that is being set up, sealed; it outlives the circuit, since the app has it by now.</summary>
    [PersistentState] public string? SealedKey { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    /// <summary>What was changed before the page was loaded anew.</summary>
    [SupplyParameterFromQuery] private string? Told { get; set; }

    private IStringLocalizer<AccountText> Text => text;

    /// <summary>Whether the user just set a new password by mail, and should see with what else somebody could sign in.</summary>
    private bool IsAfterReset => Told == AfterReset && _state.Passkeys.Count > 0;

    private string Next => LocalAddress.IsLocal(ReturnUrl) ? ReturnUrl! : "/account/two-factor";

    /// <summary>What the app reads from the picture: the key, whose it is, and where it is from.</summary>
    private string Address =>
        $"otpauth://totp/{Uri.EscapeDataString(_agency)}:{Uri.EscapeDataString(_email)}"
        + $"?secret={_setUp!.Key}&issuer={Uri.EscapeDataString(_agency)}&digits=6&period=30";

    /// <summary>Also those who may go nowhere else yet.</summary>
    protected override async Task<AgencyCaller> FindCallerAsync() => (await current.GetSessionAsync(Leaving)).Caller;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var session = await current.GetSessionAsync(Leaving);
        _isDemanded = session is { NeedsSecondFactor: true, HasSecondFactor: false };
        _agency = (await agencies.GetAsync(caller.Agency, Leaving)).Name;
        _email = caller.Email;
        _state = await factors.FindAsync(caller);
        if (_state.HasAuthenticator) SealedKey = null;
        else if (SealedKey is { } kept && factors.Open(caller, kept) is { } key) _setUp = new AuthenticatorSetUp(key, kept);
        else if (_isDemanded) Begin(caller);
        if (!Tellable.Contains(Told)) return;
        Notices.Show(Notice.Done(text[Told!]));
        Navigation.NavigateTo("/account/two-factor", replace: true); // anybody who loads the page again is not told again
    }

    private Task BeginAsync() => RunAsync(user =>
    {
        Begin(user);
        return Task.CompletedTask;
    });

    private void Begin(AgencyCaller user)
    {
        _setUp = factors.BeginAuthenticator(user);
        SealedKey = _setUp.Sealed;
    }

    private async Task SwitchOnAsync()
    {
        if (!await AskFirstAsync(proof.AskAsync)) return;
        await RunAsync(async _ => _codes = (await posts.SendAsync(_codeForm, AccountChanges.AppOn, new()
        {
            ["sealedKey"] = _setUp!.Sealed,
            ["code"] = _code.Code,
        }, Leaving))?.Codes);
    }

    private Task ChangeAsync() =>
        RunAsync(async _ => _codes = (await posts.SendAsync(_proofForm, _switchesOff ? AccountChanges.AppOff : AccountChanges.Codes, new()
        {
            ["proof"] = _proof.Proof,
        }, Leaving))?.Codes);

    /// <summary>The browser made a passkey, or none: then the text is empty.</summary>
    private async Task AddPasskeyAsync(ChangeEventArgs made)
    {
        _passkeyProblem = null;
        if (string.IsNullOrWhiteSpace(_passkey.Name))
        {
            await _passkeyForm.RefuseAsync(
                new InputRefused(new Dictionary<string, string> { [nameof(PasskeyDraft.Name)] = errors[nameof(PasskeyNameMissing)] }));
        }
        else if (made.Value is not string { Length: > 0 } credential)
        {
            if (await AskFirstAsync(proof.IsFreshAsync)) _passkeyProblem = text["PasskeyNotMade"];
            else if (await AskFirstAsync(proof.AskAsync)) await MakePasskeyAsync(); // the browser was given nothing to make one from
        }
        else
        {
            await RunAsync(_ => posts.SendAsync(_passkeyForm, AccountChanges.AddPasskey, new()
            {
                ["name"] = _passkey.Name,
                ["credential"] = credential,
                ["returnUrl"] = _isDemanded ? Next : null,
            }, Leaving));
        }
    }

    private async Task MakePasskeyAsync()
    {
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", Leaving, "/account.js");
        await module.InvokeVoidAsync("pressPasskey", Leaving, AddButton);
    }

    private async Task RenameAsync(Passkey passkey) => await dialogs.ShowAsync<PasskeyNameDialog>(text["RenameOf",
        passkey.Name], new DialogParameters<PasskeyNameDialog>
    {
        { d => d.Name, passkey.Name },
        { d => d.Save, name => SaveNameAsync(passkey, name) },
    });

    private async Task<string?> SaveNameAsync(Passkey passkey, string name)
    {
        string? problem = null;
        await RunAsync(async user =>
        {
            problem = await factors.RenamePasskeyAsync(user, passkey.Id, name) is { } refusal ? errors[refusal.TextKey].Value : null;
            if (problem is not null) return;
            _state = await factors.FindAsync(user);
            Notices.Show(Notice.Done(text["PasskeyRenamed"]));
        });
        StateHasChanged();
        return problem;
    }

    private async Task RemoveAsync(Passkey passkey)
    {
        if (!await dialogs.AskAsync(text["RemoveTitle", passkey.Name], text["RemoveText"], text["Remove"], isDangerous: true)) return;
        if (!await AskFirstAsync(proof.AskAsync)) return;
        await RunAsync(async user =>
        {
            var refusal = await factors.RemovePasskeyAsync(user, passkey.Id);
            await LoadAsync(user);
            Notices.Show(refusal is null ? Notice.Done(text["PasskeyRemoved"]) : Notice.Refused(errors[refusal.TextKey]));
        });
        if (_isDemanded) Navigation.NavigateTo("/account/two-factor", forceLoad: true); // it was the last: nothing else opens any more
    }

    private static string GroupsOf(string key) => string.Join(' ', key.Chunk(4).Select(c => new string(c)));
}
