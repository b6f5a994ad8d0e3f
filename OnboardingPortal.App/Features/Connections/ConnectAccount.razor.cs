using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Connections;

/// <summary>Connects an account of the agency's own: by signing in at the platform, or with a key.</summary>
public sealed partial class ConnectAccount(
    PortalPageServices services, ConnectService connect, KeyAccounts keys, PlatformCatalog platforms, AttemptWords words,
    IStringLocalizer<ConnectionsText> text) : PortalPage(services)
{
    private readonly IStringLocalizer<ConnectionsText> _text = text;
    private readonly AttemptWords _words = words;
    private PlatformDescriptor? _open;
    private string? _loginHost;
    private PortalError? _refusal;
    private bool _isLeaving;   // on the way to the platform: no second press

    /// <summary>Called when an account was connected here.</summary>
    [Parameter] public EventCallback<string> OnConnected { get; set; }

    private IEnumerable<CatalogPlatform> Offered => platforms.All.Where(p => p.Descriptor.Grants == PlatformGrants.Account);

    protected override Task LoadAsync(AgencyCaller caller) => Task.CompletedTask;

    private void Open(PlatformDescriptor platform)
    {
        _open = _open == platform ? null : platform;
        _loginHost = null;
        _refusal = null;
    }

    private void Close() => _open = null;

    private Task ProceedAsync() => RunAsync(async caller =>
    {
        if (_isLeaving || _open is not { } platform) return;
        var ticket = await connect.BeginAsync(caller, platform.Key, new ConnectWay(LoginHost: _loginHost), Leaving);
        _refusal = ticket.Error;
        if (!ticket.Succeeded) return;
        _isLeaving = true;
        Navigation.NavigateTo($"/connect/{platform.Key}/start?ticket={Uri.EscapeDataString(ticket.Value)}", forceLoad: true);
    });

    private async Task<PortalError?> ConnectByKeyAsync(string address, string key)
    {
        PortalError? refusal = null;
        await RunAsync(async caller =>
        {
            var platform = _open!;
            refusal = (await keys.ConnectAsync(caller, platform.Key, address, key, Leaving)).Error;
            if (refusal is not null) return;
            Close();
            await OnConnected.InvokeAsync(platform.Name);
        });
        return refusal;
    }
}
