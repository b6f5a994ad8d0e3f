using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Settings;

/// <summary>Every platform's registration. Nothing is changed here: it comes from the configuration, and secrets are never shown.</summary>
public sealed partial class PlatformSetups(PortalPageServices services, PlatformCatalog platforms, PortalAddress address) : PortalPage(services)
{
    private readonly PlatformCatalog _platforms = platforms;
    private readonly PortalAddress _address = address;
    private readonly Dictionary<PlatformKey, PlatformSetupVerdict> _verdicts = [];
    private PlatformKey? _checking;

    protected override Task LoadAsync(AgencyCaller caller) => caller.Role == AgencyRole.MainUser ? Task.CompletedTask : throw new UnauthorizedAccessException();

    private PlatformSetupVerdict? Verdict(IPlatformClient platform) => _verdicts.TryGetValue(platform.Descriptor.Key, out var verdict) ? verdict : null;

    private Task CheckAsync(IPlatformClient platform) => RunAsync(async caller =>
    {
        await LoadAsync(caller);
        var key = platform.Descriptor.Key;
        _checking = key;
        try
        {
            _verdicts[key] = await platform.CheckSetupAsync(PlatformCatalog.CallbackOf(key, _address), Leaving);
        }
        finally
        {
            _checking = null;
        }
    });
}
