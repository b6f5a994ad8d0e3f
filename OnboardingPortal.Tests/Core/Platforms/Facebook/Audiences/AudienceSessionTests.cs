using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;

namespace OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

public sealed class AudienceSessionTests(AudienceTest.Fixture fixture) : AudienceTest(fixture)
{
    private const AudienceAction Add = AudienceAction.Add;
    private const AudienceAction Remove = AudienceAction.Remove;
    private const AudienceAction Replace = AudienceAction.Replace;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Batches_of_a_session_add_up_and_one_that_comes_twice_counts_once()
    {
        var id = await Host.AnAudienceAsync(Works);

        Assert.Equal(2, Value(await Host.SendAsync(Works, id, Add, 11, 1, false, 1, 2)).Received);
        Assert.Equal(4, Value(await Host.SendAsync(Works, id, Add, 11, 2, false, 2, 3)).Received);
        Assert.Equal(4, Value(await Host.SendAsync(Works, id, Add, 11, 2, false, 2, 3)).Received);
        Assert.Equal(new AudienceSession(4, null, IsOver: false), await SessionAsync(id, 11));
        Assert.Equal(5, Value(await Host.SendAsync(Works, id, Add, 11, 3, true, 4)).Received);

        Assert.Equal(new AudienceSession(5, 3, IsOver: true), await SessionAsync(id, 11));
        Assert.Equal(People.Of(1, 2, 3, 4), Host.Members.Of(id));
        Assert.Equal(AudienceProblem.SessionOver, Refused((await Host.SendAsync(Works, id, Add, 11, 4, true, 5)).Error).Problem);
        Assert.Null(await SessionAsync(id, 999));
    }

    [Fact]
    public async Task A_session_takes_nothing_after_90_minutes()
    {
        var id = await Host.AnAudienceAsync(Works);
        Value(await Host.SendAsync(Works, id, Add, 21, 1, false, 1));
        Host.Clock.Advance(TimeSpan.FromMinutes(89));
        Value(await Host.SendAsync(Works, id, Add, 21, 2, false, 2));
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(AudienceProblem.SessionOver, Refused((await Host.SendAsync(Works, id, Add, 21, 3, true, 3)).Error).Problem);
        Assert.True((await SessionAsync(id, 21))!.IsOver);
        Assert.Equal(People.Of(1, 2), Host.Members.Of(id));
    }

    [Fact]
    public async Task Rows_that_cannot_be_used_are_told()
    {
        var id = await Host.AnAudienceAsync(Works);
        var rows = new[] { People.Row(1), default, default, People.Row(3) };

        var receipt = Value(await Audiences.SendAsync(
            Host.Token, Works, id, new AudienceBatch(Add, 31, 1, true, 4, AudienceHost.Keys, rows), Cancel));

        Assert.Equal(new AudienceReceipt(4, 2), receipt);
        Assert.Equal(People.Of(1, 3), Host.Members.Of(id));
    }

    [Fact]
    public async Task The_keys_of_a_session_stay_the_same()
    {
        var id = await Host.AnAudienceAsync(Works);
        Value(await Host.SendAsync(Works, id, Add, 41, 1, false, 1));

        var other = new AudienceBatch(
            Add, 41, 2, true, 1, [MatchKey.Email], [new(People.Matched([MatchKey.Email], People.Values(2)[0]), 2)]);

        Assert.Equal(AudienceProblem.Refused, Refused((await Audiences.SendAsync(Host.Token, Works, id, other, Cancel)).Error).Problem);
    }

    [Fact]
    public async Task No_batch_is_empty_or_larger_than_Facebook_takes()
    {
        var id = await Host.AnAudienceAsync(Works);
        var calls = Host.Calls.Count;

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Host.SendAsync(Works, id, Add, 51, 1, true));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Host.SendAsync(Works, id, Add, 51, 1, true, new int[FacebookAudiences.MaxRows + 1]));
        Assert.Equal(calls, Host.Calls.Count);
    }

    [Fact]
    public async Task Whoever_is_taken_out_by_the_senders_own_id_is_found_for_90_days()
    {
        var id = await Host.AnAudienceAsync(Works);
        Value(await Host.SendAsync(Works, id, Add, 61, 1, true, 1, 2));
        Value(await ByIdAsync(62, 1));
        Assert.Equal(People.Of(2), Host.Members.Of(id));

        Host.Clock.Advance(TimeSpan.FromDays(91));
        Value(await ByIdAsync(63, 2));
        Assert.Equal(People.Of(2), Host.Members.Of(id));
        Value(await Host.SendAsync(Works, id, Remove, 64, 1, true, 2)); // all their values name them for ever
        Assert.Empty(Host.Members.Of(id));

        Task<Result<AudienceReceipt>> ByIdAsync(long session, int person) => Audiences.SendAsync(
            Host.Token, Works, id, new AudienceBatch(Remove, session, 1, true, 1, [], [new(default, (UInt128)person)]), Cancel);
    }

    [Fact]
    public async Task A_replacement_is_all_of_the_audience_once_Facebook_has_taken_it_over()
    {
        var id = await Host.AnAudienceAsync(Works);
        Value(await Host.SendAsync(Works, id, Add, 71, 1, true, 1, 2, 3));

        Value(await Host.SendAsync(Works, id, Replace, 72, 1, false, 3, 4));
        Assert.Equal(AudienceState.Replacing, await StateAsync(id));
        Value(await Host.SendAsync(Works, id, Replace, 72, 2, true, 5));
        Assert.Equal(AudienceState.Replacing, await StateAsync(id));
        Assert.Equal(People.Of(1, 2, 3), Host.Members.Of(id));

        Host.Clock.Advance(Settled);
        Assert.Equal(AudienceState.Normal, await StateAsync(id));
        Assert.Equal(People.Of(3, 4, 5), Host.Members.Of(id));
        Assert.Equal(AudienceProblem.SessionOver, Refused((await Host.SendAsync(Works, id, Replace, 72, 3, true, 6)).Error).Problem);
    }

    [Fact]
    public async Task Nothing_else_is_taken_while_a_replacement_is_under_way()
    {
        var id = await Host.AnAudienceAsync(Works);
        Value(await Host.SendAsync(Works, id, Replace, 81, 1, false, 1));

        foreach (var (action, session) in new[] { (Add, 82L), (Remove, 83L), (Replace, 84L) })
        {
            Assert.Equal(
                AudienceProblem.ReplaceRunning, Refused((await Host.SendAsync(Works, id, action, session, 1, true, 1)).Error).Problem);
        }

        Assert.Equal(
            AudienceProblem.FirstBatchMissing,
            Refused((await Host.SendAsync(Works, await Host.AnAudienceAsync(Works), Replace, 85, 2, true, 1)).Error).Problem);
    }

    [Fact]
    public async Task A_first_batch_that_is_sent_again_forgets_the_others()
    {
        var id = await Host.AnAudienceAsync(Works);
        Value(await Host.SendAsync(Works, id, Replace, 91, 1, false, 1));
        Value(await Host.SendAsync(Works, id, Replace, 91, 2, false, 2));
        Value(await Host.SendAsync(Works, id, Replace, 91, 2, false, 2)); // that one may be

        Assert.Equal(1, Value(await Host.SendAsync(Works, id, Replace, 91, 1, false, 1)).Received);
        Value(await Host.SendAsync(Works, id, Replace, 91, 3, true, 3));

        Host.Clock.Advance(Settled);
        Assert.Equal(People.Of(1, 3), Host.Members.Of(id));
    }

    [Fact]
    public async Task A_replacement_without_its_last_batch_ends_by_itself_and_leaves_what_came()
    {
        var id = await Host.AnAudienceAsync(Works);
        Value(await Host.SendAsync(Works, id, Add, 101, 1, true, 1, 2, 3));
        Value(await Host.SendAsync(Works, id, Replace, 102, 1, false, 4));
        Host.Clock.Advance(TimeSpan.FromMinutes(90));

        Assert.Equal(AudienceState.ReplaceFailed, await StateAsync(id));
        Assert.Equal(People.Of(4), Host.Members.Of(id));
        Value(await Host.SendAsync(Works, id, Replace, 103, 1, true, 1, 2));
        Host.Clock.Advance(Settled);
        Assert.Equal(People.Of(1, 2), Host.Members.Of(id));
    }

    private async Task<AudienceState> StateAsync(string audience) =>
        Value(await Audiences.FindAsync(Host.Token, audience, Cancel)).State;

    private async Task<AudienceSession?> SessionAsync(string audience, long session) =>
        Value(await Audiences.FindSessionAsync(Host.Token, audience, session, Cancel));
}
