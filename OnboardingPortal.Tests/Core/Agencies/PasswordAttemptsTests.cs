using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

public sealed class PasswordAttemptsTests() : PortalTest(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task An_attempt_that_began_before_the_newest_was_written_waits_for_nothing()
    {
        var attempts = Portal.Get<PasswordAttempts>();
        var place = SignInPlace.UnknownBrowserIn("192.0.2.1");
        Assert.True(await attempts.MayTryAsync(Owner.User, place, Cancel));

        Clock.AdjustTime(Clock.Now.AddMilliseconds(-1)); // as when two come at once, or from the clock of another node

        Assert.True(await attempts.MayTryAsync(Owner.User, place, Cancel));
    }
}
