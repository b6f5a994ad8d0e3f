using Bunit;
using OnboardingPortal.App.Features.Email;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Email;

public sealed class EmailPageTests : PortalContext
{
    private string _transport = "SendGrid";

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Email:Transport"] = _transport,
        ["Email:SendGrid:ApiKey"] = "SG.secret-key",
        ["Email:Smtp:Host"] = "mail.example",
        ["Email:Smtp:Username"] = "portal",
        ["Email:Smtp:Password"] = "secret-password",
    };

    [Fact]
    public void The_page_says_how_mails_leave_and_where_SendGrid_tells_what_becomes_of_them()
    {
        var page = RenderFor<EmailPage>(Owner);

        Assert.Equal(["How mails leave", "What becomes of mails", "Given-up emails"], page.FindAll("h2").Select(h => h.TextContent));
        Assert.Contains(
            page.FindAll("dt"),
            name => name.TextContent.Trim().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal) == "Email__FromAddress");
        Assert.Contains("https://portal.example/webhooks/sendgrid", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Missing: events are refused", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_concern_no_mail_are_seen()
    {
        DeliveryReport stray = new("e1", DeliveryState.Bounced, Clock.Now, "somebody@else.example", null, "nobodys", null);
        await Portal.Get<DeliveryService>().ApplyAsync([stray, stray with { Id = "e2" }], Cancel);

        var page = RenderFor<EmailPage>(Owner);

        page.WaitForAssertion(
            () => Assert.Contains("2 events of the last 7 days concern no email of this portal.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_mail_server_there_is_nothing_to_enter_anywhere()
    {
        var state = await OfAMailServerAsync();

        var card = RenderFor<EmailEventsCard>(Owner, p => p.Add(c => c.State, state));

        Assert.Contains("A mail server says at once whom it refuses", card.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("webhooks/sendgrid", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_servers_settings_are_shown_without_the_password()
    {
        var state = await OfAMailServerAsync();

        var card = RenderFor<EmailTransportCard>(Owner, p => p.Add(c => c.State, state));

        Assert.Contains("mail.example", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Set, never shown", card.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_button_tells_the_transports_own_answer()
    {
        var page = RenderFor<EmailPage>(Owner);
        Mail.BeforeTaking = _ => throw new EmailRefusedException("550 <b>no</b>");

        await Button(page, "Send a test mail").ClickAsync(new());
        page.WaitForAssertion(
            () => Assert.Contains("was refused for good.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Contains("The answer: 550 <b>no</b>", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        Mail.BeforeTaking = _ => Task.CompletedTask;
        await Button(page, "Send a test mail").ClickAsync(new());
        page.WaitForAssertion(
            () => Assert.Contains(
                $"SendGrid took the test mail to {Owner.Email}.", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Contains("taken-", page.Find("[role=status]").TextContent, StringComparison.Ordinal);

        await Button(page, "Send a test mail").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Please wait ten seconds", Told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_the_mail_server_takes_nothing_from_us_is_told_once_in_its_words()
    {
        await ARequest().For("a@bakery.example", "b@bakery.example").SentAsync();
        Mail.BeforeTaking = _ => throw new EmailBusyException("550 5.4.5 Daily <b>limit</b> exceeded", TimeSpan.FromHours(1));
        await Outbox.DeliverAsync(Cancel);

        var page = RenderFor<EmailPage>(Owner);

        page.WaitForAssertion(
            () => Assert.Contains(
                "2 emails wait because they cannot be sent.", Assert.Single(page.FindAll("[role=alert]")).TextContent,
                StringComparison.Ordinal));
        Assert.Contains(
            "The answer: 550 5.4.5 Daily <b>limit</b> exceeded", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private async Task<EmailSetupState> OfAMailServerAsync()
    {
        _transport = "Smtp";
        await using var portal = Portal.AnotherNode(Settings);
        return portal.Get<EmailSetup>().Get(Owner).Value;
    }
}
