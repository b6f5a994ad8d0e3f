using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

/// <summary>What counts as an attempt, and what is written down of it, on bad days.</summary>
public abstract class OutboxAttemptTests(DatabaseProvider database) : PortalTest(database)
{
    private readonly FailingCommands _commands = new();

    protected override void Register(IServiceCollection services) => _commands.Register(services);

    [Fact]
    public async Task Mails_that_a_slow_server_leaves_no_time_for_lose_no_attempt()
    {
        for (var i = 0; i < 4; i++) await ARequest().For([.. Enumerable.Range(0, 50).Select(n => $"a{n}@bakery.example")]).SentAsync();
        var failed = new HashSet<EmailMessageId>();
        Mail.BeforeTaking = mail =>
        {
            lock (failed)
            {
                Clock.Advance(TimeSpan.FromSeconds(11)); // a lease of two minutes holds for a handful of a hundred
                return failed.Add(mail.Id) ? throw new IOException("421 try later") : Task.CompletedTask;
            }
        };

        for (var rounds = 0; Mail.Taken.Count < 200 && rounds < 600; rounds++)
        {
            await Outbox.DeliverAsync(Cancel);
            Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal((200, 400), (Mail.Taken.Count, Mail.Tried.Count));
        Assert.All(await MailsAsync(), m => Assert.Equal((EmailState.Sent, 2), (m.State, m.Attempts)));
    }

    [Fact]
    public async Task A_node_that_stops_hands_back_what_it_had_not_begun()
    {
        await ARequest().For([.. Enumerable.Range(0, 50).Select(i => $"a{i}@bakery.example")]).SentAsync();
        await using var other = Portal.AnotherNode();
        using var stopping = new CancellationTokenSource();
        var (heard, isStopping) = (new TaskCompletionSource(), 0);
        Mail.BeforeTaking = _ =>
        {
            if (Mail.Taken.Count < 4) return Task.CompletedTask;
            if (Interlocked.Exchange(ref isStopping, 1) == 0)
            {
                stopping.Cancel();
                heard.SetResult(); // everybody who listens has heard it; nothing more is taken before
            }

            return heard.Task;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Outbox.DeliverAsync(stopping.Token));
        Mail.BeforeTaking = _ => Task.CompletedTask;
        var left = 50 - Mail.Tried.Count;
        Assert.InRange(left, 1, 49);

        // At once, without waiting for a lease to end; but for what was being put into words when the node stopped.
        Assert.InRange(await other.Get<OutboxDelivery>().DeliverAsync(Cancel), left - 8, left);

        Assert.All(await MailsAsync(), m => Assert.Equal(1, m.Attempts));
    }

    [Fact]
    public async Task A_database_that_cannot_be_read_for_a_mails_words_costs_no_attempt()
    {
        await ARequest().SentAsync();
        _commands.Before = command => command.Contains("DefaultMessage", StringComparison.Ordinal)
            ? throw new NpgsqlException("The connection was lost.")
            : Task.CompletedTask;
        for (var round = 0; round < EmailMessage.MaxAttempts + 2; round++)
        {
            Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
            Clock.Advance(TimeSpan.FromMinutes(2));
        }

        _commands.Before = _ => Task.CompletedTask;
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Assert.Equal(
            (EmailState.Sent, 1, null),
            Assert.Single(await MailsAsync()) is var mail ? (mail.State, mail.Attempts, mail.LastError) : default);
    }

    [Fact]
    public async Task A_passing_failure_of_the_database_while_outcomes_are_written_down_sends_nothing_twice()
    {
        await ARequest().For([.. Enumerable.Range(0, 40).Select(i => $"a{i}@bakery.example")]).SentAsync();
        var failures = 0;
        _commands.Before = command => IsAcknowledgement(command) && failures++ < 4
            ? throw new NpgsqlException("The connection was lost.")
            : Task.CompletedTask;

        Assert.Equal(40, await Outbox.DeliverAsync(Cancel));
        Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));

        Assert.Equal(40, Mail.Tried.Count);
        Assert.All(await MailsAsync(), m => Assert.Equal(EmailState.Sent, m.State));
    }

    [Fact]
    public async Task A_refusal_for_good_that_cannot_be_written_down_at_once_is_written_down_later_and_the_mail_is_not_tried_again()
    {
        var request = await ARequest().For("nobody@bakery.example").SentAsync();
        Mail.BeforeTaking = mail => mail.To == "nobody@bakery.example"
            ? throw new EmailRefusedException("550 5.1.1 No such user")
            : Task.CompletedTask;
        var failures = 0;
        _commands.Before = command => IsAcknowledgement(command) && failures++ < 1
            ? throw new TimeoutException("The database took too long.")
            : Task.CompletedTask;

        await Outbox.DeliverAsync(Cancel);
        Clock.Advance(TimeSpan.FromMinutes(3));
        await Outbox.DeliverAsync(Cancel);

        Assert.Single(Mail.Tried, m => m.To == "nobody@bakery.example");
        Assert.Equal(DeliveryState.Bounced, Assert.Single((await DetailsOf(request.Id)).Request.Recipients).Delivery);
    }

    [Fact]
    public async Task While_nothing_can_be_written_down_nothing_more_is_sent()
    {
        for (var i = 0; i < 4; i++) await ARequest().For([.. Enumerable.Range(0, 50).Select(n => $"a{n}@bakery.example")]).SentAsync();
        var (failures, isAway) = (0, true);
        _commands.Before = command => IsAcknowledgement(command) && isAway && Interlocked.Increment(ref failures) > 0
            ? throw new NpgsqlException("The connection was lost.")
            : Task.CompletedTask;
        Clock.SkipWaits = true;

        var round = Task.Run(() => Outbox.DeliverAsync(Cancel), Cancel);
        await UntilAsync(() => Volatile.Read(ref failures) > 20);
        var sent = Mail.Tried.Count;
        await UntilAsync(() => Volatile.Read(ref failures) > 60);
        Assert.Equal(sent, Mail.Tried.Count);
        Assert.InRange(sent, 1, 150);
        isAway = false;
        await round;

        for (var rounds = 0; Mail.Taken.Count < 200 && rounds < 20; rounds++) await Outbox.DeliverAsync(Cancel);
        Assert.Equal((200, 200), (Mail.Tried.Count, Mail.Tried.Select(m => m.Id).Distinct().Count()));
    }

    [Fact]
    public async Task A_no_to_the_sender_is_one_trouble_that_main_users_see_and_no_recipient_is_blamed()
    {
        await using var server = new ScriptedSmtp();
        await using var transports = new EmailTransports(
            ("Transport", "Smtp"), ("Smtp:Host", server.Address.ToString()),
            ("Smtp:Port", server.Port.ToString(CultureInfo.InvariantCulture)), ("Smtp:StartTls", "false"));
        Mail.BeforeTaking = mail => transports.Transport.SendAsync(mail, Cancel);
        server.Answers["RCPT"] =
            "553 5.7.1 <onboarding@portal.example.test>: Sender address rejected: not owned by user other@portal.example.test";
        var requests = new List<GivenRequest>();
        for (var i = 0; i < 3; i++) requests.Add(await ARequest().For($"a{i}@bakery.example").SentAsync());
        await ARequest().By(Stranger).For("b@bakery.example").DraftAsync();

        for (var round = 0; round < 20; round++)
        {
            Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
            Clock.Advance(TimeSpan.FromHours(2));
        }

        var trouble = await Portal.Get<GivenUpMails>().FindTroubleAsync(Owner, Cancel);
        Assert.Contains("not owned by user", trouble!.Words, StringComparison.Ordinal);
        Assert.Equal((FakeTime.Start, 3), (trouble.Since, trouble.Mails));
        Assert.Null(await Portal.Get<GivenUpMails>().FindTroubleAsync(Member, Cancel));
        Assert.Null(await Portal.Get<GivenUpMails>().FindTroubleAsync(Stranger, Cancel));
        foreach (var request in requests) Assert.Null(Assert.Single((await DetailsOf(request.Id)).Request.Recipients).Delivery);

        server.Answers["RCPT"] = "250 2.1.5 Ok";
        Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal(3, await Outbox.DeliverAsync(Cancel));
        Assert.Null(await Portal.Get<GivenUpMails>().FindTroubleAsync(Owner, Cancel));
    }

    [Fact]
    public async Task A_limit_of_what_we_send_is_one_trouble_until_it_is_over()
    {
        await using var server = new ScriptedSmtp();
        await using var transports = new EmailTransports(
            ("Transport", "Smtp"), ("Smtp:Host", server.Address.ToString()),
            ("Smtp:Port", server.Port.ToString(CultureInfo.InvariantCulture)), ("Smtp:StartTls", "false"));
        Mail.BeforeTaking = mail => transports.Transport.SendAsync(mail, Cancel);
        server.Answers["."] = "550-5.4.5 Daily user sending limit exceeded. For more information on\n550 5.4.5 sending limits go to "
            + "https://support.example.test/a/answer/1";
        await ARequest().For([.. Enumerable.Range(0, 40).Select(i => $"a{i}@bakery.example")]).SentAsync();

        for (var round = 0; round < 48; round++) // a day
        {
            Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
            Assert.Contains(
                "Daily user sending limit exceeded", (await Portal.Get<GivenUpMails>().FindTroubleAsync(Owner, Cancel))!.Words,
                StringComparison.Ordinal);
            Clock.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Equal(40, (await Portal.Get<GivenUpMails>().FindTroubleAsync(Owner, Cancel))!.Mails);
        server.Answers["."] = "250 2.0.0 Queued";
        Assert.Equal(40, await Outbox.DeliverAsync(Cancel));
        Assert.Null(await Portal.Get<GivenUpMails>().FindTroubleAsync(Owner, Cancel));
    }

    [Fact]
    public async Task A_recipients_server_that_asks_to_come_again_is_no_trouble_of_sending()
    {
        await using var server = new ScriptedSmtp();
        await using var transports = new EmailTransports(
            ("Transport", "Smtp"), ("Smtp:Host", server.Address.ToString()),
            ("Smtp:Port", server.Port.ToString(CultureInfo.InvariantCulture)), ("Smtp:StartTls", "false"));
        Mail.BeforeTaking = mail => transports.Transport.SendAsync(mail, Cancel);
        server.Answers["RCPT"] = "450 4.2.0 Greylisted, come again in five minutes";
        await ARequest().SentAsync();

        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));

        Assert.Null(await Portal.Get<GivenUpMails>().FindTroubleAsync(Owner, Cancel));
    }

    private static bool IsAcknowledgement(string command) =>
        command.StartsWith("UPDATE", StringComparison.Ordinal) && command.Contains("email_messages", StringComparison.Ordinal)
            && command.Contains("\"LastError\" =", StringComparison.Ordinal);

    private async Task<IReadOnlyList<EmailMessage>> MailsAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return await db.EmailMessages.ToListAsync(Cancel);
    }
}

public sealed class OutboxAttemptTestsOnSqlite() : OutboxAttemptTests(DatabaseProvider.Sqlite);

public sealed class OutboxAttemptTestsOnPostgres() : OutboxAttemptTests(DatabaseProvider.Postgres);
