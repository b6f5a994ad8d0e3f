using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

public abstract class OutboxTests(DatabaseProvider database) : PortalTest(database)
{
    [Fact]
    public async Task A_mail_that_was_taken_is_noted_and_not_sent_again()
    {
        var request = await ARequest().For("a@bakery.example").SentAsync();

        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));

        var details = await DetailsOf(request.Id);
        var mail = Assert.Single(details.Mails);
        Assert.Equal((EmailState.Sent, FakeTime.Start, 1, null), (mail.State, mail.SentAt, mail.Attempts, mail.LastError));
        Assert.Equal((AuditKind.EmailSent, "a@bakery.example"), (details.Events[0].Kind, details.Events[0].Detail));
    }

    [Fact]
    public async Task Two_nodes_that_deliver_at_once_send_each_mail_once()
    {
        await ARequest().For([.. Enumerable.Range(0, 20).Select(i => $"a{i}@bakery.example")]).SentAsync();
        await using var other = Portal.AnotherNode();

        var sent = await Task.WhenAll(new[] { Outbox, other.Get<OutboxDelivery>() }.Select(o => Task.Run(() => o.DeliverAsync(Cancel))));

        Assert.Equal(20, sent.Sum());
        Assert.Equal(20, Mail.Tried.Select(m => m.To).Distinct().Count());
        Assert.Equal(20, Mail.Tried.Count);
    }

    [Fact]
    public async Task More_mails_than_one_batch_leave_in_one_round()
    {
        for (var i = 0; i < 3; i++) await ARequest().For([.. Enumerable.Range(0, 40).Select(n => $"a{n}@bakery.example")]).SentAsync();

        Assert.Equal(120, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public async Task A_mail_that_is_refused_is_tried_again_after_growing_pauses_with_the_same_Message_ID_until_it_is_given_up()
    {
        var request = await ARequest().SentAsync();
        Mail.BeforeTaking = _ => throw new IOException("421 try later " + new string('x', 2000));

        for (var attempt = 1; attempt <= EmailMessage.MaxAttempts; attempt++)
        {
            Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
            Assert.Equal(attempt, Mail.Tried.Count);
            var pause = (await DetailsOf(request.Id)).Mails[0].NextAttemptAt - Clock.Now;
            if (attempt == EmailMessage.MaxAttempts) break;
            Assert.InRange(pause.TotalSeconds, 30 * Math.Pow(2, attempt - 1) * 0.75, 30 * Math.Pow(2, attempt - 1) * 1.25);
            Clock.Advance(pause - TimeSpan.FromSeconds(1));
            await Outbox.DeliverAsync(Cancel);
            Assert.Equal(attempt, Mail.Tried.Count); // not a moment before
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
        Assert.Equal(EmailMessage.MaxAttempts, Mail.Tried.Count);
        Assert.Single(Mail.Tried.Select(m => m.MessageId).Distinct());
        Assert.EndsWith("@portal.example", Mail.Tried[0].MessageId, StringComparison.Ordinal);
        var details = await DetailsOf(request.Id);
        Assert.Equal((EmailState.Dead, EmailMessage.ErrorMaxLength), (details.Mails[0].State, details.Mails[0].LastError!.Length));
        Assert.Single(details.Events, e => e.Kind == AuditKind.EmailFailed);
    }

    [Fact]
    public async Task A_mail_that_is_refused_for_good_is_not_tried_again()
    {
        var request = await ARequest().For("a@bakery.example", "b@bakery.example").SentAsync();
        Mail.BeforeTaking = m => m.To == "a@bakery.example" ? throw new EmailRefusedException("550 No such user here") : Task.CompletedTask;

        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel)); // what the requester is told of it

        Assert.Equal(["a@bakery.example", "b@bakery.example", Owner.Email], Mail.Tried.Select(m => m.To).Order());
        var details = await DetailsOf(request.Id);
        Assert.Equal(
            (EmailState.Dead, 1, "550 No such user here"),
            details.Mails.Where(m => m.To == "a@bakery.example").Select(m => (m.State, m.Attempts, m.LastError)).Single());
        Assert.Equal(
            (AuditKind.EmailBounced, "a@bakery.example"),
            details.Events.Where(e => e.Kind is AuditKind.EmailFailed or AuditKind.EmailBounced).Select(e => (e.Kind, e.Detail)).Single());
    }

    [Fact]
    public async Task A_service_that_asks_to_wait_is_left_alone_until_then_and_no_mail_loses_an_attempt()
    {
        var request = await ARequest().For([.. Enumerable.Range(0, 20).Select(i => $"a{i}@bakery.example")]).SentAsync();
        Mail.BeforeTaking = _ => throw new EmailBusyException("too many requests", TimeSpan.FromMinutes(10));

        for (var round = 0; round < EmailMessage.MaxAttempts + 2; round++)
        {
            Mail.Forget();
            Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
            Assert.InRange(Mail.Tried.Count, 1, 8); // those that were on their way at the same instant
            Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
            Mail.Forget();
            Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
            Assert.Empty(Mail.Tried);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Mail.BeforeTaking = _ => Task.CompletedTask;
        Assert.Equal(20, await Outbox.DeliverAsync(Cancel));
        Assert.All((await DetailsOf(request.Id)).Mails, m => Assert.Equal((EmailState.Sent, null), (m.State, m.LastError)));
    }

    [Fact]
    public async Task The_services_own_id_of_a_mail_is_kept()
    {
        var request = await ARequest().SentAsync();

        await Outbox.DeliverAsync(Cancel);

        var mail = Assert.Single((await DetailsOf(request.Id)).Mails);
        Assert.Equal($"taken-{mail.Id}", mail.ProviderId);
    }

    [Fact]
    public async Task No_attempt_begins_that_could_outlast_its_lease()
    {
        await ARequest().For([.. Enumerable.Range(0, 30).Select(i => $"a{i}@bakery.example")]).SentAsync();
        Mail.BeforeTaking = _ =>
        {
            Clock.Advance(TimeSpan.FromSeconds(20)); // of a lease of two minutes
            return Task.CompletedTask;
        };

        var first = await Outbox.DeliverAsync(Cancel);
        Assert.InRange(first, 1, 29);
        while (await Outbox.DeliverAsync(Cancel) is var sent && Mail.Taken.Count < 30)
            Clock.Advance(TimeSpan.FromMinutes(sent == 0 ? 2 : 0));

        Assert.Equal(30, Mail.Tried.Count);
        Assert.Equal(30, Mail.Tried.Select(m => m.To).Distinct().Count());
    }

    [Fact]
    public async Task What_was_taken_is_noted_although_the_node_is_stopping()
    {
        var request = await ARequest().For([.. Enumerable.Range(0, 30).Select(i => $"a{i}@bakery.example")]).SentAsync();
        using var stopping = new CancellationTokenSource();
        Mail.BeforeTaking = async _ =>
        {
            if (Mail.Taken.Count >= 10) await stopping.CancelAsync();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Outbox.DeliverAsync(stopping.Token));

        var noted = (await DetailsOf(request.Id)).Mails.Where(m => m.State == EmailState.Sent).Select(m => m.To).Order();
        Assert.Equal(Mail.Taken.Select(m => m.To).Order(), noted);
    }

    [Fact]
    public async Task A_node_that_dies_while_sending_loses_nothing_another_takes_over_when_its_lease_ends()
    {
        await ARequest().SentAsync();
        using var dying = new CancellationTokenSource();
        Mail.BeforeTaking = async _ =>
        {
            await dying.CancelAsync();
            dying.Token.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Outbox.DeliverAsync(dying.Token));
        Mail.BeforeTaking = _ => Task.CompletedTask;
        await using var other = Portal.AnotherNode();

        Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await other.Get<OutboxDelivery>().DeliverAsync(Cancel));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await other.Get<OutboxDelivery>().DeliverAsync(Cancel));

        Assert.Equal(Mail.Tried[0].MessageId, Mail.Taken.Single().MessageId);
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_lease_ended_changes_nothing()
    {
        var request = await ARequest().SentAsync();
        await using var other = Portal.AnotherNode();
        var slow = true;
        Mail.BeforeTaking = async _ =>
        {
            if (!slow) return;
            slow = false;
            Clock.Advance(TimeSpan.FromMinutes(3));
            Assert.Equal(1, await other.Get<OutboxDelivery>().DeliverAsync(Cancel));
            throw new IOException("too late");
        };

        await Outbox.DeliverAsync(Cancel);

        var mail = Assert.Single((await DetailsOf(request.Id)).Mails);
        Assert.Equal((EmailState.Sent, 2, null), (mail.State, mail.Attempts, mail.LastError));
        Assert.Single((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.EmailSent);
    }

    [Fact]
    public async Task What_was_refused_queues_no_mail()
    {
        var request = await ARequest().SentAsync();
        await Requests.SendAsync(Owner, request.Id, "nobody", Cancel);
        await Requests.ResendAsync(Owner, request.Id, Cancel);

        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.Equal(1, await db.EmailMessages.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_request_speaks_its_own_language_and_else_the_agencys()
    {
        await ARequest().For("de@bakery.example").In("de").SentAsync();
        await ARequest().For("any@bakery.example").SentAsync();
        Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { Language = "de" }, Cancel));
        await ARequest().For("en@bakery.example").In("en").SentAsync();

        await Outbox.DeliverAsync(Cancel);

        var subjects = Mail.Taken.ToDictionary(m => m.To, m => m.Content.Subject);
        Assert.Equal("Onboarding-Anfrage von Brightside Agency", subjects["de@bakery.example"]);
        Assert.Equal("Onboarding-Anfrage von Brightside Agency", subjects["any@bakery.example"]);
        Assert.Equal("Onboarding Request from Brightside Agency", subjects["en@bakery.example"]);
        Assert.Contains("bis Montag, 21. Dezember 2026", Mail.Taken[0].Content.Text, StringComparison.Ordinal);
        Assert.Contains("lang=\"de\"", Mail.Taken[0].Content.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_holds_message_sender_services_expiry_and_link()
    {
        var request = await ARequest().Saying("First line\nsecond & last").Asking(Facebook, Mailchimp).SentAsync();

        await Outbox.DeliverAsync(Cancel);

        var mail = Assert.Single(Mail.Taken);
        Assert.Equal(("Brightside Agency", "onboarding@portal.example"), (mail.FromName, mail.FromAddress));
        var link = await request.LinkOfAsync(mail.To);
        foreach (var words in new[]
        {
            "First line\r\nsecond & last", "Facebook, Mailchimp", "The owner", "Monday, December 21, 2026", "Grant Permission Now",
            link.AbsoluteUri
        })
        {
            Assert.Contains(words, mail.Content.Text, StringComparison.Ordinal);
        }

        Assert.Contains($"<a href=\"{link}\"", mail.Content.Html, StringComparison.Ordinal);
        Assert.Contains("second &amp; last", mail.Content.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_is_only_text()
    {
        const string Evil = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
        var request = await ARequest().Saying(Evil).Asking(Mailchimp).SentAsync();
        await Outbox.DeliverAsync(Cancel);
        var baker = await AParticipant(request, Evil);
        await AnAccount(baker, Mailchimp, name: Evil);
        Assert.Null(await Wizard.CompleteAsync(baker, Cancel));
        await Outbox.DeliverAsync(Cancel);

        Assert.Equal(2, Mail.Taken.Count);
        Assert.All(Mail.Taken, m =>
        {
            Assert.DoesNotContain("<script", m.Content.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", m.Content.Html, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", m.Content.Html, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_subject_is_one_line_whatever_the_agency_is_called()
    {
        var agency = await Portal.AddAgencyAsync("Evil\r\nBcc: all@bakery.example\u0085Agency", Cancel);
        var caller = await Portal.AddUserAsync(agency, AgencyRole.MainUser, "Eve", "eve@evil.example", Cancel);
        await ARequest().By(caller).SentAsync();

        await Outbox.DeliverAsync(Cancel);

        Assert.DoesNotContain(Assert.Single(Mail.Tried).Content.Subject, char.IsControl);
        Assert.DoesNotContain(Mail.Tried[0].FromName, char.IsControl);
    }
}

public sealed class OutboxTestsOnSqlite() : OutboxTests(DatabaseProvider.Sqlite);

public sealed class OutboxTestsOnPostgres() : OutboxTests(DatabaseProvider.Postgres);
