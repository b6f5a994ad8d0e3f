using System.Globalization;
using Bunit;
using OnboardingPortal.App.Features.Hub;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Hub;

public sealed class HubBoardTests : PortalContext
{
    [Fact]
    public async Task Four_numbers_lead_to_the_filtered_table_and_to_whose_hand_is_needed()
    {
        await ARequest().SentAsync();
        await ARequest().SentAsync();
        await ARequest().DraftAsync();
        Assert.Null(await Links.OpenAsync((await ARequest().For("slow@bakery.example").SentAsync()).Token, null, Cancel));
        Clock.Advance(TimeSpan.FromDays(2));

        var hub = RenderFor<HubBoard>(Member);

        hub.WaitForAssertion(() => Assert.Equal("3", Number(hub, "Pending")));
        Assert.Equal(["0", "0", "1"], [Number(hub, "Connected"), Number(hub, "Expired"), Number(hub, "Stuck")]);
        Assert.Equal("/collaboration/requests?status=Pending", Link(hub, "Pending").GetAttribute("href"));
        Assert.Equal("/collaboration#hands", Link(hub, "Stuck").GetAttribute("href"));
        Assert.StartsWith("Client: opened the link", hub.Find(".need .words").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_does_appears_without_a_reload_and_leads_to_the_request()
    {
        var request = await ARequest().For("hello@bakery.example").SentAsync();
        var hub = RenderFor<HubBoard>(Owner);
        hub.WaitForAssertion(() => Assert.Contains("The owner sent it to hello@bakery.example", hub.Markup, StringComparison.Ordinal));

        await AParticipant(request, "The baker");

        hub.WaitForAssertion(() => Assert.Contains("The baker said who they are and sees the request", hub.Find(".happening").TextContent, StringComparison.Ordinal));
        Assert.Equal($"/collaboration/requests/{request.Id}", hub.Find(".happening a").GetAttribute("href"));
    }

    [Fact]
    public async Task A_request_completed_elsewhere_moves_from_Pending_to_Connected()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var client = await AParticipant(request);
        await AnAccount(client, Mailchimp);
        var hub = RenderFor<HubBoard>(Owner);
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

        var hub = RenderFor<HubBoard>(Owner);

        hub.WaitForAssertion(() => Assert.StartsWith("9 min for the one request", hub.Find(".median").TextContent, StringComparison.Ordinal));
        var rows = hub.FindAll("table tbody tr");
        Assert.Equal(12, rows.Count);
        Assert.Equal("Monday, 16 November 202611", rows[^1].TextContent);
    }

    [Theory]
    [InlineData("en", "Nov 16")]
    [InlineData("de", "16. Nov")]
    public async Task The_charts_days_are_written_as_the_readers_language_writes_them(string language, string day)
    {
        await ARequest().SentAsync();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var hub = RenderFor<HubBoard>(Owner);

        hub.WaitForAssertion(() => Assert.Contains(hub.FindAll(".chart text"), text => text.TextContent.Trim().StartsWith(day, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Another_agencys_requests_are_neither_counted_nor_told()
    {
        await ARequest().By(Stranger).For("secret@harbour.example").SentAsync();

        var hub = RenderFor<HubBoard>(Owner);

        hub.WaitForAssertion(() => Assert.Contains("No requests yet", hub.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("harbour", hub.Markup, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_events_of_a_deleted_request_stay_without_a_link()
    {
        var request = await ARequest().SentAsync();
        await Requests.DeleteAsync(Owner, request.Id, Cancel);

        var hub = RenderFor<HubBoard>(Owner);

        hub.WaitForAssertion(() => Assert.Contains("The owner deleted the request", hub.Markup, StringComparison.Ordinal));
        Assert.Empty(hub.FindAll(".happening a"));
        Assert.Contains("Deleted request", hub.Markup, StringComparison.Ordinal);
    }

    private static string Number(IRenderedComponent<HubBoard> hub, string status) => Link(hub, status).QuerySelector("strong")!.TextContent;
}
