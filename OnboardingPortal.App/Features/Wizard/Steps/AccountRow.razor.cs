using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Features.Wizard.Parts;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard.Steps;

/// <summary>One platform whose whole account is authorised: its accounts, and the way to one more.</summary>
public sealed partial class AccountRow(
    WizardService service, KeyAccounts keys, ConnectedAccounts accounts, PlatformCatalog catalog, IDialogService dialogs,
    IStringLocalizer<WizardText> words)
    : ComponentBase
{
    private ElementReference _heading;
    private ElementReference _news;
    private PortalError? _refusal;
    private ConnectionId? _added;   // connected here with a key, without a way to the platform
    private string? _loginHost;
    private bool _closed;
    private bool _toHeading;
    private bool _toNews;

    [CascadingParameter] public required Wizard Wizard { get; set; }

    [Parameter, EditorRequired] public required WizardState State { get; set; }

    [Parameter, EditorRequired] public required WizardPlatform Platform { get; set; }

    /// <summary>Whether its button is the screen's primary one.</summary>
    [Parameter] public bool First { get; set; }

    /// <summary>Whether it explains what is asked for, before the way to the platform.</summary>
    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    private List<WizardConnection> Connections => [.. State.ConnectionsOf(Platform.Key)];

    private WizardAttempt? Attempt => State.LastAttempt is { } attempt && attempt.Platform == Platform.Key ? attempt : null;

    private ConnectionId? Added => Attempt?.Connection ?? _added;

    private PlatformDescriptor Descriptor => catalog.Get(Platform.Key).Descriptor;

    private bool IsConfigured => catalog.Find(Platform.Key) is { IsConfigured: true };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if ((firstRender || _toNews) && Connections.Any(c => c.Id == Added))
        {
            _toNews = false;
            await _news.FocusAsync();
        }

        if (_toHeading)
        {
            _toHeading = false;
            await _heading.FocusAsync();
        }
    }

    /// <summary>What the platform gives the agency, in the platform's own terms where there are some.</summary>
    private string Asks()
    {
        var own = words[$"Asks.{Platform.Key}", State.AgencyName];
        return own.ResourceNotFound ? words["Asks", State.AgencyName, Platform.Name] : own;
    }

    private string StateOf(WizardConnection connection)
    {
        var state = connection.Mine ? words["Connected"] : words["ConnectedBy", connection.ByName];
        return connection.Detail is { } detail ? $"{detail} · {state}" : state;
    }

    private void GoToHeading() => _toHeading = true;

    private Task OpenAsync()
    {
        _refusal = null;
        return OpenChanged.InvokeAsync(true);
    }

    private Task CancelAsync()
    {
        _closed = true;
        return OpenChanged.InvokeAsync(false);
    }

    private async Task ProceedAsync() => _refusal = await Wizard.SignInAsync(Platform.Key, new ConnectWay(LoginHost: _loginHost));

    private async Task<PortalError?> ConnectAsync(string address, string key)
    {
        var connected = await keys.ConnectAsync(Wizard.Caller, Platform.Key, address, key, Wizard.Leaving);
        if (connected.Succeeded)
        {
            _added = connected.Value;
            await OpenChanged.InvokeAsync(false);
            _toNews = true;
        }

        await Wizard.ReloadAsync();
        return connected.Error;
    }

    private async Task CloseAsync()
    {
        await Wizard.DoAsync(async token =>
        {
            _added = null;
            if (Attempt is { } attempt) await service.DismissAttemptAsync(Wizard.Caller, attempt.Id, token);
            return null;
        });
        _toHeading = true;
    }

    private async Task RemoveAsync(WizardConnection connection)
    {
        _refusal = null;
        if (!await Question.AskAsync(
            dialogs, words["RemoveTitle", connection.Name], words["RemoveText", State.AgencyName], words["RemoveYes"], words["RemoveNo"]))
            return;
        _refusal = await Wizard.DoAsync(token => accounts.RevokeAsync(Wizard.Caller, connection.Id, token));
        _toHeading = _refusal is null;
    }
}
