using OnboardingPortal.App.Features.Account;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Sandbox.Demo;

namespace OnboardingPortal.App.Hosting;

/// <summary>
/// What a portal without users does: in Development it makes the demo agencies, or what is missing of them since a start was broken off;
/// elsewhere it waits for <c>/setup</c>.
/// </summary>
internal sealed class FirstStart(AgencyService agencies, SetupCode setup, DemoAgencies demo, IHostEnvironment environment)
{
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment()) await demo.PrepareAsync(cancellationToken);
        else if (await agencies.IsEmptyAsync(cancellationToken)) setup.Announce();
    }
}
