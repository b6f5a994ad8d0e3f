using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.FileProviders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Hosting;

/// <summary>Where settings come from.</summary>
internal static class PortalConfiguration
{
    /// <summary>
    /// Reads the <c>appsettings.json</c> that was built with the portal first, so that it holds wherever the process is started. In
    /// Development the platforms are stand-ins, and an own host need only lead to the portal, unless a setting says otherwise.
    /// </summary>
    public static void AddPortalDefaults(this ConfigurationManager configuration, IHostEnvironment environment)
    {
        var built = new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "appsettings.json"
        };
        ((IConfigurationBuilder)configuration).Sources.Insert(0, built);
        if (environment.IsDevelopment())
        {
            var rehearsal = new MemoryConfigurationSource
            {
                InitialData =
                [
                    new($"{PlatformsOptions.Section}:{nameof(PlatformsOptions.Sandbox)}", "true"),
                    new($"{OwnHostOptions.Section}:{nameof(OwnHostOptions.PointingIsProof)}", "true"),
                ],
            };
            ((IConfigurationBuilder)configuration).Sources.Insert(0, rehearsal);
        }
    }
}
