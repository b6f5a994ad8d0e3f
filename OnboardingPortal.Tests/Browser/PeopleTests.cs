using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Every test person of the sandbox goes through the wizard: a sentence and a way forward for each.</summary>
[Collection(Platforms)]
public sealed class PeopleTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Connected = "Connected as";

    private static readonly Words English = new("en");

    /// <summary>Whose trouble begins when their lists are read: they sign in like everybody, and the tests of the readers meet them.</summary>
    private static readonly string[] TroubledLater =
    [
        "Field hidden", "Edition without API", "Header renamed", "Column removed", "Sheet deleted", "No lead forms", "No lists",
        "List deleted while read", "Access ends while read", "Quota ends while read", "Five calls a second", "Lead forms deleted", "Edition changed",
        "Right withdrawn", "List emptied",
    ];

    /// <summary>What the client reads; a person without a line here fails the test. <c>{0}</c> is the platform.</summary>
    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["All well"] = Connected,
        ["Second account"] = Connected,
        ["Cancels at consent"] = "You did not finish signing in at {0}",
        ["Unticks a permission"] = "At {0} you unticked something that is needed",
        ["Workspace policy"] = "{0} blocks this because of its own rules",
        ["Token expires at once"] = Connected,
        ["Signed in, then taken back"] = Connected,
        ["Rotates its refresh token"] = Connected,
        ["Answers slowly"] = Connected,
        ["Account closed"] = "{0} does not let us do this for you",
        ["Not an Ads user"] = "{0} cannot find this",
        ["Too many calls"] = "{0} is asked too much at the moment",
        ["Answers 500"] = "{0} has trouble at the moment",
        ["Answers nonsense"] = "{0} gave an answer we do not understand",
        ["Redirects elsewhere"] = "This address does not belong to {0}",
        ["Never stops answering"] = "{0} does not answer at the moment",
    };

    /// <summary>Where the platform behaves unlike the others.</summary>
    private static readonly Dictionary<(string Platform, string Person), string> Peculiar = new()
    {
        [("Google Sheets", "Account closed")] = Connected, // the person signs in all the same; only the sheets are closed
        [("Google Ads", "Account closed")] = "{0} blocks this because of its own rules",
        [("Salesforce", "Account closed")] = "{0} blocks this because of its own rules",
        [("ActiveCampaign", "Account closed")] = "{0} does not accept this key",
    };

    [Theory]
    [InlineData("mailchimp", "Mailchimp")]
    [InlineData("salesforce", "Salesforce")]
    [InlineData("hubspot", "HubSpot")]
    [InlineData("googlesheets", "Google Sheets")]
    [InlineData("googleads", "Google Ads")]
    public async Task Whoever_signs_in_reads_how_it_ended_and_can_go_on(string key, string platform)
    {
        var client = await ArriveAsync(key);
        var wizard = client.Page.Url;
        await ProceedAsync(client, platform);
        var people = await client.Page.GetByRole(AriaRole.List).GetByRole(AriaRole.Button).AllInnerTextsAsync();
        Assert.Equal("All well", people[0]);
        await client.Page.GotoAsync(wizard);

        foreach (var person in people.Except(TroubledLater))
        {
            await ProceedAsync(client, platform);
            await client.Page.GetByRole(AriaRole.Button, new() { Name = person, Exact = true }).ClickAsync();
            await client.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
            if (person is "App not installed" or "Not an admin")
            {
                // The platform keeps them on a page of its own: the link still leads to where they were.
                await Expect(client.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("This cannot go on");
                await client.Page.GotoAsync(wizard);
                await Expect(Add(client, platform)).ToBeEnabledAsync();
                continue;
            }

            if (person == "Workspace policy")
                await client.Page.GetByRole(AriaRole.Link, new() { Name = "Back to OnboardingPortal" }).ClickAsync();
            else if (person is not ("Cancels at consent" or "Unticks a permission"))
                await client.Page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).ClickAsync();
            await Expect(client.Page).ToHaveURLAsync(wizard);
            await ReadsAsync(client, platform, person);
        }
    }

    [Fact]
    public async Task Whoever_types_an_address_and_a_key_reads_how_it_ended_and_can_go_on()
    {
        const string platform = "ActiveCampaign";
        var client = await ArriveAsync("activecampaign");
        var overview = await client.Page.Context.NewPageAsync();
        await overview.GotoAsync("/sandbox");
        var cells = await overview.GetByRole(AriaRole.Table).Filter(new() { HasText = "API URL" }).Locator("tbody th, tbody td")
            .AllInnerTextsAsync();
        await overview.CloseAsync(); // a page behind another one draws once a second, and every press waits for that
        Assert.NotEmpty(cells);

        foreach (var row in cells.Chunk(3).Where(row => !TroubledLater.Contains(row[0])))
        {
            await Add(client, platform).ClickAsync();
            await client.Page.GetByLabel("API URL").FillAsync(row[1]);
            await client.Page.GetByLabel("API key").FillAsync(row[2]);
            await client.Button("Connect").ClickAsync();
            await ReadsAsync(client, platform, row[0]);
        }

        await Add(client, platform).ClickAsync();
        await client.Button("Connect").ClickAsync();
        await Expect(client.Page.GetByText("Please fill in both fields.")).ToBeVisibleAsync();
        await client.Page.GetByLabel("API URL").FillAsync("https://127.0.0.1:8080/");
        await client.Page.GetByLabel("API key").FillAsync("0a1b2c3d");
        await client.Button("Connect").ClickAsync();
        await Expect(client.Page.GetByText("This address does not belong to ActiveCampaign")).ToBeVisibleAsync();
        await Expect(client.Page.GetByLabel("API URL")).ToHaveValueAsync("https://127.0.0.1:8080/"); // nothing typed is lost
    }

    private static ILocator Add(Client client, string platform) =>
        client.Page.GetByRole(AriaRole.Button, new() { Name = $"Add {platform}", Exact = true });

    private static async Task ProceedAsync(Client client, string platform)
    {
        await Add(client, platform).ClickAsync();
        await client.Button("Proceed").ClickAsync();
        await Expect(client.Page.GetByRole(AriaRole.Heading, new() { Name = "Test people" })).ToBeVisibleAsync();
    }

    private static async Task ReadsAsync(Client client, string platform, string person)
    {
        Assert.True(Sentences.TryGetValue(person, out var sentence), $"Nobody says what {person} reads.");
        sentence = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, Peculiar.GetValueOrDefault((platform, person), sentence), platform);
        await Expect(client.Page.GetByText(sentence).First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await client.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(Close|Cancel)$") }).First.ClickAsync();
        await Expect(client.Page.GetByText(sentence)).ToHaveCountAsync(0);
        await Expect(Add(client, platform)).ToBeEnabledAsync();
    }

    private async Task<Client> ArriveAsync(string platform)
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, new PlatformKey(platform));
        var client = new Client(await Fixture.OpenAsync(), English);
        await client.OpenAsync(link);
        return client;
    }
}
