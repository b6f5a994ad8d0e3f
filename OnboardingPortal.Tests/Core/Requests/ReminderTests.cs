using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>Recipients are reminded on the days the agency chose, as long as nobody completed the request.</summary>
public abstract class ReminderTests(DatabaseProvider database) : PortalTest(database)
{
    private RequestReminders Reminders => Portal.Get<RequestReminders>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.Null(
            await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { ReminderDays = [3, 7] }, Cancel));
    }

    [Fact]
    public async Task Each_recipient_is_reminded_once_on_each_day_in_the_requests_language_with_the_same_link()
    {
        var request = await ARequest().For("a@bakery.example", "b@bakery.example").In("de").SentAsync();
        await DeliverAsync();

        Assert.Equal(0, await AfterDaysAsync(2.9));
        Assert.Equal(1, await AfterDaysAsync(0.2));
        Assert.Equal(0, await AfterDaysAsync(0.3));
        var first = await DeliverAsync();
        Assert.Equal(1, await AfterDaysAsync(4));
        var second = await DeliverAsync();

        foreach (var mails in new[] { first, second })
        {
            Assert.Equal(["a@bakery.example", "b@bakery.example"], mails.Select(m => m.To).Order());
            Assert.All(
                mails, m =>
                    Assert.StartsWith("Erinnerung: Onboarding-Anfrage von Brightside Agency", m.Content.Subject, StringComparison.Ordinal));
            foreach (var mail in mails)
                Assert.Contains((await request.LinkOfAsync(mail.To)).AbsoluteUri, mail.Content.Text, StringComparison.Ordinal);
        }

        var details = await DetailsOf(request.Id);
        Assert.Equal(4, details.Events.Count(e => e is { Kind: AuditKind.RequestSent, ActorKind: ActorKind.System }));
        Assert.Equal(RequestActivity.Sent, details.Request.Activity); // a reminder is no movement of the client
        Assert.Equal(FakeTime.Start, details.Request.SentAt);
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_is_completed_deleted_expired_or_was_never_mailed()
    {
        var completed = await ARequest().SentAsync();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(completed), Cancel));
        var deleted = await ARequest().SentAsync();
        Value(await Requests.DeleteAsync(Owner, deleted.Id, Cancel));
        Value(await Requests.CopyLinkAsync(Owner, (await ARequest().DraftAsync()).Id, Cancel));
        await ARequest().DraftAsync();
        Assert.Null(
            await Portal.Get<AgencyService>()
                .ChangeSettingsAsync(Owner, TestPortal.NewSettings with { LinkLife = new LinkLife(2, LinkLifeUnit.Day) }, Cancel));
        await ARequest().SentAsync();
        Assert.Null(
            await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { ReminderDays = [3, 7] }, Cancel));

        Assert.Equal(0, await AfterDaysAsync(3.1));
    }

    [Fact]
    public async Task Completed_after_the_reminder_was_queued_it_does_not_leave()
    {
        var request = await ARequest().SentAsync();
        var baker = await AParticipant(request);
        await DeliverAsync();
        Assert.Equal(1, await AfterDaysAsync(3.1));

        Assert.Null(await Wizard.CompleteAsync(baker, Cancel));

        Assert.Equal([Owner.Email], (await DeliverAsync()).Select(m => m.To)); // the completion, not the reminder
    }

    [Fact]
    public async Task Sending_again_counts_the_days_anew()
    {
        var request = await ARequest().SentAsync();
        Assert.Equal(1, await AfterDaysAsync(3.1));
        Value(await Requests.ResendAsync(Owner, request.Id, Cancel));

        Assert.Equal(0, await AfterDaysAsync(2.9));
        Assert.Equal(1, await AfterDaysAsync(0.2));
    }

    [Fact]
    public async Task Two_nodes_remind_once_and_another_agencys_days_count_for_itself()
    {
        await ARequest().For("a@bakery.example").SentAsync();
        await ARequest().By(Stranger).For("b@bakery.example").SentAsync();
        await DeliverAsync();
        await using var other = Portal.AnotherNode();
        Clock.Advance(TimeSpan.FromDays(3.1));

        var reminded = await Task.WhenAll(
            new[] { Portal, other }.Select(node => Task.Run(() => node.Get<RequestReminders>().RemindAsync(Cancel))));

        Assert.Equal(1, reminded.Sum());
        Assert.Equal(["a@bakery.example"], (await DeliverAsync()).Select(m => m.To));
    }

    [Fact]
    public async Task A_day_missed_for_more_than_a_day_is_left_out()
    {
        await ARequest().SentAsync();

        Assert.Equal(0, await AfterDaysAsync(4.1));
        Assert.Equal(1, await AfterDaysAsync(3));
    }

    private async Task<int> AfterDaysAsync(double days)
    {
        Clock.Advance(TimeSpan.FromDays(days));
        return await Reminders.RemindAsync(Cancel);
    }

    private async Task<IReadOnlyList<OnboardingPortal.Core.Outbox.OutgoingEmail>> DeliverAsync()
    {
        Mail.Forget();
        await Outbox.DeliverAsync(Cancel);
        return Mail.Taken;
    }
}

public sealed class SqliteReminderTests() : ReminderTests(DatabaseProvider.Sqlite);

public sealed class PostgresReminderTests() : ReminderTests(DatabaseProvider.Postgres);
