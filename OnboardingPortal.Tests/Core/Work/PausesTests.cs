using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Tests.Core.Work;

public sealed class PausesTests
{
    [Fact]
    public void Each_pause_is_twice_as_long_as_the_one_before_up_to_the_longest()
    {
        var pauses = Pauses.Doubling(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        var seconds = Enumerable.Range(1, 7).Select(failures => pauses.After(failures).TotalSeconds).ToList();

        Assert.Equal([1, 2, 4, 8, 10, 10, 10], seconds);
        Assert.Equal(10, pauses.After(1000).TotalSeconds);
    }

    [Fact]
    public void Pauses_that_were_given_come_in_their_order_and_the_last_one_stays()
    {
        var pauses = Pauses.Of(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

        var seconds = Enumerable.Range(1, 3).Select(failures => pauses.After(failures).TotalSeconds).ToList();

        Assert.Equal([5, 300, 300], seconds);
    }

    [Fact]
    public void What_failed_at_one_instant_comes_back_at_different_ones()
    {
        var pauses = Pauses.Of(TimeSpan.FromSeconds(100)).Spread(0.75, 1.25);

        var after = Enumerable.Range(0, 100).Select(_ => pauses.After(1).TotalSeconds).ToList();

        Assert.All(after, seconds => Assert.InRange(seconds, 75, 125));
        Assert.True(after.Distinct().Count() > 10);
    }
}
