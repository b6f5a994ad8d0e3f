using Bunit;
using OnboardingPortal.App.Features.Email;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Email;

public sealed class GivenUpListTests : PortalContext
{
    [Fact]
    public async Task A_given_up_mail_says_why_and_is_sent_again()
    {
        await ARequest().For("a@bakery.example").SentAsync();
        Mail.BeforeTaking = _ => throw new EmailRefusedException("550 <b>No such user</b>");
        await Outbox.DeliverAsync(Cancel);
        var page = RenderFor<EmailPage>(Owner);

        Assert.Contains("550 <b>No such user</b>", page.Find("tbody tr").TextContent, StringComparison.Ordinal); // as text
        Button(page, "Send again: a@bakery.example").Click();

        page.WaitForAssertion(() => Assert.Contains("The email to a@bakery.example is on its way again.", Told, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("tbody tr"));
        Mail.BeforeTaking = _ => Task.CompletedTask;
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public void Nothing_given_up_reads_as_good_news() =>
        Assert.Contains("every email has left or is on its way", RenderFor<EmailPage>(Owner).Markup, StringComparison.Ordinal);

    [Fact]
    public async Task More_than_one_page_is_shown_on_demand()
    {
        await ARequest().For([.. Enumerable.Range(0, 50).Select(i => $"a{i}@bakery.example")]).SentAsync();
        await ARequest().For([.. Enumerable.Range(50, 10).Select(i => $"a{i}@bakery.example")]).SentAsync();
        Mail.BeforeTaking = m => m.To == Owner.Email ? Task.CompletedTask : throw new EmailRefusedException("550");
        await Outbox.DeliverAsync(Cancel);
        var page = RenderFor<EmailPage>(Owner);
        Assert.Equal(50, page.FindAll("tbody tr").Count);

        Button(page, "Show more").Click();

        page.WaitForAssertion(() => Assert.Equal(60, page.FindAll("tbody tr").Select(row => row.TextContent).Distinct().Count()));
        Assert.Empty(Buttons(page, "Show more"));
    }
}
