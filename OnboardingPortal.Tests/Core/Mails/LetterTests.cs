using System.Globalization;
using AngleSharp.Html.Parser;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Tests.Core.Mails;

/// <summary>How a letter looks, whoever it is from and whatever it is about.</summary>
public sealed class LetterTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<LetterRenderer>()
        .BuildServiceProvider();

    [Fact]
    public async Task Its_plain_text_says_what_its_document_says()
    {
        LetterBody[] bodies =
        [
            new PortalLines("One & only.", "", "Two."), new WrittenMessage("One & only.\n\nTwo."), new Quotation("One & only.\nTwo."),
            new OutcomeList("One & only.", [new PlatformLines("Mailchimp", ["✓ You can use: <b>"])]),
        ];
        foreach (var body in bodies)
        {
            var mail = await RenderAsync(ALetter(body) with { StopLink = new Uri("https://portal.example/r/stop/x") });

            var page = new HtmlParser().ParseDocument(mail.Html).Body!;
            var said = page.TextContent + string.Join('\n', page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
            var lines = mail.Text.Split("\r\n").Select(line => line.TrimStart('>', ' ')).Where(line => line is not ("" or "--"));
            Assert.All(
                lines.SelectMany(line => line.Split(": https")),
                words => Assert.Contains(words.TrimEnd(':'), said, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_logo_has_its_size_and_the_name_for_whoever_sees_no_pictures()
    {
        var look = new EmailBranding("Blue \"Bakery\"")
        {
            Logo = new ShownLogo("https://portal.example/brand/1", 96, 32),
            Colour = "#0f766e",
        };

        var page = new HtmlParser().ParseDocument((await RenderAsync(ALetter(new PortalLines("Hi")) with { Branding = look })).Html);

        var logo = page.QuerySelector("img")!;
        Assert.Equal(
            ("Blue \"Bakery\"", "96", "32"), (logo.GetAttribute("alt"), logo.GetAttribute("width"), logo.GetAttribute("height")));
        Assert.Contains("width:96px;height:auto", logo.GetAttribute("style"), StringComparison.Ordinal);
        Assert.Contains("background:#0f766e", page.QuerySelector("a")!.GetAttribute("style"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_is_a_document_of_its_own_in_its_language_and_layout_is_for_no_reader()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");

        var html = (await RenderAsync(ALetter(new PortalLines("Hi")))).Html;

        Assert.StartsWith("<!doctype html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">", html, StringComparison.Ordinal);
        Assert.Contains($"<style>{LetterPage.DarkStyle}</style>", html, StringComparison.Ordinal);
        var page = new HtmlParser().ParseDocument(html);
        Assert.All(page.QuerySelectorAll("table"), table => Assert.Equal("presentation", table.GetAttribute("role")));
        Assert.Single(page.QuerySelectorAll("h1"));
    }

    public void Dispose() => _services.Dispose();

    private static Letter ALetter(LetterBody body) => new(
        new EmailBranding("Brightside Agency")
        {
            FooterText = "Main Street 1\nTown",
            PrivacyUrl = "https://bakery.example/privacy?a=1&b=2",
            ImprintUrl = "https://bakery.example/imprint",
        },
        "About <b>", "A heading & more", body, "Open it", new Uri("https://portal.example/x?a=1&b=2"))
    {
        Notes = ["A note"],
        Footer = ["Why you get this"],
    };

    private Task<OnboardingPortal.Core.Outbox.EmailContent> RenderAsync(Letter letter) =>
        _services.GetRequiredService<LetterRenderer>().RenderAsync(letter);
}
