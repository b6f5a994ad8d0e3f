using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Connect;

public sealed partial class LoginHostChoice
{
    private string _chosen = "";

    [Parameter, EditorRequired] public required PlatformDescriptor Platform { get; set; }

    /// <summary>What was chosen or typed.</summary>
    [Parameter] public string? Value { get; set; }

    [Parameter] public EventCallback<string?> ValueChanged { get; set; }

    private string GroupId => $"login-host-{Platform.Key}";

    private bool IsTyped => Platform.LoginHosts.First(h => h.Key == _chosen).IsTyped;

    protected override void OnInitialized() => _chosen = Platform.LoginHosts[0].Key;

    private Task ChooseAsync(string? key)
    {
        var host = Platform.LoginHosts.First(h => h.Key == key);
        _chosen = host.Key;
        return ValueChanged.InvokeAsync(host.IsTyped ? "" : host.Key);
    }
}
