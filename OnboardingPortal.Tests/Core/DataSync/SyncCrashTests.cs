using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>
/// A node dies at any moment: before each of its commands and calls in turn. Another one goes on, and in the end the audience holds whom
/// the list holds.
/// </summary>
public sealed class SyncCrashTests() : SyncTest(DatabaseProvider.Sqlite)
{
    private readonly List<FailingCommands> _nodes = [];
    private TestPortal? _mortal;
    private int _left = int.MaxValue;
    private bool _isDead;

    protected override void Register(IServiceCollection services)
    {
        base.Register(services);
        services.AddSingleton(new SyncLimits(5, 1000));
        var commands = new FailingCommands();
        commands.Register(services);
        _nodes.Add(commands);
    }

    [Fact]
    public Task In_a_replacement() => DieEverywhereAsync(13, i =>
    {
        List.People.Clear();
        Fill(13 + (i % 3), from: i * 100);
    });

    [Fact]
    public Task In_a_difference() => DieEverywhereAsync(60, i =>
    {
        List.People.RemoveRange(0, 3);
        List.People[5] = List.People[5] with { Name = $"Name {i}" };
        List.People[7] = List.People[7] with { IsOut = i % 4 == 0 };
        Fill(3, from: 1000 + (i * 10));
    });

    [Fact]
    public Task In_a_removal_of_many() => DieEverywhereAsync(40, i =>
    {
        List.People.RemoveRange(0, 6);
        List.People.AddRange(Enumerable.Range(1000 + (i * 20), i % 2 == 0 ? 0 : 12).Select(n => Person(n)));
    });

    [Fact]
    public async Task In_a_first_fill_and_one_audience_is_made()
    {
        Graph.Arrives = _ => LiveAsync();
        Fill(13);
        var reached = true;
        for (var point = 1; reached; point++)
        {
            var name = $"List {point}";
            var id = Value(await Syncs.CreateAsync(Owner, Terms() with { AudienceName = name }, Cancel));
            await RestAsync(id);
            Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));
            reached = await DieAsync(point);
            var view = await RestAsync(id);
            for (var more = 0; more < 3 && view.Line.Problem is not null; more++) view = await RunAsync(id);

            AssertHolds($"at {point}");
            Assert.Equal(13, view.Line.People);
            Assert.Null(await Syncs.DeleteAsync(Owner, id, withAudience: true, Cancel));
        }
    }

    private async Task DieEverywhereAsync(int people, Action<int> change)
    {
        Graph.Arrives = _ => LiveAsync();
        Fill(people);
        var id = await ASync();
        AssertHolds();
        var reached = true;
        for (var point = 1; reached; point++)
        {
            change(point);
            Assert.Null(await Syncs.RunAsync(Owner, id, Cancel));
            reached = await DieAsync(point);
            if (Audience.Next is not null && point % 5 == 0) Audience.RunOut(); // the others took too long
            var view = await RestAsync(id);
            for (var more = 0; more < 3 && view.Line.Problem is not null; more++)
            {
                Audience.RunOut();
                view = await RunAsync(id);
            }

            AssertHolds($"at {point}");
            if (point % 7 > 0) continue;
            await RunAsync(id); // somebody who opted in again comes back with the next run
            AssertHolds($"after {point}");
        }

        var batches = await BatchesAsync();
        Assert.Equal(batches.Count, batches.DistinctBy(b => (b.RunId, b.Session, b.Sequence)).Count());
        Assert.All(batches, b => Assert.Null(b.Entries));
    }

    /// <summary>
    /// A node works and dies before its so-manieth command or call. It is the same each time, and what it remembers of the life before is
    /// worth nothing: another one has been at the sync since.
    /// </summary>
    /// <returns>False when it had fewer to make.</returns>
    private async Task<bool> DieAsync(int point)
    {
        if (_mortal is null)
        {
            Portal.Beside = _mortal = Portal.AnotherNode();
            _nodes[^1].Before = _ => LiveAsync();
        }

        (_left, _isDead) = (point, false);
        try
        {
            await _mortal.Get<SyncEngine>().SyncAsync(Cancel);
        }
        catch (Exception) when (_isDead)
        {
            // as if the process had been killed
        }

        var died = _isDead;
        (_left, _isDead) = (int.MaxValue, false);
        Clock.Advance(TimeSpan.FromMinutes(11)); // the lease of the dead has run out, and its windows are over
        return died;
    }

    private Task LiveAsync()
    {
        if (_isDead || --_left <= 0)
        {
            _isDead = true;
            throw new DiedException();
        }

        return Task.CompletedTask;
    }

    private void AssertHolds(string where) => Assert.True(
        Wanted().SetEquals(Audience.People) && Graph.Sins.Count == 0,
        $"{where}: {Wanted().Except(Audience.People).Count()} missing, {Audience.People.Except(Wanted()).Count()} too many, "
        + $"{Graph.Sins.Count} sins");

    private sealed class DiedException() : Exception("The node died.");
}
