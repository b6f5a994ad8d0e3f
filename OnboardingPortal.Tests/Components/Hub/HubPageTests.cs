using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using OnboardingPortal.App.Features.Hub;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Hub;

public sealed class HubPageTests : PortalContext
{
    [Fact]
    public async Task Four_numbers_lead_to_the_filtered_table_and_to_whose_hand_is_needed()
    {
        await ARequest().SentAsync();
        await ARequest().SentAsync();
        await ARequest().DraftAsync();
        Assert.Null(await Links.OpenAsync((await ARequest().For("slow@bakery.example").SentAsync()).Token, null, Cancel));
        Clock.Advance(TimeSpan.FromDays(2));

        var hub = RenderFor<HubPage>(Member);

        hub.WaitForAssertion(() => Assert.Equal("3", Number(hub, "Pending")));
        Assert.Equal(["0", "1", "–"], [Number(hub, "Connected"), Number(hub, "Needs a hand"), Number(hub, "Median time")]);
        Assert.Equal("/collaboration/requests?status=Pending", Link(hub, "Pending").GetAttribute("href"));
        Assert.Equal("/collaboration/requests?status=Connected", Link(hub, "Connected").GetAttribute("href"));
        Assert.Equal(
            ("/collaboration#hands", "hands"),
            (Link(hub, "Needs a hand").GetAttribute("href"), Link(hub, "Needs a hand").GetAttribute("data-focus")));
        Assert.Equal("/collaboration#pace", Link(hub, "Median time").GetAttribute("href"));
        Assert.StartsWith("Client: opened the link", hub.Find("#hands li").TextContent, StringComparison.Ordinal);
        // portal.js gives them the focus
        Assert.All(["hands", "pace"], part => Assert.Equal("-1", hub.Find($"#{part}").GetAttribute("tabindex")));
    }

    [Fact]
    public async Task Expired_requests_are_told_beside_the_pending_ones()
    {
        await ARequest().SentAsync();
        Clock.Advance(TimeSpan.FromDays(40));
        await Portal.Get<RequestExpiry>().ExpireAsync(Cancel);
        await ARequest().SentAsync();

        var hub = RenderFor<HubPage>(Owner);

        hub.WaitForAssertion(() => Assert.Equal("1", Number(hub, "Pending")));
        Assert.Contains("1 expired", Link(hub, "Pending").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_does_appears_without_a_reload_and_leads_to_the_request()
    {
        var request = await ARequest().For("hello@bakery.example").SentAsync();
        var hub = RenderFor<HubPage>(Owner);
        hub.WaitForAssertion(() => Assert.Contains("The owner sent it to hello@bakery.example", hub.Markup, StringComparison.Ordinal));

        await AParticipant(request, "The baker");

        hub.WaitForAssertion(
            () => Assert.Contains(
                "The baker said who they are and sees the request", Events(hub)[0].TextContent, StringComparison.Ordinal));
        Assert.Equal($"/collaboration/requests/{request.Id}", Events(hub)[0].QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_request_completed_elsewhere_moves_from_Pending_to_Connected()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var client = await AParticipant(request);
        await AnAccount(client, Mailchimp);
        var hub = RenderFor<HubPage>(Owner);
        hub.WaitForAssertion(() => Assert.Equal("1", Number(hub, "Pending")));

        Assert.Null(await Wizard.CompleteAsync(client, Cancel));

        hub.WaitForAssertion(() => Assert.Equal(["0", "1"], [Number(hub, "Pending"), Number(hub, "Connected")]));
    }

    [Fact]
    public async Task The_median_and_the_weeks_stand_there_as_words_and_as_a_table()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));

        var hub = RenderFor<HubPage>(Owner);

        hub.WaitForAssertion(() => Assert.Contains("9 min for the one request", hub.Find("#pace").TextContent, StringComparison.Ordinal));
        Assert.Equal("9 min", Number(hub, "Median time"));
        Assert.Equal("Requests sent and completed by week", hub.Find("figure").GetAttribute("aria-label"));
        Assert.Equal("true", hub.Find("figure > div").GetAttribute("aria-hidden")); // the table says it all
        var rows = hub.FindAll("table tbody tr");
        Assert.Equal(12, rows.Count);
        Assert.Equal(["Monday, 16 November 2026", "1", "1"], rows[^1].Children.Select(cell => cell.TextContent));
    }

    [Theory]
    [InlineData("en", "Nov 16")]
    [InlineData("de", "16. Nov")]
    public async Task The_charts_days_are_written_as_the_readers_language_writes_them(string language, string day)
    {
        await ARequest().SentAsync();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var hub = RenderFor<HubPage>(Owner);

        hub.WaitForAssertion(
            () => Assert.Contains(
                hub.FindAll("figure svg text"), text => text.TextContent.Trim().StartsWith(day, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Another_agencys_requests_are_neither_counted_nor_told()
    {
        await ARequest().By(Stranger).For("secret@harbour.example").SentAsync();

        var hub = RenderFor<HubPage>(Owner);

        hub.WaitForAssertion(() => Assert.Contains("No requests yet", hub.Markup, StringComparison.Ordinal));
        Assert.Equal("/collaboration/requests/new", Link(hub, "Request onboarding").GetAttribute("href")); // one button: what to do now
        Assert.DoesNotContain("harbour", hub.Markup, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_events_of_a_deleted_request_stay_without_a_link()
    {
        var request = await ARequest().SentAsync();
        await Requests.DeleteAsync(Owner, request.Id, Cancel);

        var hub = RenderFor<HubPage>(Owner);

        hub.WaitForAssertion(() => Assert.Contains("The owner deleted the request", hub.Markup, StringComparison.Ordinal));
        Assert.All(Events(hub), happened => Assert.Null(happened.QuerySelector("a")));
        Assert.Contains("Deleted request", hub.Markup, StringComparison.Ordinal);
    }

    private static string Number(IRenderedComponent<HubPage> hub, string tile) =>
        Assert.Single(hub.FindAll("[role=list] > [role=listitem] > a"), a => a.TextContent.Contains(tile, StringComparison.Ordinal))
            .QuerySelector("strong")!.TextContent;

    /// <summary>The items of the timeline, newest first.</summary>
    private static IReadOnlyList<IElement> Events(IRenderedComponent<HubPage> hub) =>
        hub.FindAll("section[aria-labelledby=events-title] [role=listitem]");
}
