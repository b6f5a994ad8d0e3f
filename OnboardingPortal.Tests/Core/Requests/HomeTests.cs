using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>
/// What the first page knows: the way to the first completed request, and afterwards what the Hub says and the newest requests.
/// </summary>
public abstract class HomeTests(DatabaseProvider database) : UserTest(database)
{
    private HomeReader Home => Portal.Get<HomeReader>();

    [Fact]
    public async Task A_new_agencys_main_user_has_everything_before_them()
    {
        var home = await HomeOf(Stranger);

        var all = Portal.Get<PlatformCatalog>().All;
        Assert.Equal(
            [
                new(HomeStepKind.FacebookUser, false),
                new(HomeStepKind.Platforms, true, all.Count(p => p.IsConfigured), all.Count),
                new(HomeStepKind.Brand, false),
                new(HomeStepKind.Colleague, false),
                new(HomeStepKind.Request, false),
            ],
            home.Steps);
        Assert.Empty(home.Latest);
        Assert.Equal(new HomeAccounts(0, 0), home.Accounts);
    }

    [Fact]
    public async Task Each_step_is_done_by_what_it_asks_for()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Stranger);
        Assert.Equal([HomeStepKind.FacebookUser, HomeStepKind.Platforms], await DoneBy(Stranger));

        Assert.Null(
            await Portal.Get<BrandingService>()
                .SaveAsync(Stranger, BrandingInput.Of(null) with { IsOn = true }, new LogoChange(true, Pictures.Png()), Cancel));
        Assert.Contains(HomeStepKind.Brand, await DoneBy(Stranger));

        Value(await Invitations.InviteAsync(Stranger, new NewInvitation("new@harbour.example", AgencyRole.SubUser), Cancel));
        Assert.Contains(HomeStepKind.Colleague, await DoneBy(Stranger));

        await ARequest().By(Stranger).DraftAsync();
        Assert.DoesNotContain(HomeStepKind.Request, await DoneBy(Stranger));
        await ARequest().By(Stranger).SentAsync();
        Assert.Equal(Enum.GetValues<HomeStepKind>().Except([HomeStepKind.SecondFactor]), await DoneBy(Stranger));
    }

    [Fact]
    public async Task An_invitation_that_ran_out_brought_no_colleague()
    {
        Value(await Invitations.InviteAsync(Stranger, new NewInvitation("new@harbour.example", AgencyRole.SubUser), Cancel));
        Clock.Advance(Invitation.Life);

        Assert.DoesNotContain(HomeStepKind.Colleague, await DoneBy(Stranger));
        Assert.Contains(HomeStepKind.Colleague, await DoneBy(Owner)); // who has the sub-user beside them
    }

    [Fact]
    public async Task A_Facebook_user_who_must_sign_in_again_is_told_and_leaves_the_step_open()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Stranger);
        await using (var db = Portal.Contexts.Create(Stranger.Agency))
        {
            await db.FacebookUsers.ExecuteUpdateAsync(set => set.SetProperty(u => u.Failure, PlatformFailureKind.AuthExpired), Cancel);
        }

        Assert.Equal(new HomeAccounts(1, 1), (await HomeOf(Stranger)).Accounts);
        Assert.DoesNotContain(HomeStepKind.FacebookUser, await DoneBy(Stranger));
    }

    [Fact]
    public async Task A_sub_user_is_asked_for_their_own_steps_only()
    {
        Assert.Equal([new(HomeStepKind.SecondFactor, false), new(HomeStepKind.Request, false)], (await HomeOf(Member)).Steps);

        await AddPasskeyAsync(Member);
        await ARequest().By(Owner).SentAsync();

        Assert.Equal([new(HomeStepKind.SecondFactor, true), new(HomeStepKind.Request, true, 1)], (await HomeOf(Member)).Steps);
        // the request is not theirs
        Assert.Equal([HomeStepKind.SecondFactor], await DoneBy(Member with { Visibility = RequestVisibility.OnlyRequester }));
    }

    [Fact]
    public async Task The_steps_are_over_with_the_first_completed_request_and_come_back_for_nobody_elses()
    {
        await ARequest().By(Member).SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(await ARequest().By(Member).SentAsync()), Cancel));

        Assert.Empty((await HomeOf(Owner)).Steps);
        Assert.NotEmpty((await HomeOf(Owner with { Visibility = RequestVisibility.OnlyRequester })).Steps);
        Assert.NotEmpty((await HomeOf(Stranger)).Steps);
    }

    [Fact]
    public async Task It_says_what_the_Hub_says_and_shows_the_newest_requests()
    {
        await ARequest().By(Stranger).SentAsync();
        var sent = new List<RequestId>();
        for (var n = 0; n <= HomeReader.MaxLatest; n++) sent.Add((await ARequest().By(Member).SentAsync()).Id);
        var (mine, theirs) = ((await ARequest().By(Owner).DraftAsync()).Id, sent.AsEnumerable().Reverse().ToList());

        var home = await HomeOf(Owner);

        Assert.Equal([mine, .. theirs.Take(HomeReader.MaxLatest - 1)], home.Latest.Select(row => row.Id));
        var hub = await Portal.Get<HubReader>().ReadAsync(Owner.Scope, Cancel);
        Assert.Equal(hub.Numbers, home.Hub.Numbers);
        Assert.Equal(hub.Needs, home.Hub.Needs);
        Assert.Equal([mine], (await HomeOf(Owner with { Visibility = RequestVisibility.OnlyRequester })).Latest.Select(row => row.Id));
    }

    [Fact]
    public async Task Its_reads_go_through_an_index()
    {
        await ARequest().SentAsync();
        if (Portal.Database.Provider != DatabaseProvider.Sqlite) return;

        foreach (var user in new[] { Owner, Member })
        {
            var plans = await QueryPlans.OfAsync(Portal, () => HomeOf(user));

            Assert.InRange(plans.Count, 10, 26);
            Assert.All(plans, plan => Assert.Empty(QueryPlans.Scanned(plan)));
        }
    }

    private Task<HomeView> HomeOf(AgencyCaller user) => Home.ReadAsync(user, Cancel);

    private async Task<IEnumerable<HomeStepKind>> DoneBy(AgencyCaller user) =>
        (await HomeOf(user)).Steps.Where(step => step.IsDone).Select(step => step.Kind);
}

public sealed class SqliteHomeTests() : HomeTests(DatabaseProvider.Sqlite);

public sealed class PostgresHomeTests() : HomeTests(DatabaseProvider.Postgres);
