using OnboardingPortal.App.Features.Account;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Sandbox.Demo;

namespace OnboardingPortal.App.Hosting;

/// <summary>What a portal without users does: in Development it makes the demo agencies, elsewhere it waits for <c>/setup</c>.</summary>
internal sealed class FirstStart(AgencyService agencies, SetupCode setup, DemoAgencies demo, IHostEnvironment environment)
{
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!await agencies.IsEmptyAsync(cancellationToken)) return;
        if (environment.IsDevelopment()) await demo.CreateAsync(cancellationToken);
        else setup.Announce();
    }
}
