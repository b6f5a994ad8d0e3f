using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>Each recipient has a link of their own: one that leaks ends alone, and with it whoever came in by it.</summary>
public abstract partial class RecipientLinkTests(DatabaseProvider database) : PortalTest(database)
{
    private const string Anna = "anna@bakery.example";
    private const string Ben = "ben@bakery.example";

    private RecipientLinks Recipients => Portal.Get<RecipientLinks>();

    [Fact]
    public async Task Each_recipient_is_mailed_a_link_of_their_own_and_Copy_link_gives_nobodys()
    {
        var request = await ARequest().For(Anna, Ben).SentAsync();

        var (anna, ben) = (await MailedAsync(Anna), await MailedAsync(Ben));

        Assert.Equal(3, new[] { request.Token, anna, ben }.Distinct().Count());
        Assert.Equal(request.Link, Value(await Requests.CopyLinkAsync(Owner, request.Id, Cancel)));
        foreach (var token in new[] { request.Token, anna, ben })
            Assert.Equal(request.Id, Value(await Links.FindAsync(token, Cancel)).Request);
    }

    [Fact]
    public async Task A_leaked_link_ends_alone_and_with_it_whoever_came_in_by_it()
    {
        var request = await ARequest().For(Anna, Ben).Asking(Mailchimp).SentAsync();
        var (anna, ben) = (await MailedAsync(Anna), await MailedAsync(Ben));
        var (eve, colleague, visitor) = (await ComesAsync(anna, "Eve"), await ComesAsync(ben, "Ben"), await ComesAsync(request.Token,
            "Somebody"));
        await AnAccount(eve, Mailchimp);
        Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, Value(await Recipients.ReplaceAsync(Owner, request.Id, await IdOfAsync(request, Anna), Cancel)));

        Assert.Equal(new LinkUnknown(), (await Links.FindAsync(anna, Cancel)).Error);
        Assert.IsType<LinkUnknown>(await Links.OpenAsync(anna, null, Cancel));
        Assert.IsType<LinkUnknown>((await Links.IdentifyAsync(anna, new Visitor("Eve", "eve@evil.example"), null, Cancel)).Error);
        Assert.IsType<LinkUnknown>(await Links.AskNewLinkAsync(anna, null, Cancel));
        Assert.Null(await Wizard.FindCallerAsync(eve.Request, eve.Participant, null, Cancel));
        Assert.True(await Wizard.HasEndedAsync(eve.Request, eve.Participant, Cancel));
        Assert.IsType<RequestNotFound>(await Wizard.DeclineAsync(eve, Mailchimp, DeclineReason.NotUsed, null, Cancel));
        Assert.IsType<RequestNotFound>(await Wizard.CompleteAsync(eve, Cancel));
        Assert.IsType<RequestNotFound>((await Portal.Get<ConnectService>().BeginAsync(eve, Mailchimp, new(), Cancel)).Error);

        foreach (var other in new[] { colleague, visitor })
        {
            Assert.NotNull(await Wizard.FindCallerAsync(other.Request, other.Participant, null, Cancel));
            Assert.Equal("Blue Bakery", Assert.Single((await WizardOf(other)).Connections).Name); // what was connected stays
        }

        var mailed = Mail.Taken.Count;
        var renewed = await MailedAsync(Anna);
        Assert.Equal(mailed + 1, Mail.Taken.Count);
        Assert.NotEqual(anna, renewed);
        foreach (var alive in new[] { renewed, ben, request.Token }) Assert.True((await Links.FindAsync(alive, Cancel)).Succeeded);
        Assert.Equal(Anna, Assert.Single((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.LinkReplaced).Detail);
        Assert.Null(await Wizard.CompleteAsync(await ComesAsync(renewed, "Anna"), Cancel));
    }

    [Fact]
    public async Task A_sign_in_that_was_under_way_by_the_leaked_link_brings_nothing_in_any_more()
    {
        var request = await ARequest().For(Anna, Ben).Asking(Mailchimp).SentAsync();
        var eve = await ComesAsync(await MailedAsync(Anna), "Eve");

        Value(await Recipients.ReplaceAsync(Owner, request.Id, await IdOfAsync(request, Anna), Cancel));

        var signIn = new PlatformSignIn(
            new PlatformAccount("account-1", "Evil Bakery", null), new PlatformCredentials("token", null, null, null));
        Assert.IsType<RequestNotFound>((await Portal.Get<ClientAccounts>().AttachAsync(eve, Mailchimp, signIn, Cancel)).Error);
        Assert.Empty((await DetailsOf(request.Id)).Request.Connections);
    }

    [Fact]
    public async Task Nobody_else_can_end_a_recipients_link_nor_learn_that_it_exists()
    {
        var request = await ARequest().For(Anna).SentAsync();
        var anna = await MailedAsync(Anna);
        var other = await ARequest().For(Ben).SentAsync();
        var recipient = await IdOfAsync(request, Anna);

        Assert.IsType<RequestNotFound>((await Recipients.ReplaceAsync(Stranger, request.Id, recipient, Cancel)).Error);
        Assert.Equal(
            (await Recipients.ReplaceAsync(Owner, other.Id, RecipientId.From(1), Cancel)).Error,
            (await Recipients.ReplaceAsync(Owner, other.Id, recipient, Cancel)).Error); // it is another request's

        Assert.True((await Links.FindAsync(anna, Cancel)).Succeeded);
        Assert.DoesNotContain((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.LinkReplaced);
    }

    [Fact]
    public async Task The_link_of_a_deleted_recipient_or_request_opens_nothing()
    {
        var (kept, deleted) = (await ARequest().For(Anna).SentAsync(), await ARequest().For(Ben).SentAsync());
        var (anna, ben) = (await MailedAsync(Anna), await MailedAsync(Ben));

        Assert.True((await Requests.DeleteAsync(Owner, deleted.Id, Cancel)).Succeeded);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            Assert.Equal(
                0, await db.Recipients.CountAsync(
                    r => r.RequestId == deleted.Id && (r.LinkTokenHash != null || r.LinkTokenProtected != null), Cancel));
            await db.Recipients.Where(r => r.RequestId == kept.Id).ExecuteDeleteAsync(Cancel);
        }

        foreach (var token in new[] { anna, ben })
        {
            Assert.Equal(new LinkUnknown(), (await Links.FindAsync(token, Cancel)).Error);
            Assert.Equal(new LinkUnknown(), await Links.OpenAsync(token, null, Cancel));
            Assert.Equal(new LinkUnknown(), await Links.AskNewLinkAsync(token, null, Cancel));
            Assert.Null(await Links.FindRequestAsync(token));
            Assert.Null(await Links.FindAgencyAsync(token));
        }

        Assert.True((await Links.FindAsync(kept.Token, Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_made_up_link_costs_one_query_through_indexes_as_every_other_one_does()
    {
        var request = await ARequest().For(Anna).SentAsync();
        var anna = await MailedAsync(Anna);

        foreach (var token in new[] { "made-up", anna, request.Token })
        {
            var before = Portal.Logs.Lines.Count;
            await Links.FindRequestAsync(token);
            Assert.Single(Portal.Logs.Lines.Skip(before), line => line.Contains("Executed DbCommand", StringComparison.Ordinal));
        }

        if (Portal.Database.Provider != DatabaseProvider.Sqlite) return;
        var plan = Assert.Single(await QueryPlans.OfAsync(Portal, () => Links.FindRequestAsync("made-up")));
        Assert.Empty(QueryPlans.Scanned(plan));
        Assert.Contains("IX_requests_LinkTokenHash", plan, StringComparison.Ordinal);
        Assert.Contains("IX_recipients_LinkTokenHash", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_link_for_the_request_ends_the_links_of_all()
    {
        var request = await ARequest().For(Anna, Ben).SentAsync();
        var before = new[] { await MailedAsync(Anna), await MailedAsync(Ben), request.Token };
        var callers = new List<ClientCaller>();
        foreach (var token in before) callers.Add(await ComesAsync(token, "Eve"));

        Value(await Requests.ReplaceLinkAsync(Owner, request.Id, Cancel)); // mailed a moment ago: nobody is mailed now

        foreach (var token in before) Assert.IsType<LinkUnknown>((await Links.FindAsync(token, Cancel)).Error);
        foreach (var caller in callers) Assert.Null(await Wizard.FindCallerAsync(caller.Request, caller.Participant, null, Cancel));
        Clock.Advance(TimeSpan.FromMinutes(2));
        Value(await Requests.ResendAsync(Owner, request.Id, Cancel));
        var after = new[] { await MailedAsync(Anna), await MailedAsync(Ben), (await request.WithLinkAsync()).Token };
        Assert.Equal(6, before.Concat(after).Distinct().Count());
        foreach (var token in after) Assert.True((await Links.FindAsync(token, Cancel)).Succeeded);
    }

    [Fact]
    public async Task Later_mails_and_reminders_name_the_same_link()
    {
        Assert.Null(
            await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { ReminderDays = [3] }, Cancel));
        var request = await ARequest().For(Anna, Ben).SentAsync();
        var (anna, ben) = (await MailedAsync(Anna), await MailedAsync(Ben));

        Clock.Advance(TimeSpan.FromMinutes(2));
        Value(await Requests.ResendAsync(Owner, request.Id, Cancel));
        Assert.Equal((anna, ben), (await MailedAsync(Anna), await MailedAsync(Ben)));
        Mail.Forget();
        Clock.Advance(TimeSpan.FromDays(3.1));
        Assert.Equal(1, await Portal.Get<RequestReminders>().RemindAsync(Cancel));
        Assert.Equal((anna, ben), (await MailedAsync(Anna), await MailedAsync(Ben)));
    }

    [Fact]
    public async Task Who_came_by_whose_link_is_known()
    {
        var request = await ARequest().For(Anna, Ben).SentAsync();
        var anna = await MailedAsync(Anna);

        Assert.Null(await Links.OpenAsync(anna, null, Cancel));
        await ComesAsync(anna, "Eve");
        await ComesAsync(request.Token, "Somebody");

        var details = await DetailsOf(request.Id);
        Assert.Equal(
            [await IdOfAsync(request, Anna), null], details.Request.Participants.OrderBy(p => p.Id.Value).Select(p => p.RecipientId));
        Assert.Equal(Anna, Assert.Single(details.Events, e => e.Kind == AuditKind.LinkOpened).Detail);
        var viewed = details.Events.Where(e => e.Kind == AuditKind.RequestViewed);
        Assert.Equal([("Somebody", null), ("Eve", Anna)], viewed.Select(e => (e.ActorName, e.Detail)));
    }

    [Fact]
    public async Task Made_up_participants_take_no_room_once_their_link_ended()
    {
        var request = await ARequest().For(Anna, Ben).SentAsync();
        var (anna, ben) = (await MailedAsync(Anna), await MailedAsync(Ben));
        for (var i = 0; i < LinkService.MaxParticipants; i++) await ComesAsync(anna, "Eve");
        Assert.IsType<TooManyParticipants>((await Links.IdentifyAsync(ben, new Visitor("Ben", Ben), null, Cancel)).Error);

        Value(await Recipients.ReplaceAsync(Owner, request.Id, await IdOfAsync(request, Anna), Cancel));

        await ComesAsync(ben, "Ben");
    }

    [Fact]
    public async Task Recipients_of_before_keep_the_requests_link_until_the_next_mail()
    {
        var request = await ARequest().For(Anna).SentAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Recipients.ExecuteUpdateAsync(
                set => set.SetProperty(r => r.LinkTokenHash, (byte[]?)null).SetProperty(r => r.LinkTokenProtected, (string?)null), Cancel);
        }

        Assert.Equal(request.Token, await MailedAsync(Anna));
        Assert.IsType<LinkUnknown>((await Recipients.ReplaceAsync(Owner, request.Id, await IdOfAsync(request, Anna), Cancel)).Error);
        Clock.Advance(TimeSpan.FromMinutes(2));
        Value(await Requests.ResendAsync(Owner, request.Id, Cancel));

        var own = await MailedAsync(Anna);
        Assert.NotEqual(request.Token, own);
        foreach (var token in new[] { request.Token, own }) Assert.True((await Links.FindAsync(token, Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_leaked_link_ends_also_when_its_recipient_cannot_be_mailed_now()
    {
        var request = await ARequest().For(Anna).SentAsync();
        var (anna, id) = (await MailedAsync(Anna), await IdOfAsync(request, Anna));

        Assert.Equal(0, Value(await Recipients.ReplaceAsync(Owner, request.Id, id, Cancel))); // mailed a moment ago
        Assert.IsType<LinkUnknown>((await Links.FindAsync(anna, Cancel)).Error);

        Clock.Advance(TimeSpan.FromMinutes(2));
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Recipients.ExecuteUpdateAsync(set => set.SetProperty(r => r.Delivery, DeliveryState.Bounced), Cancel);
        }

        Assert.Equal(0, Value(await Recipients.ReplaceAsync(Owner, request.Id, id, Cancel))); // their mail came back
        Clock.Advance(TimeSpan.FromDays(40));
        var expiry = (await DetailsOf(request.Id)).Request.ExpiresAt;
        Assert.Equal(0, Value(await Recipients.ReplaceAsync(Owner, request.Id, id, Cancel))); // the time of the links ran out
        Assert.Equal(expiry, (await DetailsOf(request.Id)).Request.ExpiresAt);
    }

    [Fact]
    public async Task A_recipients_link_expires_and_is_completed_as_the_requests_is()
    {
        var request = await ARequest().For(Anna, Ben).SentAsync();
        var (anna, ben) = (await MailedAsync(Anna), await MailedAsync(Ben));
        Clock.Advance(TimeSpan.FromDays(40));
        Assert.IsType<LinkExpired>((await Links.FindAsync(anna, Cancel)).Error);
        Assert.Null(await Links.AskNewLinkAsync(anna, null, Cancel));
        Value(await Requests.RenewAsync(Owner, request.Id, Cancel));

        Assert.Null(await Wizard.CompleteAsync(await ComesAsync(anna, "Anna"), Cancel));

        Assert.Equal((await Links.FindAsync(request.Token, Cancel)).Error, (await Links.FindAsync(ben, Cancel)).Error);
        Assert.IsType<RequestAlreadyCompleted>((await Links.FindAsync(ben, Cancel)).Error);
        Assert.IsType<RequestAlreadyCompleted>(
            (await Recipients.ReplaceAsync(Owner, request.Id, await IdOfAsync(request, Ben), Cancel)).Error);
    }

    private async Task<ClientCaller> ComesAsync(string token, string name) =>
        Value(await Links.IdentifyAsync(token, new Visitor(name, "client@bakery.example"), "198.51.100.7", Cancel));

    private async Task<RecipientId> IdOfAsync(GivenRequest request, string recipient) =>
        (await DetailsOf(request.Id)).Request.Recipients.Single(r => r.Email == recipient).Id;

    /// <summary>The token in the newest mail to a recipient; mails that wait leave first.</summary>
    private async Task<string> MailedAsync(string recipient)
    {
        await Outbox.DeliverAsync(Cancel);
        return Token().Match(Mail.Taken.Last(m => m.To == recipient).Content.Text).Groups[1].Value;
    }

    [GeneratedRegex(@"/r/([\w-]{43})(?![\w-])")]
    private static partial Regex Token();
}

public sealed class RecipientLinkTestsOnSqlite() : RecipientLinkTests(DatabaseProvider.Sqlite);

public sealed class RecipientLinkTestsOnPostgres() : RecipientLinkTests(DatabaseProvider.Postgres);
