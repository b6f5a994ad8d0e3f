using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.App.Features.Development;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Mails.Letters;
using OnboardingPortal.Mails.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>The white label from the main user's form to the last page that a client sees.</summary>
[Collection(OfTheAgency)]
public sealed partial class WhiteLabelTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Host = "onboard.bakery.localhost";
    private const string Company = "Blue Bakery Media";
    private static readonly BrandColour Colour = BrandColour.Parse("#0f766e")!.Value;

    [Fact]
    public async Task A_client_sees_the_brand_on_the_agencys_own_host_and_nowhere_the_products_name()
    {
        await using var portal = await PortalProcess.StartAsync();
        var words = new Words("en");
        var main = new AgencyUser(await Fixture.OpenAsync(portal: portal), words, portal);
        await main.SignInAsync();
        await SetAsync(main.Page);
        await main.SaveRequestAsync("Mailchimp");
        var link = await main.SendAsync("baker@bakery.example", Cancel);
        Assert.Equal(Host, new Uri(link).Host);
        var stop = Regex.Match(
            PickedUpMail.ReadAll(Path.Combine(portal.DataDirectory, "mail"))
                .First(m => m.To.Contains("baker@", StringComparison.Ordinal)).Text, @"http\S+/r/stop/\S+").Value;
        Assert.Equal(Host, new Uri(stop).Host);
        Assert.All(PickedUpMail.ReadAll(Path.Combine(portal.DataDirectory, "mail")), m => Assert.DoesNotMatch(ProductName(), $"{m}"));
        var raw = await portal.MailToAsync("baker@bakery.example", Cancel);
        Assert.Contains("Reply-To: desk@bakery.example", raw, StringComparison.Ordinal);
        Assert.DoesNotMatch(ProductName(), raw);

        var client = new Client(await Fixture.OpenAsync(portal: portal), words);
        var heard = new List<string>();
        client.Page.Response += (_, response) => Note(heard, response);
        client.Page.WebSocket += (_, socket) =>
            socket.FrameReceived += (_, frame) => Note(heard, frame.Text ?? Encoding.Latin1.GetString(frame.Binary ?? []));
        await client.Page.GotoAsync(link);
        await ExpectBrandAsync(client.Page);
        await Expect(client.Page).ToHaveTitleAsync(new Regex(Company));
        await Expect(client.Button("Grant Permission Now")).ToHaveCSSAsync("background-color", "rgb(15, 118, 110)");
        await Expect(client.Page.GetByRole(AriaRole.Link, new() { Name = "Imprint" }))
            .ToHaveAttributeAsync("href", "https://bakery.example/imprint");
        await AccessibilityTests.CheckAsync(client.Page, "landing");
        await client.OpenAsync(link);
        Assert.Equal(Host, new Uri(client.Page.Url).Host);
        var primary = client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" });
        await Expect(primary).ToHaveCSSAsync("background-color", Css(BrandShades.Light(Colour).Primary));
        await client.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Expect(primary).ToHaveCSSAsync("background-color", Css(BrandShades.Dark(Colour).Primary));
        await AccessibilityTests.CheckAsync(client.Page, "wizard, dark");
        await client.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await client.SignInToMailchimpAsync();
        Assert.Equal(Host, new Uri(client.Page.Url).Host); // the callback came to the portal's host, and went on to this one
        await Expect(client.Page.GetByText(words["Connected as {0}", "Blue Bakery"]).First).ToBeVisibleAsync();
        await ExpectBrandAsync(client.Page);
        await AccessibilityTests.CheckAsync(client.Page, "wizard");
        await client.CloseMessageAsync();
        await client.NextStepAsync();
        await Expect(client.Page).ToHaveURLAsync(new Regex("/done$"));
        await ExpectBrandAsync(client.Page);
        await AccessibilityTests.CheckAsync(client.Page, "done");

        var own = new Uri(link).GetLeftPart(UriPartial.Authority);
        await using var node = new SecondNode(portal);
        await using var late = new SecondNode(portal, ("Requests:LinkLifetime", "00:00:00.001"));
        var (_, expired) = await late.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var other = await node.UserAsync("owner@other.test", Cancel);
        var foreign = (await node.Get<RequestService>()
            .CreateAsync(other, new("Hello", [MailchimpDefaults.Key], null, null, null), Cancel)).Value;
        var foreignLink = (await node.Get<RequestService>().CopyLinkAsync(other, foreign, Cancel)).Value;
        await node.Get<RequestService>().SendAsync(other, foreign, "guest@harbour.example", Cancel);
        var guest = (await node.Get<RequestDetailsReader>().FindAsync(other.Scope, foreign, Cancel))!.Request.Recipients[0].Id;
        var foreignStop = node.Get<ReminderStops>().LinkOf(guest, new Uri(own));
        var visitor = await Fixture.OpenAsync(portal: portal);
        visitor.Response += (_, response) => Note(heard, response);
        foreach (var (address, status) in new[]
        {
            (link, 410), (expired, 410), ($"{own}/r/unknown", 404), ($"{own}{foreignLink.AbsolutePath}", 404), ($"{own}/onboarding/1", 403),
            ($"{own}/connect/problem", 400),
            (stop, 200), (foreignStop.AbsoluteUri, 404),
            ($"{own}/nothing/here", 404), ($"{own}/", 404), ($"{own}/account/login", 404), ($"{own}/collaboration", 404),
            ($"{own}/sandbox", 404), ($"{own}/dev/mailbox", 404), ($"{own}/openapi/v1.json", 404), ($"{own}/api/v1/requests", 404),
            ($"{own}/settings/api/reference/", 404), ($"{own}/metrics", 404), ($"{own}/health/ready", 404), ($"{own}/health/live", 404),
        })
        {
            var response = await visitor.GotoAsync(address);
            Assert.True(response!.Status == status, $"{address}: {response.Status}");
            await ExpectBrandAsync(visitor);
            await Expect(visitor.GetByText("Harbour")).ToHaveCountAsync(0);
        }

        await ServesLogoAsync(visitor, own, portal.Address);
        Assert.Equal(200, (await visitor.GotoAsync(foreignLink.AbsoluteUri))!.Status); // the same link at home
        await Expect(visitor.GetByText(Company)).ToHaveCountAsync(0);
        Assert.Equal(
            421, (await visitor.APIRequest.GetAsync(
                new Uri(portal.Address, "/").AbsoluteUri, new() { Headers = [new("Host", "evil.example")] })).Status);
        Assert.Equal(404, (await visitor.GotoAsync($"{own}/brand/{other.Agency}/{new string('0', 64)}"))!.Status);
        string[] said;
        lock (heard) said = [.. heard]; // the last texts may still come in
        Assert.All(said, text => Assert.DoesNotMatch(ProductName(), text));
        Assert.True(said.Length > 50, "The pages said too little to be looked at.");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 800)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 800)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task A_mail_can_be_read_in_both_schemes_and_on_a_phone(ColorScheme scheme, int width)
    {
        await using var node = new SecondNode(Fixture.Portal);
        var look = new EmailBranding(Company)
        {
            Logo = new ShownLogo($"data:image/png;base64,{Convert.ToBase64String(Pictures.Png(300, 60))}", 200, 40),
            Colour = "#0f766e",
            FooterText = "Blue Bakery Media\nMain Street 1",
            PrivacyUrl = "https://bakery.example/privacy",
            ImprintUrl = "https://bakery.example/imprint",
        };
        var mail = await node.Get<SampleRequestMail>().PreviewAsync("de", look, new RequestFacts(
            "The baker",
            "# Guten Tag\n\nbitte **verbinden** Sie, siehe [Anleitung](https://bakery.example/guide):\n\n- eins\n- " + new string('x', 80)
                + "\n\n> Danke", ["Facebook", "Mailchimp"],
            new DateTimeOffset(2026, 12, 21, 0, 0, 0, TimeSpan.Zero), new Uri("https://onboard.bakery.example/r/" + new string('a', 43))));
        var page = await Fixture.OpenAsync("de", width, scheme);

        await page.SetContentAsync(mail);

        await AccessibilityTests.CheckAsync(page, $"{scheme} at {width} px");
        await Expect(page.Locator("body"))
            .ToHaveCSSAsync("background-color", scheme == ColorScheme.Dark ? "rgb(15, 23, 42)" : "rgb(241, 245, 249)");
        TestContext.Current.AddAttachment($"mail-{scheme}-{width}.png", await page.ScreenshotAsync(new() { FullPage = true }), "image/png");
    }

    /// <summary>Sets everything through the form, and sees both previews follow.</summary>
    private static async Task SetAsync(IPage page)
    {
        await page.GotoAsync("/collaboration/settings");
        foreach (var label in new[] { "Logo", "Company name", "Requester's name", "Reply-to address", "Brand colour" })
        {
            await Expect(page.GetByLabel(label, new() { Exact = true })).ToHaveCountAsync(1);
        }

        await Expect(page.GetByRole(AriaRole.Switch, new() { Name = "White label" })).Not.ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Apply settings" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "See it while you set it" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/settings/white-label$"));
        // no longer the page before
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "White label" })).ToBeVisibleAsync();
        var form = page.Locator("form").Filter(new() { Has = page.GetByLabel("Company name") });
        await page.GetByLabel("Logo", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "logo.png",
                    MimeType = "image/png",
                    Buffer = Encoding.ASCII.GetBytes("<script>alert(1)</script>")
                });
        await Expect(form.GetByText("This file is no picture")).ToBeVisibleAsync();
        await page.GetByLabel("Logo", new() { Exact = true })
            .SetInputFilesAsync(new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = Pictures.Png() });
        await Expect(form.GetByRole(AriaRole.Button, new() { Name = "Remove logo" })).ToBeVisibleAsync();
        await page.GetByLabel("Company name").FillAsync(Company);
        await page.GetByLabel("Brand colour").FillAsync("#ffcc00");
        await Expect(form.GetByRole(AriaRole.Button, new() { Name = "nearest shade" })).ToBeVisibleAsync();
        await page.GetByLabel("Brand colour").FillAsync("#0f766e");
        await page.GetByLabel("Requester's name", new() { Exact = true }).FillAsync("The baker");
        await page.GetByLabel("Reply-to address").FillAsync("desk@bakery.example");
        await page.GetByLabel("Sender name").FillAsync("Bakery Desk");
        await page.GetByLabel("Footer text").FillAsync("Main Street 1");
        await page.GetByLabel("Privacy notice").FillAsync("https://bakery.example/privacy");
        await page.GetByLabel("Imprint").FillAsync("https://bakery.example/imprint");
        await page.GetByLabel("Public host").FillAsync(Host);
        await page.GetByRole(AriaRole.Switch, new() { Name = "White label" }).CheckAsync();

        var preview = page.FrameLocator("iframe");
        await Expect(preview.GetByRole(AriaRole.Button, new() { Name = "Grant Permission Now" }))
            .ToHaveCSSAsync("background-color", "rgb(15, 118, 110)");
        await Expect(preview.GetByRole(AriaRole.Heading, new() { Name = Company })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "E-mail", Exact = true }).ClickAsync();
        await Expect(preview.GetByRole(AriaRole.Img, new() { Name = Company })).ToBeVisibleAsync();
        Assert.Equal(96, await preview.GetByRole(AriaRole.Img, new() { Name = Company }).EvaluateAsync<int>("logo => logo.naturalWidth"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Desktop", Exact = true }).ClickAsync();
        await Expect(preview.GetByText("Main Street 1")).ToBeVisibleAsync();

        await form.GetByRole(AriaRole.Button, new() { Name = "Apply settings" }).ClickAsync();
        await Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();
        // the portal looks by itself, too
        await Expect(form.GetByText("Waiting for proof").Or(form.GetByText("Checked on"))).ToBeVisibleAsync();
        await AccessibilityTests.CheckAsync(page, "a host that waits for its proof");
        if (await form.GetByText("Waiting for proof").IsVisibleAsync())
            await form.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(form.GetByText("Checked on")).ToBeVisibleAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Send me a test mail" }).ClickAsync();
        await Expect(page.GetByText("Sent to owner@demo.test")).ToBeVisibleAsync();
    }

    /// <summary>As a picture of its own type and as nothing else, also to who only asks what is there.</summary>
    private static async Task ServesLogoAsync(IPage visitor, string own, Uri portal)
    {
        await visitor.GotoAsync($"{own}/r/unknown");
        var logo = new Uri(portal, await visitor.Locator("header img").GetAttributeAsync("src")).AbsoluteUri;
        foreach (var answer in new[] { await visitor.APIRequest.GetAsync(logo), await visitor.APIRequest.HeadAsync(logo) })
        {
            Assert.Equal(200, answer.Status);
            Assert.Equal(
                ("image/png", "nosniff", "default-src 'none'"),
                (answer.Headers["content-type"], answer.Headers["x-content-type-options"], answer.Headers["content-security-policy"]));
        }
    }

    private static async Task ExpectBrandAsync(IPage page)
    {
        await Expect(page.Locator("header").GetByText(Company)).ToBeVisibleAsync();
        Assert.Equal(96, await page.Locator("header img").EvaluateAsync<int>("logo => logo.decode().then(() => logo.naturalWidth)"));
    }

    private static string Css(BrandColour colour) => $"rgb({colour.Red}, {colour.Green}, {colour.Blue})";

    private static void Note(List<string> heard, string text)
    {
        lock (heard) heard.Add(text);
    }

    /// <summary>The address and the headers of what a client is sent from the agency's host; and its text, once it is there.</summary>
    private static void Note(List<string> heard, IResponse response)
    {
        if (new Uri(response.Url).Host != Host) return; // the sandbox's platforms live on the portal's own
        Note(heard, $"{response.Url} {string.Join('\n', response.Headers.Select(h => $"{h.Key}: {h.Value}"))}");
        if (response.Status is < 300 or >= 400) _ = NoteTextAsync();

        async Task NoteTextAsync()
        {
            try
            {
                Note(heard, await response.TextAsync());
            }
            catch (PlaywrightException)
            {
                Note(heard, "the browser has left the page before its text was asked for");
            }
        }
    }

    [GeneratedRegex(@"onboarding[\s_-]?portal", RegexOptions.IgnoreCase)]
    private static partial Regex ProductName();
}
