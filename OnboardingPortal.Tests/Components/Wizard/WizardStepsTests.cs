using Bunit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

using WizardView = OnboardingPortal.App.Features.Wizard.Wizard;

namespace OnboardingPortal.Tests.Components.Wizard;

/// <summary>The wizard's steps.</summary>
public sealed class WizardStepsTests : PortalContext
{
    [Fact]
    public async Task The_first_step_asks_to_sign_in_at_Facebook_and_a_step_with_nothing_requested_is_not_there()
    {
        var client = await AParticipant(await ARequest().Asking(Facebook).SentAsync());

        var wizard = Open(client);

        wizard.WaitForAssertion(() => Assert.Equal("Connect Facebook", wizard.Find("h1").TextContent.Trim()));
        Assert.Single(Buttons(wizard, "Add Facebook"));
        Assert.DoesNotContain("Your tools", wizard.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_steps_are_words_the_earlier_ones_lead_back_and_the_later_ones_wait()
    {
        var client = await AParticipant(await ARequest().Asking(Facebook, Mailchimp).SentAsync());
        Assert.Null(await Wizard.GoToAsync(client, PlatformGrants.Account, Cancel));
        var wizard = Open(client);
        wizard.WaitForAssertion(() => Assert.Equal("Connect your tools", wizard.Find("h1").TextContent.Trim()));

        Assert.Equal(["Facebook False False", "Your tools False True", "Done True False"], wizard.FindAll("[role=tab]").Select(t =>
            $"{t.QuerySelector(".mud-step-label-content")!.TextContent.Trim()} {t.HasAttribute("disabled")} "
            + $"{t.GetAttribute("aria-selected") == "true"}"));
        await wizard.FindAll("[role=tab]")[0].ClickAsync(new());

        wizard.WaitForAssertion(() => Assert.EndsWith("?step=assets", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(PlatformGrants.Assets, (await WizardOf(client)).Step);
        wizard.Render(p => p.Add(w => w.StepInAddress, "assets"));
        wizard.WaitForAssertion(() => Assert.Equal("Connect Facebook", wizard.Find("h1").TextContent.Trim()));
        Assert.True(wizard.FindAll("[role=tab]")[1].HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_connected_account_is_named_and_more_can_be_added()
    {
        var client = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync());
        await AnAccount(client, Mailchimp, name: "Blue <b>Bakery</b>");

        var wizard = Open(client);

        wizard.WaitForAssertion(() => Assert.Contains("Blue &lt;b&gt;Bakery", wizard.Markup, StringComparison.Ordinal));
        Assert.Single(Buttons(wizard, "Add Mailchimp"));
    }

    [Theory]
    [InlineData("salesforce", "OAUTH_APP_BLOCKED", "administrator has installed or approved", "Connected Apps OAuth Usage")]
    [InlineData("salesforce", "OAUTH_APPROVAL_ERROR_GENERIC", "administrator has installed or approved", "Connected Apps OAuth Usage")]
    [InlineData("googlesheets", "admin_policy_enforced", "an administrator has allowed", "admin.google.com")]
    public async Task What_the_clients_administrator_must_allow_comes_with_a_note_to_forward(
        string platform, string error, string words, string note)
    {
        var key = new PlatformKey(platform);
        var client = await AParticipant(await ARequest().Asking(key).SentAsync());
        var connect = Portal.Get<ConnectService>();
        var ticket = Value(await connect.BeginAsync(client, key, new(), Cancel));
        var start = Value(await connect.StartAsync(key, ticket, null, _ => true, Cancel));
        var state = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(start.Address.Query)["state"].ToString();
        Value(await connect.FinishAsync(key, new ConnectAnswer(state, null, error), start.BrowserSecret, null, Cancel));

        var wizard = Open(client);

        wizard.WaitForAssertion(() => Assert.Contains(words, wizard.Find(".attempt").TextContent, StringComparison.Ordinal));
        Assert.Contains(note, wizard.Find(".next-hand .copy-text").TextContent, StringComparison.Ordinal);
        Assert.Single(Buttons(wizard, "Copy note"));
        Assert.DoesNotContain("not set up correctly", wizard.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_used_is_saved_when_it_is_said()
    {
        var client = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync());
        var wizard = Open(client);
        wizard.WaitForAssertion(() => Assert.Single(Buttons(wizard, "I don't use this: Mailchimp")));

        await Button(wizard, "I don't use this: Mailchimp").ClickAsync(new());

        wizard.WaitForAssertion(() => Assert.Contains("You said that you don't use Mailchimp.", wizard.Markup, StringComparison.Ordinal));
        Assert.True((await WizardOf(client)).Platforms[0].Declined);
    }

    [Fact]
    public async Task Leaving_with_nothing_connected_asks_first_and_then_completes()
    {
        var client = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync());
        var wizard = Open(client);
        wizard.WaitForAssertion(() => Assert.Single(Buttons(wizard, "Next Step")));

        var left = Button(wizard, "Next Step").ClickAsync(new());
        Dialogs.WaitForAssertion(() => Assert.Single(Buttons(Dialogs, "Go on without")));
        Assert.Equal(RequestStatus.Pending, (await WizardOf(client)).Status);
        await Button(Dialogs, "Go on without").ClickAsync(new());
        await left;

        wizard.WaitForAssertion(() => Assert.EndsWith("/done", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(RequestStatus.Connected, (await WizardOf(client)).Status);
    }

    [Fact]
    public async Task Who_comes_second_reads_who_completed_it()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var (first, second) = (await AParticipant(request, "The baker"), await AParticipant(request, "The clerk"));
        var wizard = Open(second);
        wizard.WaitForAssertion(() => Assert.Single(Buttons(wizard, "Next Step")));

        Assert.Null(await Wizard.CompleteAsync(first, Cancel));

        wizard.WaitForAssertion(() => Assert.Contains("This request has already been completed", wizard.Markup, StringComparison.Ordinal));
        Assert.Contains("The baker", wizard.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_way_of_sharing_says_who_acts_next_and_only_what_is_given_by_hand_shows_the_guide()
    {
        var client = await AParticipant(await ARequest().Asking(Facebook).SentAsync());
        await ShareAsync(
            client, ("By sharing", AssetState.Shared, AssetWay.Share), ("By request", AssetState.AwaitingClient, AssetWay.Request));
        var wizard = Open(client);

        wizard.WaitForAssertion(() => Assert.Equal(
            ["By request: accept the agency's request at Facebook", "By sharing: shared"],
            wizard.FindAll(".outcome").Select(o => $"{o.QuerySelector(".name")!.TextContent}: {o.QuerySelector(".state")!.TextContent}")));
        Assert.Contains("Accept the agency's request at Facebook", wizard.Markup, StringComparison.Ordinal);
        Assert.Equal(["By request"], wizard.FindAll(".next-hand li").Select(li => li.TextContent));
        Assert.DoesNotContain("Enter the Business ID", wizard.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_a_hand_shows_the_business_id_to_copy()
    {
        var client = await AParticipant(await ARequest().Asking(Facebook).SentAsync());
        await ShareAsync(client, ("By hand", AssetState.AwaitingClient, AssetWay.ByHand));
        var wizard = Open(client);

        wizard.WaitForAssertion(() => Assert.Contains("must be given by hand at Facebook", wizard.Markup, StringComparison.Ordinal));
        Assert.Contains(RequestBuilder.Business.ExternalId, wizard.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Accept the agency's request at Facebook", wizard.Markup, StringComparison.Ordinal);
    }

    private async Task ShareAsync(ClientCaller client, params (string Name, AssetState State, AssetWay Way)[] shared)
    {
        var connection = await AnAccount(client, Facebook);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var account = db.Connections.Single(c => c.Id == connection);
        foreach (var (name, state, way) in shared)
        {
            var asset = new ConnectedAsset(
                AssetId.New(Clock), account, new AssetChoice(AssetKind.Page, $"{(int)way}", name, null, false), Clock.Now);
            asset.Become(state, Clock.Now, null, way);
            db.Assets.Add(asset);
        }

        await db.SaveChangesAsync(Cancel);
    }

    private IRenderedComponent<WizardView> Open(ClientCaller client)
    {
        _ = (Popups, Dialogs);
        return RenderFor<WizardView>(Owner, p => p.Add(w => w.Caller, client));
    }
}
