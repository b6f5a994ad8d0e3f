using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Sandbox.Facebook.Audiences;

namespace OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

/// <summary>Every refusal by its number: the ad accounts of the sandbox are named after what they show.</summary>
public sealed class AudienceProblemTests(AudienceTest.Fixture fixture) : AudienceTest(fixture)
{
    private static long _session = 10_000;

    [Theory]
    [InlineData("Terms not accepted", AudienceProblem.TermsNotAccepted)]
    [InlineData("Terms of another business", AudienceProblem.TermsOfOtherBusiness)]
    [InlineData("Business tools terms", AudienceProblem.BusinessToolsTerms)]
    [InlineData("Terms for messages", AudienceProblem.TermsNotAccepted)]
    [InlineData("No right to write", AudienceProblem.NoWriteRight)]
    [InlineData("Account disabled", AudienceProblem.AccountDisabled)]
    [InlineData("No business portfolio", AudienceProblem.NoBusiness)]
    [InlineData("500 audiences", AudienceProblem.TooManyAudiences)]
    [InlineData("Hourly calls used up", AudienceProblem.Quota)]
    [InlineData("Points used up", AudienceProblem.Quota)]
    [InlineData("Custom limit", AudienceProblem.Quota)]
    public async Task An_account_lets_no_audience_be_made(string name, AudienceProblem problem)
    {
        var refused = Refused((await Audiences.CreateAsync(Host.Token, AudienceHost.AdAccount(name), "Spring", "sync", Cancel)).Error);

        Assert.Equal(problem, refused.Problem);
        Assert.NotNull(refused.TraceId);
        Assert.Equal(problem == AudienceProblem.Quota, refused.RetryAfter > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("Audience deleted", "Add", AudienceProblem.AudienceGone)]
    [InlineData("Audience not shared", "Add", AudienceProblem.AudienceNotShared)]
    [InlineData("Audience flagged", "Add", AudienceProblem.Flagged)]
    [InlineData("Audience beyond repair", "Replace", AudienceProblem.Flagged)]
    [InlineData("Replacement already running", "Replace", AudienceProblem.ReplaceRunning)]
    [InlineData("Replacement times out", "Replace", AudienceProblem.ReplaceTimedOut)]
    [InlineData("First batch missing", "Replace", AudienceProblem.FirstBatchMissing)]
    [InlineData("Session over", "Add", AudienceProblem.SessionOver)]
    [InlineData("Session over", "Replace", AudienceProblem.SessionOver)]
    [InlineData("Not fully replaced", "Replace", AudienceProblem.NotFullyReplaced)]
    [InlineData("Too big to replace", "Replace", AudienceProblem.TooBigToReplace)]
    [InlineData("Bad rule", "Add", AudienceProblem.Refused)]
    [InlineData("Too many parameters", "Remove", AudienceProblem.Refused)]
    public async Task An_audience_takes_nobody(string name, string action, AudienceProblem problem)
    {
        var account = AudienceHost.AdAccount(name);
        var id = await Host.AnAudienceAsync(account);

        var refused = Refused((await SendAsync(account, id, Enum.Parse<AudienceAction>(action), 1, 2)).Error);

        Assert.Equal(problem, refused.Problem);
        Assert.NotNull(refused.UserText ?? refused.TraceId);
        Assert.Equal(problem == AudienceProblem.Flagged ? ["name"] : [], refused.Offending);
    }

    [Theory]
    [InlineData("Replacement times out")]
    [InlineData("Not fully replaced")]
    public async Task A_replacement_that_ended_badly_leaves_what_came_and_another_may_begin(string name)
    {
        var account = AudienceHost.AdAccount(name);
        var id = await Host.AnAudienceAsync(account);

        Refused((await SendAsync(account, id, AudienceAction.Replace, 1, 2)).Error);

        Assert.Equal(AudienceState.ReplaceFailed, Value(await Audiences.FindAsync(Host.Token, id, Cancel)).State);
        Assert.Equal(People.Of(1, 2), Host.Members.Of(id));
        Mend(account, isMended: true);
        Value(await SendAsync(account, id, AudienceAction.Replace, 3));
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(AudienceState.Normal, Value(await Audiences.FindAsync(Host.Token, id, Cancel)).State);
        Assert.Equal(People.Of(3), Host.Members.Of(id));
        Mend(account, isMended: false);
    }

    [Fact]
    public async Task A_name_that_offends_is_told_and_another_one_mends_it()
    {
        var id = await Host.AnAudienceAsync(Works, "Diabetes newsletter");
        var found = Value(await Audiences.FindAsync(Host.Token, id, Cancel));
        Assert.Equal(AudienceState.Flagged, found.State);
        Assert.Equal(["name"], found.Offending);
        Assert.Equal(AudienceProblem.Flagged, Refused((await SendAsync(Works, id, AudienceAction.Add, 1)).Error).Problem);
        Assert.Equal(AudienceProblem.Flagged, Refused(await Audiences.RenameAsync(Host.Token, id, "Diabetes news", Cancel)).Problem);

        Assert.Null(await Audiences.RenameAsync(Host.Token, id, "Newsletter", Cancel));

        Assert.Equal(AudienceState.Normal, Value(await Audiences.FindAsync(Host.Token, id, Cancel)).State);
        Value(await SendAsync(Works, id, AudienceAction.Add, 1));
    }

    [Fact]
    public async Task An_audience_beyond_repair_takes_no_other_name()
    {
        var id = await Host.AnAudienceAsync(AudienceHost.AdAccount("Audience beyond repair"));

        Assert.Equal(AudienceProblem.BeyondRepair, Refused(await Audiences.RenameAsync(Host.Token, id, "Other", Cancel)).Problem);
    }

    [Fact]
    public async Task Where_the_rest_would_be_too_small_nobody_is_taken_out_and_deleting_is_the_way_out()
    {
        var account = AudienceHost.AdAccount("Too small to remove");
        var id = await Host.AnAudienceAsync(account);
        Value(await SendAsync(account, id, AudienceAction.Add, [.. Enumerable.Range(1, 101)]));
        Value(await SendAsync(account, id, AudienceAction.Remove, 101)); // leaves 100

        Assert.Equal(AudienceProblem.TooSmallToRemove, Refused((await SendAsync(account, id, AudienceAction.Remove, 5)).Error).Problem);
        Assert.Equal(AudienceProblem.TooSmallToRemove, Refused((await SendAsync(account, id, AudienceAction.Replace, 1)).Error).Problem);
        Value(await SendAsync(account, id, AudienceAction.Remove, 999)); // nobody who is in it

        Assert.Equal(100, Host.Members.Count(id));
        Assert.Null(await Audiences.DeleteAsync(Host.Token, id, Cancel));
    }

    [Fact]
    public async Task A_lost_answer_is_no_refusal_and_the_session_tells_what_came()
    {
        var account = AudienceHost.AdAccount("Loses answers");
        var id = await Host.AnAudienceAsync(account);

        var lost = await Host.SendAsync(account, id, AudienceAction.Add, 42, 1, false, 1, 2);
        Assert.Equal(PlatformFailureKind.Unreachable, Assert.IsType<PlatformFailure>(lost.Error).Kind);

        Assert.Equal(new AudienceSession(2, null, IsOver: false), Value(await Audiences.FindSessionAsync(Host.Token, id, 42, Cancel)));
        Assert.Equal(2, Value(await Host.SendAsync(account, id, AudienceAction.Add, 42, 1, false, 1, 2)).Received);
    }

    [Fact]
    public async Task What_is_mended_at_Facebook_goes_on()
    {
        var account = AudienceHost.AdAccount("Terms not accepted");
        Mend(account, isMended: true);

        await Host.AnAudienceAsync(account);
        Assert.True(Value(await Audiences.FindAccountAsync(Host.Token, account, Cancel)).HasTerms);
        Mend(account, isMended: false);
    }

    [Fact]
    public async Task A_sign_in_that_is_over_is_no_refusal_of_the_audience()
    {
        var failure = (await Audiences.ListAsync(new AccessToken("nobody's"), Works, Cancel)).Error;

        Assert.Equal(PlatformFailureKind.AuthExpired, Assert.IsType<PlatformFailure>(failure).Kind);
    }

    private Task<Result<AudienceReceipt>> SendAsync(string account, string audience, AudienceAction action, params int[] people) =>
        Host.SendAsync(account, audience, action, Interlocked.Increment(ref _session), 1, isLast: true, people);

    private void Mend(string account, bool isMended) => Host.Get<AudienceTroubles>().Mend(account, isMended);
}
