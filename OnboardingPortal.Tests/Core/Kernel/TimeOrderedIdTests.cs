using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Kernel;

public sealed class TimeOrderedIdTests
{
    [Fact]
    public void Ids_rise_even_when_the_clock_stands_or_many_make_them_at_once()
    {
        var clock = new FakeTime();
        var ids = new long[8][];

        Parallel.For(0, 8, i => ids[i] = [.. Enumerable.Range(0, 5000).Select(_ => TimeOrderedId.Next(clock))]);

        Assert.Equal(40_000, ids.SelectMany(i => i).Distinct().Count());
        Assert.All(ids, made => Assert.Equal(made.Order(), made));
        Assert.True(ids[0][0] > 0);
    }

    [Fact]
    public void An_id_is_shown_as_its_number() => Assert.Equal("42", RequestId.From(42).ToString());
}
