using OnboardingPortal.Core.Platforms.Facebook.Audiences;

namespace OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

/// <summary>Points by ad account and calls an hour: obeyed from what was told, so that nothing is called that would be refused.</summary>
public sealed class AudienceLimitTests(AudienceTest.Fixture fixture) : AudienceTest(fixture)
{
    [Theory]
    [InlineData("Works")]
    [InlineData("Tells no usage")]
    public async Task After_twenty_writes_nothing_is_called_until_the_five_minutes_are_over(string name)
    {
        var account = AudienceHost.AdAccount(name);
        var before = Host.Calls.Count;
        for (var i = 0; i < 20; i++) await Host.AnAudienceAsync(account);
        Assert.Equal(new AudienceAllowance(0, Host.Clock.Now + TimeSpan.FromMinutes(5)), Audiences.AllowanceOf(account));

        var refused = Refused((await Audiences.CreateAsync(Host.Token, account, "x", "y", Cancel)).Error);

        Assert.Equal((AudienceProblem.Quota, TimeSpan.FromMinutes(5)), (refused.Problem, refused.RetryAfter));
        Assert.Equal(20, Host.Calls.Count - before);
        Host.Clock.Advance(TimeSpan.FromMinutes(5));
        await Host.AnAudienceAsync(account);
        Assert.Equal(57, Audiences.AllowanceOf(account).Points);
    }

    [Fact]
    public async Task Points_that_somebody_else_has_spent_are_known_from_the_header()
    {
        var account = AudienceHost.AdAccount("Bad rule");
        await Host.AnAudienceAsync(account);
        var other = new FacebookAudiences(Host.Get<OnboardingPortal.Core.Platforms.Facebook.FacebookClient>(), Host.Clock);
        for (var i = 0; i < 10; i++) Value(await other.CreateAsync(Host.Token, account, "x", "y", Cancel));
        Assert.Equal(57, Audiences.AllowanceOf(account).Points);

        Value(await Audiences.ListAsync(Host.Token, account, Cancel));

        Assert.Equal(60 - 33 - 1, Audiences.AllowanceOf(account).Points);
    }

    [Fact]
    public async Task What_one_account_has_used_up_holds_up_no_other()
    {
        var full = AudienceHost.AdAccount("Points used up");
        Assert.Equal(
            AudienceProblem.Quota, Refused((await Audiences.CreateAsync(Host.Token, full, "x", "y", Cancel)).Error).Problem);
        var calls = Host.Calls.Count;
        Assert.NotNull(Audiences.AllowanceOf(full).FreeAt);
        Assert.Equal(
            AudienceProblem.Quota, Refused((await Audiences.ListAsync(Host.Token, full, Cancel)).Error).Problem);
        Assert.Equal(calls, Host.Calls.Count);

        await Host.AnAudienceAsync(AudienceHost.AdAccount("Session over"));
    }

    [Fact]
    public async Task The_hourly_limit_is_waited_out_for_as_many_minutes_as_are_told()
    {
        var account = AudienceHost.AdAccount("Hourly calls used up");

        var refused = Refused((await Audiences.CreateAsync(Host.Token, account, "x", "y", Cancel)).Error);

        Assert.Equal((AudienceProblem.Quota, TimeSpan.FromMinutes(60)), (refused.Problem, refused.RetryAfter));
        Assert.Equal(Host.Clock.Now + TimeSpan.FromMinutes(60), Audiences.AllowanceOf(account).FreeAt);
    }

    [Fact]
    public async Task A_wait_of_seconds_is_waited_out()
    {
        var account = AudienceHost.AdAccount("Audience not shared");
        for (var i = 0; i < 20; i++) await Host.AnAudienceAsync(account);
        Host.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(3));
        Host.Clock.SkipWaits = true;

        await Host.AnAudienceAsync(account);

        Host.Clock.SkipWaits = false;
    }

    [Fact]
    public void An_account_that_nobody_has_called_is_free() =>
        Assert.Equal(new AudienceAllowance(null, null), Audiences.AllowanceOf("act_77"));

    [Fact]
    public async Task Of_an_app_of_the_full_tier_the_points_are_more()
    {
        var folder = Directory.CreateTempSubdirectory("portal-test-audiences-");
        await using (var host = await AudienceHost.StartAsync(folder.FullName, null, ("Sandbox:AdsTier", "Full")))
        {
            for (var i = 0; i < 25; i++) await host.AnAudienceAsync(Works);
            Assert.Equal(9_000 - 75, host.Audiences.AllowanceOf(Works).Points);
        }

        folder.Delete(recursive: true);
    }
}
