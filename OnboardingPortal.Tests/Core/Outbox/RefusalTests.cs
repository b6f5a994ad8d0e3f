using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

/// <summary>Mails that a transport refuses for good.</summary>
public abstract class RefusalTests(DatabaseProvider database) : PortalTest(database)
{
    private const string To = "client@bakery.example";

    private DeliveryService Deliveries => Portal.Get<DeliveryService>();

    [Fact]
    public async Task A_mail_refused_for_good_is_dead_shows_as_refused_and_is_told_to_the_requester()
    {
        var (request, mail) = await QueuedAsync();
        var attempt = await ClaimAsync(mail);

        Assert.False(await Deliveries.RefusedAsync(mail, attempt - 1, "550 no", Cancel)); // somebody else took over
        Assert.True(await Deliveries.RefusedAsync(mail, attempt, "550 5.1.1 no such user", Cancel));
        Assert.False(await Deliveries.RefusedAsync(mail, attempt, "550 5.1.1 no such user", Cancel));

        var details = await DetailsOf(request);
        Assert.Equal(
            (EmailState.Dead, DeliveryState.Bounced, "550 5.1.1 no such user"),
            (details.Mails[0].State, details.Mails[0].Delivery!.Value, details.Mails[0].LastError));
        Assert.Equal(
            (DeliveryState.Bounced, "550 5.1.1 no such user"),
            (details.Request.Recipients[0].Delivery!.Value, details.Request.Recipients[0].DeliveryText));
        Assert.Single(details.Events, e => e.Kind == AuditKind.EmailBounced);
        Assert.Equal(HubReason.MailCameBack, Assert.Single((await Portal.Get<HubReader>().ReadAsync(Owner.Scope, Cancel)).Needs).Reason);
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Assert.Equal(Owner.Email, Assert.Single(Mail.Taken).To);
    }

    [Fact]
    public async Task The_outbox_ends_a_refused_mail_that_way_and_keeps_the_services_id_of_one_that_was_taken()
    {
        var request = await ARequest().For("typo@bakery.example", To).SentAsync();
        Mail.BeforeTaking = m => m.To == "typo@bakery.example" ? throw new EmailRefusedException("550 no such user") : Task.CompletedTask;

        await Outbox.DeliverAsync(Cancel);
        var details = await DetailsOf(request.Id);
        Assert.Equal((EmailState.Dead, DeliveryState.Bounced), (details.Mails[0].State, DeliveryOf(details, "typo@bakery.example")!.Value));
        var taken = new DeliveryReport(
            "event", DeliveryState.Delivered, Clock.Now, To, null, $"taken-{details.Mails[1].Id}.filter0001", null);
        Assert.Equal(1, await Deliveries.ApplyAsync([taken], Cancel));
        Assert.Equal(DeliveryState.Delivered, DeliveryOf(await DetailsOf(request.Id), To));
        Assert.Equal(RequestActivity.Bounced, (await RowOf(request.Id)).Activity);

        await Outbox.DeliverAsync(Cancel);
        Assert.Contains(
            Mail.Taken, m => m.To == Owner.Email && m.Content.Subject.Contains("typo@bakery.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_mail_or_one_of_a_deleted_request_is_dead_when_it_is_refused()
    {
        var (request, mail) = await QueuedAsync();
        var attempt = await ClaimAsync(mail);
        Value(await Requests.DeleteAsync(Owner, request, Cancel));

        Assert.True(await Deliveries.RefusedAsync(mail, attempt, "550 no", Cancel));

        await using var db = Portal.Contexts.Create(Owner.Agency);
        var dead = await db.EmailMessages.SingleAsync(Cancel);
        Assert.Equal((EmailState.Dead, DeliveryState.Bounced), (dead.State, dead.Delivery!.Value));
    }

    private static DeliveryState? DeliveryOf(RequestDetails details, string address) =>
        details.Request.Recipients.Single(r => r.Email == address).Delivery;

    private async Task<(RequestId Request, EmailMessage Mail)> QueuedAsync()
    {
        var request = await ARequest().For(To).SentAsync();
        return (request.Id, (await DetailsOf(request.Id)).Mails[0]);
    }

    private async Task<int> ClaimAsync(EmailMessage mail)
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        await db.EmailMessages.Where(m => m.Id == mail.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Attempts, m => m.Attempts + 1), Cancel);
        return mail.Attempts + 1;
    }
}

public sealed class RefusalTestsOnSqlite() : RefusalTests(DatabaseProvider.Sqlite);

public sealed class RefusalTestsOnPostgres() : RefusalTests(DatabaseProvider.Postgres);
