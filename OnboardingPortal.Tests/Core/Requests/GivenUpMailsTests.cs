using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

public abstract class GivenUpMailsTests(DatabaseProvider database) : PortalTest(database)
{
    [Fact]
    public async Task A_mail_with_a_dead_link_is_neither_sent_nor_given_up()
    {
        var request = await ARequest().SentAsync();
        Clock.Advance(TimeSpan.FromDays(40));

        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));

        Assert.Empty(Mail.Tried);
        var details = await DetailsOf(request.Id);
        Assert.Equal(EmailState.Over, details.Mails[0].State);
        Assert.DoesNotContain(details.Events, e => e.Kind == AuditKind.EmailFailed); // nothing went wrong
        Assert.Empty(await Portal.Get<GivenUpMails>().ListAsync(Owner, null, Cancel));
    }

    [Fact]
    public async Task A_main_user_has_a_given_up_mail_sent_again_with_as_many_attempts_as_a_new_one_and_the_same_Message_ID()
    {
        var request = await ARequest().For("a@bakery.example").SentAsync();
        Mail.BeforeTaking = _ => throw new EmailRefusedException("550 Not now");
        await Outbox.DeliverAsync(Cancel);
        var givenUp = Assert.Single(await Portal.Get<GivenUpMails>().ListAsync(Owner, null, Cancel));
        Assert.Equal(
            (EmailKind.Request, "a@bakery.example", request.Id, 1, "550 Not now"),
            (givenUp.Kind, givenUp.To, givenUp.Request, givenUp.Attempts, givenUp.Error));

        Assert.Null(await Portal.Get<GivenUpMails>().SendAgainAsync(Owner, givenUp.Id, Cancel));
        Mail.BeforeTaking = _ => throw new IOException("421 try later");
        for (var attempt = 0; attempt < EmailMessage.MaxAttempts; attempt++)
        {
            Assert.DoesNotContain(await Portal.Get<GivenUpMails>().ListAsync(Owner, null, Cancel), m => m.Id == givenUp.Id);
            await Outbox.DeliverAsync(Cancel);
            Clock.Advance(TimeSpan.FromHours(8));
        }

        Assert.Equal(9, Assert.Single(await Portal.Get<GivenUpMails>().ListAsync(Owner, null, Cancel), m => m.Id == givenUp.Id).Attempts);
        Assert.Null(await Portal.Get<GivenUpMails>().SendAgainAsync(Owner, givenUp.Id, Cancel));
        Mail.BeforeTaking = _ => Task.CompletedTask;
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));

        Assert.Single(Mail.Tried.Select(m => m.MessageId).Distinct());
        var details = await DetailsOf(request.Id);
        // the refusal is over
        Assert.Equal(
            (EmailState.Sent, null, null), (details.Mails[0].State, details.Mails[0].Delivery, details.Request.Recipients[0].Delivery));
        Assert.IsType<MailNotGivenUp>(await Portal.Get<GivenUpMails>().SendAgainAsync(Owner, givenUp.Id, Cancel));
        Assert.Equal(2, (await DetailsOf(request.Id)).Events.Count(e => e.Kind == AuditKind.EmailRetried));
    }

    [Fact]
    public async Task Sub_users_and_other_agencies_neither_see_given_up_mails_nor_send_them_again()
    {
        await ARequest().SentAsync();
        Mail.BeforeTaking = _ => throw new EmailRefusedException("550 Not now");
        await Outbox.DeliverAsync(Cancel);
        var mails = Portal.Get<GivenUpMails>();
        var id = Assert.Single(await mails.ListAsync(Owner, null, Cancel)).Id;

        Assert.Empty(await mails.ListAsync(Member, null, Cancel));
        Assert.IsType<NotAllowed>(await mails.SendAgainAsync(Member, id, Cancel));
        Assert.Empty(await mails.ListAsync(Stranger, null, Cancel));
        Assert.IsType<MailNotGivenUp>(await mails.SendAgainAsync(Stranger, id, Cancel));

        Assert.Single(await mails.ListAsync(Owner, null, Cancel));
    }
}

public sealed class GivenUpMailsTestsOnSqlite() : GivenUpMailsTests(DatabaseProvider.Sqlite);

public sealed class GivenUpMailsTestsOnPostgres() : GivenUpMailsTests(DatabaseProvider.Postgres);
