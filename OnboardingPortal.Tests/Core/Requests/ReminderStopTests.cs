using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>Each mail with a request lets its reader stop the reminders, and nobody else.</summary>
public abstract partial class ReminderStopTests(DatabaseProvider database) : PortalTest(database)
{
    private ReminderStops Stops => Portal.Get<ReminderStops>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.Null(
            await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { ReminderDays = [3, 7] }, Cancel));
    }

    [Fact]
    public async Task Whoever_stops_the_reminders_gets_none_and_the_others_do()
    {
        var request = await ARequest().For("a@bakery.example", "b@bakery.example").SentAsync();
        var mail = (await DeliverAsync()).Single(m => m.To == "a@bakery.example");
        var ticket = TicketOf(mail);
        Assert.Equal(new ReminderStop(Owner.Agency, "Brightside Agency", "a@bakery.example", false), await Stops.FindAsync(ticket, Cancel));
        // looking stops nothing
        Assert.Null((await DetailsOf(request.Id)).Request.Recipients.Single(r => r.Email == "a@bakery.example").RemindersStoppedAt);

        Assert.Null(await Stops.StopAsync(ticket, "198.51.100.7", Cancel));
        Assert.Null(await Stops.StopAsync(ticket, "198.51.100.7", Cancel)); // a second press

        Assert.True((await Stops.FindAsync(ticket, Cancel))!.IsStopped);
        Assert.Equal(["b@bakery.example"], (await RemindAfterAsync(3)).Select(m => m.To));
        var noted = Assert.Single((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.RemindersStopped);
        Assert.Equal(("a@bakery.example", "198.51.100.7"), (noted.Detail, noted.Address));

        Assert.Null(await Stops.ResumeAsync(ticket, null, Cancel));
        var reminders = await RemindAfterAsync(4);
        Assert.Equal(["a@bakery.example", "b@bakery.example"], reminders.Select(m => m.To).Order());
        Assert.False(string.IsNullOrEmpty(TicketOf(reminders[0])));
    }

    [Fact]
    public async Task The_ticket_is_the_recipients_alone_and_opens_nothing()
    {
        var request = await ARequest().In("de").SentAsync();
        var mail = Assert.Single(await DeliverAsync());
        var ticket = TicketOf(mail);

        Assert.DoesNotContain(request.Token, ticket, StringComparison.Ordinal);
        Assert.IsType<LinkUnknown>((await Links.FindAsync(ticket, Cancel)).Error);
        Assert.Contains(
            $"Keine Erinnerungen mehr: {mail.Content.Text.Split("Keine Erinnerungen mehr: ")[1].Split('\r')[0]}", mail.Content.Text,
            StringComparison.Ordinal);
        Assert.Contains(ticket, mail.Content.Html, StringComparison.Ordinal);
        Assert.Equal((Owner.Agency, "de"), (await Stops.FindAgencyAsync(ticket, Cancel), await Stops.FindLanguageAsync(ticket, Cancel)));
    }

    [Fact]
    public async Task A_forged_ticket_and_one_of_a_deleted_request_are_like_one_that_never_was()
    {
        var request = await ARequest().SentAsync();
        var ticket = TicketOf(Assert.Single(await DeliverAsync()));
        await ARequest().By(Stranger).For("c@harbour.example").SentAsync();
        var foreign = TicketOf(Assert.Single(await DeliverAsync()));
        Assert.Equal(Stranger.Agency, await Stops.FindAgencyAsync(foreign, Cancel)); // on Brightside's host it is unknown by this
        Value(await Requests.DeleteAsync(Owner, request.Id, Cancel));

        foreach (var bad in new[]
        {
            ticket, "", "1", "sample", ticket[..^1], ticket + "x", request.Token, "' OR 1=1 --",
            Portal.Get<LinkTokens>().Make().ProtectedToken
        })
        {
            Assert.Null(await Stops.FindAsync(bad, Cancel));
            Assert.Null(await Stops.FindAgencyAsync(bad, Cancel));
            Assert.Null(await Stops.FindLanguageAsync(bad, Cancel));
            Assert.IsType<LinkUnknown>(await Stops.StopAsync(bad, null, Cancel));
            Assert.IsType<LinkUnknown>(await Stops.ResumeAsync(bad, null, Cancel));
        }
    }

    [Fact]
    public async Task A_reminder_that_waits_to_be_sent_is_stopped_too()
    {
        var request = await ARequest().SentAsync();
        var ticket = TicketOf(Assert.Single(await DeliverAsync()));
        Clock.Advance(TimeSpan.FromDays(3.1));
        Assert.Equal(1, await Portal.Get<RequestReminders>().RemindAsync(Cancel));

        Assert.Null(await Stops.StopAsync(ticket, null, Cancel));

        Assert.Empty(await DeliverAsync());
        Assert.DoesNotContain((await DetailsOf(request.Id)).Mails, m => m.State == EmailState.Dead); // nothing failed
    }

    [Fact]
    public async Task The_stop_is_about_reminders_alone()
    {
        var request = await ARequest().SentAsync();
        Assert.Null(await Stops.StopAsync(TicketOf(Assert.Single(await DeliverAsync())), null, Cancel));
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, Value(await Requests.ResendAsync(Owner, request.Id, Cancel))); // a person wrote again

        Assert.Single(await DeliverAsync());
    }

    [Theory]
    [InlineData(DeliveryState.Bounced)]
    [InlineData(DeliveryState.Dropped)]
    [InlineData(DeliveryState.Spam)]
    public async Task Where_mail_came_back_nobody_is_reminded(DeliveryState state)
    {
        await ARequest().For("back@bakery.example", "well@bakery.example").SentAsync();
        await DeliverAsync();
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Recipients.ExecuteUpdateAsync(set => set.SetProperty(r => r.Delivery, DeliveryState.Delivered), Cancel);
            await db.Recipients.Where(r => r.Email == "back@bakery.example")
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Delivery, state), Cancel);
        }

        Assert.Equal(["well@bakery.example"], (await RemindAfterAsync(3)).Select(m => m.To));
    }

    [Fact]
    public async Task Once_a_participant_did_their_part_nobody_is_reminded()
    {
        var request = await ARequest().SentAsync();
        var baker = await AParticipant(request);
        await AParticipant(request, "The clerk");
        await DeliverAsync();
        Clock.Advance(TimeSpan.FromDays(3.1));
        Assert.Equal(1, await Portal.Get<RequestReminders>().RemindAsync(Cancel));
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.Participants.Where(p => p.Id == baker.Participant)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.DoneAt, Clock.Now), Cancel);
        }

        Assert.Empty(await DeliverAsync()); // what waited does not leave either
        Assert.Empty(await RemindAfterAsync(4));
    }

    [Fact]
    public async Task Nobody_is_reminded_more_often_in_a_links_life_than_settings_can_say()
    {
        var agencies = Portal.Get<AgencyService>();
        Assert.Null(await agencies.ChangeSettingsAsync(Owner, TestPortal.NewSettings with { ReminderDays = [1, 2, 3, 4, 5] }, Cancel));
        var request = await ARequest().SentAsync();
        await DeliverAsync();
        for (var day = 0; day < 5; day++) Assert.Single(await RemindAfterAsync(1));
        Assert.Null(await agencies.ChangeSettingsAsync(Owner, TestPortal.NewSettings with { ReminderDays = [6, 7] }, Cancel));
        var version = (await DetailsOf(request.Id)).Request.Version;

        Assert.Empty(await RemindAfterAsync(1));
        Assert.Empty(await RemindAfterAsync(1));
        Assert.Equal(version, (await DetailsOf(request.Id)).Request.Version);
        Value(await Requests.ResendAsync(Owner, request.Id, Cancel)); // a new life
        await DeliverAsync();
        Assert.Single(await RemindAfterAsync(6));
    }

    private static string TicketOf(OutgoingEmail mail)
    {
        var ticket = Ticket().Match(mail.Content.Text).Groups[1].Value;
        // what mail programs offer leads to the same place
        Assert.Equal($"https://portal.example/r/stop/{ticket}", mail.StopLink?.AbsoluteUri);
        return ticket;
    }

    [GeneratedRegex(@": https://portal\.example/r/stop/([\w-]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Ticket();

    private async Task<IReadOnlyList<OutgoingEmail>> RemindAfterAsync(double days)
    {
        Clock.Advance(TimeSpan.FromDays(days));
        await Portal.Get<RequestReminders>().RemindAsync(Cancel);
        return await DeliverAsync();
    }

    private async Task<IReadOnlyList<OutgoingEmail>> DeliverAsync()
    {
        Mail.Forget();
        await Outbox.DeliverAsync(Cancel);
        return Mail.Taken;
    }
}

public sealed class ReminderStopTestsOnSqlite() : ReminderStopTests(DatabaseProvider.Sqlite);

public sealed class ReminderStopTestsOnPostgres() : ReminderStopTests(DatabaseProvider.Postgres);
