using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Core.Work;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Work;

/// <summary>One thing that a background round fails of stops no other, of no agency.</summary>
public abstract class RoundTests(DatabaseProvider database) : PortalTest(database)
{
    private readonly FailingCommands _commands = new();

    private RoundItems Items => Portal.Get<RoundItems>();

    protected override void Register(IServiceCollection services)
    {
        services.AddPortalIdentity();
        _commands.Register(services);
    }

    [Fact]
    public async Task A_request_that_cannot_expire_rests_with_growing_pauses_and_every_other_expires()
    {
        var (bad, good) = (await ARequest().SentAsync(), await ARequest().By(Stranger).SentAsync());
        FailAt(bad.Id.Value, "UPDATE");
        Clock.Advance(TimeSpan.FromDays(60));

        Assert.Equal(1, await ExpireAsync());
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            Assert.Equal(
                [good.Id],
                await db.Requests.IgnoreQueryFilters().Where(r => r.Status == RequestStatus.Expired).Select(r => r.Id).ToListAsync(Cancel));
        }

        var (from, tries) = (Clock.Now, new List<TimeSpan>());
        for (var minute = 0; minute < 130; minute++)
        {
            var before = _failures;
            await ExpireAsync();
            if (_failures > before) tries.Add(Clock.Now - from);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([1, 3, 7, 15, 31, 63, 127], tries.Select(t => t.TotalMinutes));
        _commands.Before = _ => Task.CompletedTask;
        Clock.Advance(TimeSpan.FromHours(6));
        Assert.Equal(1, await ExpireAsync());
        Assert.Empty(await Items.ListAsync(Owner, Cancel));

        Task<int> ExpireAsync() => Portal.Get<RequestExpiry>().ExpireAsync(Cancel);
    }

    [Fact]
    public async Task What_keeps_failing_is_seen_by_the_agencys_main_users_alone_and_on_every_node()
    {
        var bad = await ARequest().SentAsync();
        FailAt(bad.Id.Value, "UPDATE");
        Clock.Advance(TimeSpan.FromDays(60));
        var since = Clock.Now;
        await using var other = Portal.AnotherNode();
        for (var round = 0; round < 3; round++)
        {
            Assert.Empty(await Items.ListAsync(Owner, Cancel));
            await (round == 1 ? other : Portal).Get<RequestExpiry>().ExpireAsync(Cancel);
            Clock.Advance(TimeSpan.FromMinutes(5));
        }

        var trouble = Assert.Single(await Items.ListAsync(Owner, Cancel));
        Assert.Equal((RoundKind.Expiry, bad.Id.ToString(), since), (trouble.Round, trouble.Item, trouble.Since));
        Assert.Empty(await Items.ListAsync(Member, Cancel));
        Assert.Empty(await Items.ListAsync(Stranger, Cancel));
        Assert.Contains(
            Portal.Logs.Lines,
            l => l.StartsWith("Error 1202", StringComparison.Ordinal) && l.Contains(bad.Id.ToString(), StringComparison.Ordinal));

        _commands.Before = _ => Task.CompletedTask;
        Value(await Requests.DeleteAsync(Owner, bad.Id, Cancel)); // no round takes it up any more
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await Items.ListAsync(Owner, Cancel));
    }

    [Fact]
    public async Task A_request_that_cannot_be_reminded_of_keeps_no_other_from_it()
    {
        foreach (var caller in new[] { Owner, Stranger })
        {
            Assert.Null(
                await Portal.Get<AgencyService>().ChangeSettingsAsync(caller, TestPortal.NewSettings with { ReminderDays = [3] }, Cancel));
        }

        var (bad, _, _) = (await ARequest().SentAsync(), await ARequest().SentAsync(), await ARequest().By(Stranger).SentAsync());
        FailAt(bad.Id.Value, "UPDATE");
        Clock.Advance(TimeSpan.FromDays(3.1));

        Assert.Equal(2, await Portal.Get<RequestReminders>().RemindAsync(Cancel));
        _commands.Before = _ => Task.CompletedTask;
        Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(1, await Portal.Get<RequestReminders>().RemindAsync(Cancel));
    }

    [Fact]
    public async Task An_agency_whose_sign_in_cannot_be_read_keeps_no_other_from_learning_what_was_shared()
    {
        var (bad, good) = (await SharedAsync(Owner), await SharedAsync(Stranger));
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.FacebookUsers.ExecuteUpdateAsync(set => set.SetProperty(u => u.Credentials, new byte[] { 1, 2, 3 }), Cancel);
        }

        new GraphStub(Http).AgencySees("act_1");
        Clock.Advance(TimeSpan.FromSeconds(15));

        await Portal.Get<FacebookVerification>().CheckDueAsync(Cancel);

        Assert.Equal(AssetState.Shared, (await WizardOf(good)).Connections.Single().Assets.Single().State);
        Assert.Equal(AssetState.AwaitingAdminApproval, (await WizardOf(bad)).Connections.Single().Assets.Single().State);
    }

    [Fact]
    public async Task A_clients_sign_in_that_cannot_be_read_keeps_no_other_clients_accounts_from_being_shared()
    {
        var (bad, good) = (await SharedAsync(Owner), await SharedAsync(Stranger));
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Assets.IgnoreQueryFilters().ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AssetState.Selected), Cancel);
            await db.Connections.IgnoreQueryFilters().Where(c => c.AgencyId == Owner.Agency)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.Credentials, new byte[] { 1, 2, 3 }), Cancel);
        }

        Clock.Advance(TimeSpan.FromMinutes(2)); // nobody shares them any more

        Assert.Equal(1, await Portal.Get<FacebookSharing>().ResumeDueAsync(Cancel));

        Assert.Equal(AssetState.AwaitingAdminApproval, (await WizardOf(good)).Connections.Single().Assets.Single().State);
        Assert.Equal(AssetState.Selected, (await WizardOf(bad)).Connections.Single().Assets.Single().State);
    }

    [Fact]
    public async Task A_secret_that_does_not_open_keeps_no_other_from_the_newest_key_nor_an_account_from_its_check()
    {
        var bad = await AnAccount(await AParticipant(await ARequest().Asking(Mailchimp).SentAsync()), Mailchimp);
        await AnAccount(await AParticipant(await ARequest().Asking(Mailchimp).By(Stranger).SentAsync()), Mailchimp);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Connections.Where(c => c.Id == bad)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.Credentials, new byte[] { 1, 2, 3 }), Cancel);
        }

        Http.On(HttpMethod.Get, "https://api.mailchimp.com/3.0/", """{"account_id":"account-1","account_name":"Blue Bakery"}""");
        Clock.Advance(TimeSpan.FromDays(366));

        Assert.Equal(1, await Portal.Get<KeyRing>().RotateDueAsync(Cancel));
        Assert.Equal(1, await Portal.Get<ConnectedAccounts>().CheckDueAsync(Cancel));
        Assert.Equal(0, await Portal.Get<ConnectedAccounts>().CheckDueAsync(Cancel));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Portal.Get<ConnectedAccounts>().CheckDueAsync(Cancel));
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await Portal.Get<ConnectedAccounts>().CheckDueAsync(Cancel));

        Assert.Equal(
            [(RoundKind.AccountCheck, bad.Value.ToString(CultureInfo.InvariantCulture))],
            (await Items.ListAsync(Owner, Cancel)).Select(t => (t.Round, t.Item)));
        Assert.Empty(await Items.ListAsync(Stranger, Cancel));
    }

    [Fact]
    public async Task A_row_of_an_import_that_cannot_be_sent_keeps_the_rows_behind_it_waiting_only_for_a_while()
    {
        var bulk = Portal.Get<BulkService>();
        var id = Value(
            await bulk.ReadAsync(
                Owner, "a.csv",
                new MemoryStream("recipients,services\nbad@bakery.example,mailchimp\na@bakery.example,mailchimp"u8.ToArray()), Cancel));
        Assert.Null(await bulk.SendAsync(Owner, id, Cancel));
        _commands.Before = command => command.StartsWith("INSERT", StringComparison.Ordinal)
            && command.Contains("bad@bakery.example", StringComparison.Ordinal)
            ? throw new InvalidOperationException("A bad row.") : Task.CompletedTask;

        var sent = 0;
        for (var round = 0; round < 5; round++)
        {
            sent += await Portal.Get<BulkSending>().SendAsync(Cancel);
            Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(1, sent);
        Assert.Contains(await Items.ListAsync(Owner, Cancel), t => t.Round == RoundKind.Import);
        _commands.Before = _ => Task.CompletedTask;
        Clock.Advance(TimeSpan.FromHours(6));
        Assert.Equal(1, await Portal.Get<BulkSending>().SendAsync(Cancel));
        Assert.Equal(BulkImportState.Done, (await bulk.FindAsync(Owner, id, Cancel))!.State);
    }

    private int _failures;

    private void FailAt(long id, string verb) => _commands.Before = command =>
    {
        if (!command.Contains(verb, StringComparison.Ordinal) || !command.Contains("requests", StringComparison.Ordinal)
            || !command.Contains($"[{id.ToString(CultureInfo.InvariantCulture)}]", StringComparison.Ordinal)) return Task.CompletedTask;
        _failures++;
        throw new InvalidOperationException("A bad row.");
    };

    private async Task<ClientCaller> SharedAsync(AgencyCaller agency)
    {
        var graph = new GraphStub(Http);
        graph.AgencySees();
        graph.Post("act_1/agencies", """{"success":true,"requires_admin_approval":true}""");
        var client = await AParticipant(await ARequest().Asking(Facebook).By(agency).SentAsync());
        var account = await AnAccount(client, Facebook, "10215000000000001", "A page admin");
        Assert.Null(
            await Portal.Get<FacebookSharing>()
                .ShareAsync(
                    client, account, "998877665544332", [new AssetChoice(AssetKind.AdAccount, "act_1", "Account 1", null, false)], Cancel));
        return client;
    }
}

public sealed class RoundTestsOnSqlite() : RoundTests(DatabaseProvider.Sqlite);

public sealed class RoundTestsOnPostgres() : RoundTests(DatabaseProvider.Postgres);
