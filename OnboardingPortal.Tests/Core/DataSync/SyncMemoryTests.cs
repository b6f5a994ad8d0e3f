using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>What lists that wait hold in memory has a bound.</summary>
public sealed class SyncMemoryTests() : SyncTest(DatabaseProvider.Sqlite)
{
    protected override void Register(IServiceCollection services)
    {
        base.Register(services);
        services.AddSingleton(new SyncLimits(Rows, 1000) { AtRest = 1 });
    }

    [Fact]
    public async Task No_list_is_begun_while_those_that_wait_take_all_of_it_and_it_has_its_turn_after_them()
    {
        Fill(23);
        var first = await APlannedSync();
        List.Pause = TimeSpan.FromMinutes(10);
        Assert.Null(await Syncs.RunAsync(Owner, first, Cancel));
        await RoundAsync(); // a page is read, and the platform asks for a pause
        var read = List.Pages;
        var second = Value(await Syncs.CreateAsync(Owner, Terms() with { AudienceName = "Another list" }, Cancel));

        await RoundAsync();
        await RoundAsync();
        Assert.Equal((read, SyncRunState.Waiting), (List.Pages, (await ViewAsync(second)).Line.Running!.State));
        List.Pause = TimeSpan.Zero;
        Assert.Equal(SyncRunState.Done, (await RestAsync(first)).Runs[0].State);
        Assert.Equal(SyncRunState.Done, (await RestAsync(second)).Runs[0].State);

        AssertHolds();
    }
}
