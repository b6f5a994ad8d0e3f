using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

public abstract partial class RequestEmailTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly BrandingInput Brand = BrandingInput.Of(null) with
    {
        IsOn = true,
        CompanyName = "Blue <Bakery> & Sons",
        RequesterName = "The baker",
        SenderName = "Bakery \"Front\" Desk",
        ReplyTo = "desk@bakery.example",
        Colour = "#0f766e",
        FooterText = "Main Street 1\n<b>Town</b>",
        PrivacyUrl = "https://bakery.example/privacy?a=1&b=2",
        ImprintUrl = "https://bakery.example/imprint",
        PublicHost = "onboard.bakery.example",
    };

    [Fact]
    public async Task With_the_white_label_on_a_mail_bears_the_brand_and_nowhere_the_products_name()
    {
        await BrandAsync(Brand);
        await ShowHostAsync(Owner);

        var mail = await SentAsync(
            "Hello **baker**, see [our guide](https://bakery.example/guide) or [this](javascript:alert(1)).\n<script>alert(1)</script>");

        Assert.Equal(("Bakery \"Front\" Desk", "desk@bakery.example"), (mail.FromName, mail.ReplyTo));
        Assert.Equal("Onboarding Request from Blue <Bakery> & Sons", mail.Content.Subject);
        var page = new HtmlParser().ParseDocument(mail.Content.Html);
        var logo = Assert.Single(page.QuerySelectorAll("img"));
        Assert.Equal("Blue <Bakery> & Sons", logo.GetAttribute("alt"));
        Assert.StartsWith("https://onboard.bakery.example/brand/", logo.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal(("96", "32"), (logo.GetAttribute("width"), logo.GetAttribute("height")));
        var links = page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal("https://bakery.example/guide", links[0]);
        Assert.StartsWith("https://onboard.bakery.example/r/", links[1], StringComparison.Ordinal);
        Assert.StartsWith("https://onboard.bakery.example/r/stop/", links[2], StringComparison.Ordinal);
        Assert.Equal(["https://bakery.example/privacy?a=1&b=2", "https://bakery.example/imprint"], links[3..]);
        Assert.Contains("background:#0f766e", mail.Content.Html, StringComparison.Ordinal);
        Assert.Contains("The baker of Blue <Bakery> & Sons", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>Town</b>", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Contains("Main Street 1\r\n<b>Town</b>", mail.Content.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch(ProductName(), $"{mail}");
    }

    [Fact]
    public async Task With_the_white_label_off_a_mail_bears_the_agencys_name_and_answers_go_to_the_requester()
    {
        await BrandAsync(Brand with { IsOn = false });

        var mail = await SentAsync("Hello");

        Assert.Equal(("Brightside Agency", Owner.Email), (mail.FromName, mail.ReplyTo));
        Assert.DoesNotContain("<img", mail.Content.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("bakery.example/", mail.Content.Html, StringComparison.Ordinal);
        Assert.DoesNotMatch(ProductName(), $"{mail}");
    }

    [Fact]
    public async Task Whose_name_clients_do_not_read_their_address_they_do_not_read_either()
    {
        await BrandAsync(Brand with { ReplyTo = null });
        Assert.Null(
            await Portal.Get<AgencyService>()
                .ChangeSettingsAsync(Owner, TestPortal.NewSettings with { IncludeRequesterName = false }, Cancel));

        var mail = await SentAsync("Hello");

        Assert.Null(mail.ReplyTo);
        Assert.DoesNotContain("The baker", mail.Content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Owner.Email, $"{mail}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_looks_in_a_mail_as_it_was_typed()
    {
        var mail = await SentAsync("Hello,\nhere is the link.\n\nSee you");

        Assert.Contains("Hello,<br>\nhere is the link.</p>", mail.Content.Html, StringComparison.Ordinal);
        Assert.Contains("Hello,\r\nhere is the link.\r\n\r\nSee you", mail.Content.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"onboarding[\s_-]?portal", RegexOptions.IgnoreCase)]
    private static partial Regex ProductName();

    private async Task BrandAsync(BrandingInput input) =>
        Assert.Null(await Portal.Get<BrandingService>().SaveAsync(Owner, input, new LogoChange(true, Pictures.Png()), Cancel));

    private async Task<OutgoingEmail> SentAsync(string message)
    {
        await ARequest().Asking(Mailchimp).Saying(message).For("client@bakery.example").SentAsync();
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        return Assert.Single(Mail.Tried);
    }
}

public sealed class RequestEmailTestsOnSqlite() : RequestEmailTests(DatabaseProvider.Sqlite);

public sealed class RequestEmailTestsOnPostgres() : RequestEmailTests(DatabaseProvider.Postgres);
