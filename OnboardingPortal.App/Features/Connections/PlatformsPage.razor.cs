using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Connections;

/// <summary>Every platform's registration. Nothing is changed here: it comes from the configuration, and secrets are never shown.</summary>
public sealed partial class PlatformsPage(
    PortalPageServices services, PlatformCatalog platforms, PortalAddress address, IStringLocalizer<ConnectionsText> text)
    : PortalPage(services)
{
    private readonly PlatformCatalog _platforms = platforms;
    private readonly IStringLocalizer<ConnectionsText> _text = text;
    private readonly Dictionary<PlatformKey, PlatformSetupVerdict> _verdicts = [];
    private PlatformKey? _checking;

    protected override Task LoadAsync(AgencyCaller caller) =>
        caller.Role == AgencyRole.MainUser ? Task.CompletedTask : throw new UnauthorizedAccessException();

    private PlatformSetupVerdict? Verdict(CatalogPlatform platform) =>
        _verdicts.TryGetValue(platform.Descriptor.Key, out var verdict) ? verdict : null;

    /// <summary>The callback to register at the platform.</summary>
    private string RedirectOf(CatalogPlatform platform) => PlatformCatalog.CallbackOf(platform.Descriptor.Key, address).AbsoluteUri;

    private Task CheckAsync(CatalogPlatform platform) => RunAsync(async caller =>
    {
        await LoadAsync(caller);
        var key = platform.Descriptor.Key;
        _checking = key;
        try
        {
            _verdicts[key] = await platform.CheckSetupAsync(PlatformCatalog.CallbackOf(key, address), Leaving);
        }
        finally
        {
            _checking = null;
        }
    });
}
