using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Account;

/// <summary>A user's authenticator app, recovery codes and passkeys. The only page for users whose agency wants a second factor that they lack.</summary>
public sealed partial class TwoFactorPage(
    CurrentCaller caller, SecondFactors factors, AgencyService agencies, PortalSignInManager signIn, NavigationManager navigation, PlatformCatalog platforms,
    IStringLocalizer<AccountText> text, IStringLocalizer<PortalError> errors) : ComponentBase
{
    private static readonly string[] Done = ["PasskeyAdded", "PasskeyRenamed", "PasskeyRemoved", "AppRemoved"];
    private static readonly string[] Refusals = [nameof(PasskeyRefused), nameof(PasskeyNameMissing)];
    private LiveSession _session = null!;
    private SecondFactorState _state = null!;
    private AuthenticatorSetUp? _setUp;
    private RecoveryCodes? _codes;
    private Notice? _told;
    private string _agency = "";
    private string? _codeProblem;
    private string? _proofProblem;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "confirm")] private ConfirmForm? Confirm { get; set; }

    [SupplyParameterFromForm(FormName = "authenticator")] private ChangeForm? Change { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery] private string? Told { get; set; }

    private IStringLocalizer<AccountText> Text => text;

    private bool IsDemanded => _session is { NeedsSecondFactor: true, HasSecondFactor: false };

    private bool IsLocal => LocalAddress.IsLocal(ReturnUrl);

    /// <summary>What the app reads from the picture: the key, whose it is, and where it is from.</summary>
    private string Address => $"otpauth://totp/{Uri.EscapeDataString(_agency)}:{Uri.EscapeDataString(_session.Caller.Email)}?secret={_setUp!.Key}&issuer={Uri.EscapeDataString(_agency)}&digits=6&period=30";

    protected override async Task OnInitializedAsync()
    {
        _session = await caller.GetSessionAsync(Http.RequestAborted);
        _agency = (await agencies.GetAsync(_session.Caller.Agency, Http.RequestAborted)).Name;
        _state = await factors.FindAsync(_session.Caller);
        _told = Done.Contains(Told) ? Notice.Done(text[Told!]) : Refusals.Contains(Told) ? Notice.Refused(errors[Told!]) : null;
        if (_state.HasAuthenticator) return;

        // A code that was wrong leaves the key as it is: the app has it already.
        _setUp = Confirm?.Sealed is { } kept && factors.Open(_session.Caller, kept) is { } key ? new AuthenticatorSetUp(key, kept) : factors.BeginAuthenticator(_session.Caller);
    }

    private async Task ConfirmAsync()
    {
        if (_state.HasAuthenticator)
        {
            navigation.NavigateTo("/account/two-factor");
            return;
        }

        var confirmed = await factors.ConfirmAuthenticatorAsync(_session.Caller, _session.Id, Confirm?.Sealed ?? "", Confirm?.Code ?? "", Http.RequestAborted);
        if (confirmed.Succeeded)
        {
            _codes = confirmed.Value;
            await signIn.RefreshWithSecondFactorAsync((await signIn.UserManager.GetUserAsync(Http.User))!);
        }
        else
        {
            _codeProblem = Words(confirmed.Error);
        }
    }

    private async Task ChangeAsync()
    {
        if (!_state.HasAuthenticator)
        {
            navigation.NavigateTo("/account/two-factor");
            return;
        }

        var proof = Change?.Proof ?? "";
        if (Change?.Action == "off")
        {
            if (await factors.RemoveAuthenticatorAsync(_session.Caller, _session.Id, proof, Http.RequestAborted) is { } refusal)
            {
                _proofProblem = Words(refusal);
                return;
            }

            await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(Http.User))!);
            navigation.NavigateTo("/account/two-factor?told=AppRemoved");
            return;
        }

        var made = await factors.MakeRecoveryCodesAsync(_session.Caller, proof);
        if (made.Succeeded) _codes = made.Value;
        else _proofProblem = Words(made.Error);
    }

    private string Words(PortalError refusal) => errors.For(refusal, platforms);

    private static string GroupsOf(string key) => string.Join(' ', key.Chunk(4).Select(c => new string(c)));

    private sealed class ConfirmForm
    {
        public string? Sealed { get; set; }

        public string? Code { get; set; }
    }

    private sealed class ChangeForm
    {
        public string? Proof { get; set; }

        public string? Action { get; set; }
    }
}
