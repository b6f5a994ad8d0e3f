using CsCheck;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>Reading and comparing, without a database: any lists, any faults.</summary>
public sealed class SyncPassTests
{
    private static readonly byte[] Key = new byte[SyncHasher.KeyLength];
    private static readonly DateTimeOffset Start = FakeTime.Start;

    private enum Fate
    {
        Arrives,
        AnswerIsLost,
        IsLost,
    }

    [Fact]
    public void After_any_lists_and_any_faults_a_run_without_one_leaves_the_audience_as_the_list() =>
        Gen.Select(AList.Array[1, 6], Gen.Enum<Fate>().Array[40], Gen.Int[0, 40])
            .Sample((lists, fates, days) =>
            {
                var (roster, audience, number) = (new Roster(), new HashSet<UInt128>(), 0);
                foreach (var (list, i) in lists.Select((l, i) => (l, i)))
                {
                    var now = Start + TimeSpan.FromDays(days * i);
                    roster = Run(roster, audience, list, now, () => fates[number++ % fates.Length]);
                    roster = Run(roster, audience, list, now, () => Fate.Arrives);
                    roster = Run(roster, audience, list, now, () => Fate.Arrives); // somebody opted in again
                    var wanted = Wanted(list);
                    if (wanted.Count > 0 && !audience.SetEquals(wanted)) return false;
                }

                return true;
            }, iter: 2000);

    [Fact]
    public void A_plan_has_the_hash_of_what_is_sent() => Gen.Select(AList, AList).Sample((before, after) =>
    {
        var audience = new HashSet<UInt128>();
        var roster = Run(new Roster(), audience, before, Start, () => Fate.Arrives);
        var plan = Pass(roster, after, Start, roster.People == 0);
        while (plan.Cut() is not null)
        {
        }

        var run = Pass(roster, after, Start, plan.Replaces);
        while (run.Cut() is not null)
        {
        }

        return plan.Hash == run.Hash && plan.Counts.Added == run.Counts.Added;
    }, iter: 1000);

    [Fact]
    public void A_roster_finds_whom_it_holds_and_stores_what_it_loads_however_many_were_expected() => Gen.Select(
        Gen.ULong.Array[0, 5000], Gen.OneOf<long>(-1, 0, 1, 4_000, 20_000, long.MaxValue)).Sample((numbers, expected) =>
    {
        var roster = new Roster();
        foreach (var (number, i) in numbers.Select((n, i) => (n, i)))
        {
            if (i == 100) roster.Expect(expected);
            roster.Put(new UInt128(number, number), number | 2, 1);
        }

        foreach (var number in numbers.Where((_, i) => i % 3 == 0)) roster.Drop(new UInt128(number, number));
        var copy = Copy(roster);
        var dropped = numbers.Where((_, i) => i % 3 == 0).ToHashSet();
        return copy.People == numbers.ToHashSet().Except(dropped).Count()
            && numbers.All(n => copy.Find(new UInt128(n, n)) >= 0 != dropped.Contains(n));
    }, iter: 50);

    [Fact]
    public void Many_who_agreed_again_come_back_a_part_at_a_time()
    {
        var limits = new SyncLimits(4, 1000) { Back = 3 };
        Contact[] Everybody(bool areOut) =>
            [.. Enumerable.Range(0, 9).Select(i => new Contact($"{i}", areOut && i > 0, [$"p{i}@bakery.example", null]))];
        var audience = new HashSet<UInt128>();
        var roster = Run(new Roster(), audience, Everybody(areOut: true), Start, () => Fate.Arrives, limits);
        Assert.Single(audience);

        foreach (var people in (int[])[4, 7, 9])
        {
            roster = Run(roster, audience, Everybody(areOut: false), Start, () => Fate.Arrives, limits);
            Assert.Equal(people, audience.Count);
        }
    }

    /// <summary>Rows of a small world, so that people meet each other again: the same address twice, opted out in one row.</summary>
    private static Gen<Contact[]> AList { get; } = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 3], Gen.Int[0, 15]).Array[0, 40]
        .Select(rows => rows.Select((r, i) => new Contact(
            $"{i}", r.Item3 == 0,
            [r.Item1 == 0 ? null : $"p{r.Item1}@bakery.example", r.Item2 == 0 ? null : $"name {r.Item2}"])).ToArray());

    private static HashSet<UInt128> Wanted(Contact[] list)
    {
        var hasher = new SyncHasher(Key, [MatchKey.Email, MatchKey.FirstName]);
        var matcher = new PersonMatcher([MatchKey.Email, MatchKey.FirstName], new MatchRules(null), new SkipCounter());
        var people = list.Select(c => (c.IsOptedOut, Matched: matcher.Match(c.Values))).Where(c => c.Matched.CanBeFound)
            .Select(c => (c.IsOptedOut, Person: hasher.PersonOf(c.Matched))).ToList();
        var opted = people.Where(p => p.IsOptedOut).Select(p => p.Person).ToHashSet();
        return [.. people.Select(p => p.Person).Where(p => !opted.Contains(p))];
    }

    /// <summary>One run: what does not arrive ends it, as a crash does; what arrived without an answer is in doubt.</summary>
    private static Roster Run(
        Roster roster, HashSet<UInt128> audience, Contact[] list, DateTimeOffset now, Func<Fate> fate, SyncLimits? limits = null)
    {
        var pass = Pass(roster, list, now, roster.People == 0, limits);
        var next = new HashSet<UInt128>();
        var batches = new List<(SyncAction Action, SyncBatchState State, byte[] Entries)>();
        var isWhole = false;
        while (pass.Cut() is { } parcel)
        {
            var what = fate();
            if (what != Fate.IsLost) Apply(parcel, audience, next);
            var state = what == Fate.Arrives ? SyncBatchState.Confirmed : SyncBatchState.Unknown;
            batches.Add((parcel.Action, state, parcel.Entries()));
            isWhole |= parcel is { Action: SyncAction.Replace, IsLast: true } && what == Fate.Arrives;
            if (what != Fate.Arrives) break;
        }

        var after = Copy(roster);
        if (isWhole) after.DropAll();
        foreach (var (action, state, entries) in batches.Where(b => b.Action != SyncAction.Replace || isWhole))
            after.Lay(action, state, entries);
        // a replacement that did not end well is replaced again: an empty roster begins so
        return batches.Exists(b => b.Action == SyncAction.Replace) && !isWhole ? Emptied(after) : after;
    }

    private static Roster Emptied(Roster roster)
    {
        roster.DropAll();
        return Copy(roster);
    }

    private static void Apply(SyncParcel parcel, HashSet<UInt128> audience, HashSet<UInt128> next)
    {
        foreach (var row in parcel.Rows)
        {
            if (parcel.Action == SyncAction.Replace) next.Add(row.Person);
            else if (parcel.Action == SyncAction.Add) audience.Add(row.Person);
            else audience.Remove(row.Person);
        }

        if (parcel is not { Action: SyncAction.Replace, IsLast: true }) return;
        audience.Clear();
        audience.UnionWith(next);
    }

    private static SyncPass Pass(Roster roster, Contact[] list, DateTimeOffset now, bool replaces, SyncLimits? limits = null)
    {
        while (true)
        {
            var (run, sync) = Things();
            var pass = new SyncPass(run, sync, Key, Copy(roster), replaces, limits ?? new SyncLimits(4, 1000), now);
            for (var from = 0; !pass.IsRead; from += 3)
            {
                pass.Take(new ContactPage([.. list.Skip(from).Take(3)], from + 3 < list.Length ? "more" : null));
            }

            if (!pass.IsTooLarge) return pass;
            replaces = true;
        }
    }

    private static (SyncRun Run, AudienceSync Sync) Things()
    {
        var by = new AgencyCaller(
            AgencyId.From(1), AgencyUserId.From(1), AgencyRole.MainUser, "The owner", "owner@brightside.example", null);
        var terms = new SyncTerms(
            ConnectionId.From(1), "list", "List", null, AssetId.From(1), null, "List",
            [new SyncColumn("email", "Email", MatchKey.Email), new SyncColumn("name", "Name", MatchKey.FirstName)], null,
            "They agreed to it.", true, SyncInterval.Manual);
        var pair = new SyncPair(RequestId.From(1), MadeUpPlatform.Key, RequestId.From(1), "act_1");
        var sync = new AudienceSync(AudienceSyncId.From(1), by, terms, pair, "List", [], Start);
        return (new SyncRun(SyncRunId.From(1), by.Agency, sync.Id, SyncRunKind.Run, null, Start), sync);
    }

    /// <summary>As it is loaded again.</summary>
    private static Roster Copy(Roster roster)
    {
        var copy = new Roster();
        for (var place = 0; place < roster.Count;) copy.Load(roster.Store(ref place, 7));
        return copy;
    }
}
