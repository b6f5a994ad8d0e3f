using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>What the Hub counts, and whose hand it asks for.</summary>
public abstract class HubTests(DatabaseProvider database) : PortalTest(database)
{
    private HubReader Hub => Portal.Get<HubReader>();

    [Fact]
    public async Task Each_request_is_counted_where_it_stands_and_another_agencys_nowhere()
    {
        await ARequest().DraftAsync();
        await ARequest().SentAsync();
        Value(await Requests.DeleteAsync(Owner, (await ARequest().SentAsync()).Id, Cancel));
        await CompletedAsync(Owner);
        await ARequest().By(Stranger).SentAsync();
        await CompletedAsync(Stranger);

        Assert.Equal(new HubNumbers(Pending: 1, Connected: 1, ConnectedLately: 1, Expired: 0, Stuck: 0), (await HubOf(Owner)).Numbers);

        Clock.Advance(TimeSpan.FromDays(32));
        await Portal.Get<RequestExpiry>().ExpireAsync(Cancel);
        Assert.Equal(new HubNumbers(Pending: 0, Connected: 1, ConnectedLately: 0, Expired: 1, Stuck: 0), (await HubOf(Owner)).Numbers);
    }

    [Fact]
    public async Task Where_only_the_requester_sees_them_each_user_has_a_Hub_of_their_own()
    {
        await ARequest().By(Owner).SentAsync();
        await CompletedAsync(Member);
        var opened = await ARequest().By(Member).For("slow@bakery.example").SentAsync();
        Assert.Null(await Links.OpenAsync(opened.Token, null, Cancel));
        Clock.Advance(TimeSpan.FromDays(2));

        var mine = await Hub.ReadAsync(Member.Scope with { OnlyOf = Member.User }, Cancel);
        var owners = await Hub.ReadAsync(Owner.Scope with { OnlyOf = Owner.User }, Cancel);

        Assert.Equal((new HubNumbers(1, 1, 1, 0, 1), 1, opened.Id), (mine.Numbers, mine.Median!.Of, Assert.Single(mine.Needs).Request));
        Assert.Equal((2, 1), (mine.Weeks.Sum(w => w.Sent), mine.Weeks.Sum(w => w.Completed)));
        Assert.Equal((new HubNumbers(1, 0, 0, 0, 0), null, 0), (owners.Numbers, owners.Median, owners.Needs.Count));
    }

    [Fact]
    public async Task The_median_is_of_the_last_90_days_and_halfway_between_two()
    {
        Assert.Null((await HubOf(Owner)).Median);
        await CompletedAsync(Owner, TimeSpan.FromDays(20));
        Assert.Equal(new HubMedian(TimeSpan.FromDays(20), 1), (await HubOf(Owner)).Median);
        Clock.Advance(TimeSpan.FromDays(90.1));
        Assert.Null((await HubOf(Owner)).Median);

        await CompletedAsync(Owner, TimeSpan.FromMinutes(9));
        await CompletedAsync(Owner, TimeSpan.FromDays(3));
        await CompletedAsync(Owner, TimeSpan.FromMinutes(11));
        Assert.Equal(new HubMedian(TimeSpan.FromMinutes(11), 3), (await HubOf(Owner)).Median);
        await CompletedAsync(Owner, TimeSpan.FromMinutes(5));
        Assert.Equal(new HubMedian(TimeSpan.FromMinutes(10), 4), (await HubOf(Owner)).Median);
    }

    [Fact]
    public async Task Weeks_start_on_Monday_in_UTC_and_run_across_the_end_of_the_year()
    {
        Clock.Advance(new DateTimeOffset(2026, 12, 27, 23, 59, 0, TimeSpan.Zero) - Clock.Now); // a Sunday
        await ARequest().SentAsync();
        await ARequest().DraftAsync();
        Clock.Advance(TimeSpan.FromMinutes(1)); // Monday, 28 December
        await CompletedAsync(Owner, TimeSpan.FromMinutes(3));
        Clock.Advance(TimeSpan.FromDays(4)); // 1 January
        await CompletedAsync(Owner, TimeSpan.FromMinutes(3));
        Clock.Advance(TimeSpan.FromDays(3)); // Monday, 4 January
        await ARequest().SentAsync();

        var weeks = (await HubOf(Owner)).Weeks;

        Assert.Equal(12, weeks.Count);
        Assert.Equal(new DateOnly(2026, 10, 19), weeks[0].Monday);
        Assert.Equal([new(new(2026, 12, 21), 1, 0), new(new(2026, 12, 28), 2, 2), new(new(2027, 1, 4), 1, 0)], weeks.TakeLast(3));
        Assert.Equal((4, 2), (weeks.Sum(w => w.Sent), weeks.Sum(w => w.Completed)));
    }

    [Fact]
    public async Task A_request_opened_and_left_alone_for_two_days_is_stuck_until_something_moves()
    {
        var request = await ARequest().For("slow@bakery.example").SentAsync();
        Assert.Null(await Links.OpenAsync(request.Token, null, Cancel));
        var opened = Clock.Now;
        Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1));
        Assert.Empty((await HubOf(Owner)).Needs);
        Clock.Advance(TimeSpan.FromMinutes(1));

        var hub = await HubOf(Owner);

        Assert.Equal(1, hub.Numbers.Stuck);
        Assert.Equal(
            new PendingTask(request.Id, "slow@bakery.example", HubHand.Client, HubReason.NoMovement, "", null, null, opened),
            Assert.Single(hub.Needs));

        await AParticipant(request);
        Assert.Equal(0, (await HubOf(Owner)).Numbers.Stuck);
    }

    [Fact]
    public async Task A_lost_account_needs_the_client_and_counts_as_stuck_also_when_the_request_is_completed()
    {
        var (request, account) = await WithAccountAsync();

        await ChangeAsync(request, r => r.Connections.First(c => c.Id == account).MarkReconnectNeeded(PlatformFailureKind.AuthExpired));

        var hub = await HubOf(Owner);
        var need = Assert.Single(hub.Needs);
        Assert.Equal(
            (HubHand.Client, HubReason.SignInAgain, "Blue Bakery", Mailchimp), (need.Hand, need.Reason, need.Subject, need.Platform));
        Assert.Equal((1, 1), (hub.Numbers.Stuck, hub.Numbers.Connected));
    }

    [Theory]
    [InlineData(AssetState.Failed, PlatformFailureKind.PermissionDenied, HubHand.ClientAdmin, HubReason.NotShared)]
    [InlineData(AssetState.Failed, PlatformFailureKind.NoBusiness, HubHand.Client, HubReason.NotShared)]
    [InlineData(AssetState.Failed, PlatformFailureKind.LimitReached, HubHand.You, HubReason.NotShared)]
    [InlineData(AssetState.Lost, PlatformFailureKind.NotFound, HubHand.Client, HubReason.AccessLost)]
    [InlineData(AssetState.AwaitingAdminApproval, null, HubHand.ClientAdmin, HubReason.Approve)]
    [InlineData(AssetState.AwaitingClient, null, HubHand.Client, HubReason.Accept)]
    public async Task An_asset_that_is_not_the_agencys_yet_names_whose_hand_it_waits_for(
        AssetState state, PlatformFailureKind? failure, HubHand hand, HubReason reason)
    {
        var (request, account) = await WithAccountAsync(Facebook);
        await ChangeAsync(request, r =>
        {
            var connection = r.Connections.First(c => c.Id == account);
            var asset = new ConnectedAsset(
                AssetId.New(Clock), connection, new AssetChoice(AssetKind.AdAccount, "act_1", "EU account", null, false), Clock.Now);
            connection.AddAsset(asset);
            asset.Become(state, Clock.Now, failure is { } kind ? new PlatformFailure(Facebook, kind) : null);
        });
        var since = Clock.Now;
        Clock.Advance(TimeSpan.FromHours(1));

        var need = Assert.Single((await HubOf(Owner)).Needs);

        Assert.Equal((hand, reason, "EU account", failure, since), (need.Hand, need.Reason, need.Subject, need.Failure, need.Since));
    }

    [Fact]
    public async Task A_new_link_that_was_asked_for_needs_your_hand_until_the_request_is_sent_again()
    {
        var request = await ARequest().For("late@bakery.example").SentAsync();
        Clock.Advance(TimeSpan.FromDays(40));
        await Portal.Get<RequestExpiry>().ExpireAsync(Cancel);
        Assert.Empty((await HubOf(Owner)).Needs);
        Assert.Null(await Links.AskNewLinkAsync(request.Token, null, Cancel));

        var need = Assert.Single((await HubOf(Owner)).Needs);
        Assert.Equal(
            (HubHand.You, HubReason.NewLinkAsked, "late@bakery.example", Clock.Now),
            (need.Hand, need.Reason, need.FirstRecipient, need.Since));

        Value(await Requests.ResendAsync(Owner, request.Id, Cancel));
        Assert.Empty((await HubOf(Owner)).Needs);
    }

    [Fact]
    public async Task A_mail_that_was_given_up_needs_your_hand_until_it_is_sent_again()
    {
        var request = await ARequest().For("typo@bakery.example").SentAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.EmailMessages.ExecuteUpdateAsync(set => set.SetProperty(m => m.State, EmailState.Dead), Cancel);
        }

        var need = Assert.Single((await HubOf(Owner)).Needs);
        Assert.Equal((HubHand.You, HubReason.MailGivenUp, "typo@bakery.example"), (need.Hand, need.Reason, need.Subject));

        Clock.Advance(TimeSpan.FromMinutes(1));
        Value(await Requests.ResendAsync(Owner, request.Id, Cancel));
        Assert.Empty((await HubOf(Owner)).Needs);
    }

    [Fact]
    public async Task However_many_ask_at_once_they_share_readings_none_older_than_their_question()
    {
        var first = Hub.ReadAsync(Owner.Scope, Cancel);
        await ARequest().SentAsync();

        var asked = Enumerable.Range(0, 100).Select(_ => Hub.ReadAsync(Owner.Scope, Cancel)).ToList();
        await first;
        var views = await Task.WhenAll(asked);

        Assert.All(views, v => Assert.Equal(1, v.Numbers.Pending));
        Assert.InRange(views.Distinct(ReferenceEqualityComparer.Instance).Count(), 1, 5); // far fewer than were asked for
    }

    [Fact]
    public async Task Its_reads_go_through_an_index()
    {
        var (request, account) = await WithAccountAsync();
        await ChangeAsync(request, r => r.Connections.First(c => c.Id == account).MarkReconnectNeeded(PlatformFailureKind.AuthExpired));
        if (Portal.Database.Provider != DatabaseProvider.Sqlite) return;

        var plans = await QueryPlans.OfAsync(Portal, () => HubOf(Owner));

        Assert.InRange(plans.Count, 8, 20);
        Assert.All(plans, plan => Assert.Empty(QueryPlans.Scanned(plan))); // not even once through all rows of a table
        foreach (var index in new[] { "IX_requests_status_newest", "IX_requests_completed", "IX_requests_opened", "IX_requests_problems" })
        {
            Assert.Contains(plans, p => p.Contains(index, StringComparison.Ordinal));
        }
    }

    private Task<HubView> HubOf(AgencyCaller user) => Hub.ReadAsync(user.Scope, Cancel);

    private async Task CompletedAsync(AgencyCaller requester, TimeSpan after = default)
    {
        var request = await ARequest().By(requester).SentAsync();
        Clock.Advance(after);
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));
    }

    /// <summary>A completed request with one account.</summary>
    private async Task<(RequestId Request, ConnectionId Account)> WithAccountAsync(PlatformKey? platform = null)
    {
        var request = await ARequest().Asking(platform ?? Mailchimp).SentAsync();
        var client = await AParticipant(request);
        var account = await AnAccount(client, platform ?? Mailchimp);
        Assert.Null(await Wizard.CompleteAsync(client, Cancel));
        return (request.Id, account);
    }

    private async Task ChangeAsync(
        RequestId request, Action<OnboardingRequest> change) => Value(await Portal.Get<RequestChanges>().ApplyAsync<bool>(
        Owner, request, c =>
        {
            change(c.Request);
            return true;
        }, Cancel));
}

public sealed class SqliteHubTests() : HubTests(DatabaseProvider.Sqlite);

public sealed class PostgresHubTests() : HubTests(DatabaseProvider.Postgres);
