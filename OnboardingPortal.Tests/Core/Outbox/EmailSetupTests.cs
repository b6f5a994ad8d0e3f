using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

public abstract class EmailSetupTests(DatabaseProvider database) : PortalTest(database)
{
    private EmailSetup Setup => Portal.Get<EmailSetup>();

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Email:Transport"] = "SendGrid",
        ["Email:SendGrid:ApiKey"] = "SG.secret-key",
    };

    [Fact]
    public void A_main_user_sees_what_is_configured_and_no_secret()
    {
        var state = Value(Setup.Get(Owner));

        Assert.Equal(
            ("SendGrid", "onboarding@portal.example", true, false),
            (state.Transport, state.FromAddress, state.HasWebhook, state.IsWebhookKeySet));
        Assert.Equal("https://portal.example/webhooks/sendgrid", state.Webhook.AbsoluteUri);
        Assert.Equal(
            ["Email:SendGrid:BaseUrl=https://api.sendgrid.com/", "Email:SendGrid:ApiKey=", "Email:SendGrid:SandboxMode=false"],
            state.Settings.Select(s => $"{s.Name}={s.Value}"));
        Assert.DoesNotContain("secret-key", $"{state} {string.Join(' ', state.Settings)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sub_user_neither_sees_nor_tries_it()
    {
        Assert.IsType<NotAllowed>(Setup.Get(Member).Error);
        Assert.IsType<NotAllowed>((await Setup.SendTestAsync(Member, "en", Cancel)).Error);
        Assert.Empty(Mail.Tried);
    }

    [Fact]
    public async Task A_test_mail_leaves_at_once_and_only_once_and_its_answer_is_told()
    {
        var answer = Value(await Setup.SendTestAsync(Owner, "en", Cancel));

        var mail = Assert.Single(Mail.Taken);
        Assert.Equal(new EmailTestAnswer(EmailTestOutcome.Taken, Owner.Email, $"taken-{mail.Id}"), answer);
        Assert.Equal($"{mail.Id}@portal.example", mail.MessageId);
        Assert.IsType<TestMailTooSoon>((await Setup.SendTestAsync(Owner, "en", Cancel)).Error);
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var row = await db.EmailMessages.SingleAsync(Cancel);
        Assert.Equal((EmailState.Sent, $"taken-{mail.Id}"), (row.State, row.ProviderId));
        Assert.Equal(AuditKind.TestMailSent, (await db.AuditEvents.SingleAsync(Cancel)).Kind);
    }

    public static TheoryData<string> Failures => ["refused", "busy", "smtp", "http", "disk"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Why_a_test_mail_was_not_taken_is_told_and_it_is_not_tried_again(string failure)
    {
        Mail.BeforeTaking = _ => throw (failure switch
        {
            "refused" => new EmailRefusedException("550 no"),
            "busy" => new EmailBusyException("550 no", TimeSpan.FromHours(1)),
            "smtp" => new IOException("550 no"),
            "http" => new HttpRequestException("550 no"),
            _ => new IOException("550 no"),
        });

        var answer = Value(await Setup.SendTestAsync(Owner, "en", Cancel));

        Assert.Equal(
            new EmailTestAnswer(failure == "refused" ? EmailTestOutcome.Refused : EmailTestOutcome.NotTaken, Owner.Email, "550 no"),
            answer);
        Mail.BeforeTaking = _ => Task.CompletedTask;
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
        Assert.Equal(EmailTestOutcome.Taken, Value(await Setup.SendTestAsync(Owner, "de", Cancel)).Outcome);
        Assert.Contains(Portal.Logs.Lines, l => l.StartsWith("Warning 4113", StringComparison.Ordinal));
    }
}

public sealed class EmailSetupTestsOnSqlite() : EmailSetupTests(DatabaseProvider.Sqlite);

public sealed class EmailSetupTestsOnPostgres() : EmailSetupTests(DatabaseProvider.Postgres);
