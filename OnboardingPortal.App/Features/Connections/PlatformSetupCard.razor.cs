using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Connections;

public sealed partial class PlatformSetupCard
{
    [Parameter, EditorRequired] public CatalogPlatform Platform { get; set; } = null!;

    /// <summary>The callback to register at the platform.</summary>
    [Parameter, EditorRequired] public string Redirect { get; set; } = "";

    /// <summary>What the platform said; null before it was asked.</summary>
    [Parameter] public PlatformSetupVerdict? Verdict { get; set; }

    [Parameter] public bool IsChecking { get; set; }

    [Parameter] public bool IsBusy { get; set; }

    [Parameter] public EventCallback OnCheck { get; set; }

    private PlatformSetup Setup => Platform.Setup;

    private string Name => Platform.Descriptor.Name;

    private string HeadingId => $"setup-{Platform.Descriptor.Key}";

    private static Severity SeverityOf(PlatformSetupVerdict verdict) => verdict switch
    {
        PlatformSetupVerdict.Works => Severity.Success,
        PlatformSetupVerdict.Unreachable => Severity.Warning,
        PlatformSetupVerdict.NothingToCheck => Severity.Info,
        _ => Severity.Error,
    };
}
