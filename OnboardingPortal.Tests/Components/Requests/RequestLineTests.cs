using Bunit;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>A row of the live table.</summary>
public sealed class RequestLineTests : PortalContext
{
    private readonly RowChanges _changes = new();

    private RequestLines Lines => new(new LineWords(Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PlatformCatalog>()), Clock);

    [Fact]
    public async Task A_row_says_who_how_far_and_which_accounts_and_offers_its_actions()
    {
        var request = await ARequest().For("hello@bakery.example", "office@bakery.example").Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(request), Mailchimp, name: "Blue <b>Bakery</b>");
        var row = await RowOf(request.Id);

        var line = RenderFor<RequestLine>(Owner, p => p.Add(l => l.Line, Lines.Show(row)).Add(l => l.Changes, _changes));

        Assert.Equal($"/collaboration/requests/{request.Id}", line.Find("td a").GetAttribute("href"));
        Assert.Contains("+1 more", line.Find("td:has(a)").TextContent, StringComparison.Ordinal);
        Assert.Equal("Pending", line.Find("b").TextContent);
        Assert.Contains("Mailchimp: Blue <b>Bakery</b>", line.Find("[title]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Actions for hello@bakery.example", line.Find("[aria-haspopup=menu]").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task A_row_that_hears_of_its_change_glows_each_time_anew()
    {
        var request = await ARequest().SentAsync();
        var (lines, before) = (Lines, await RowOf(request.Id));
        var line = RenderFor<RequestLine>(Owner, p => p.Add(l => l.Line, lines.Show(before)).Add(l => l.Changes, _changes));

        await line.InvokeAsync(() => _changes.Tell(lines.Show(before with { Activity = RequestActivity.Opened })));
        Assert.Equal(
            ("is-pending glow-a", "link opened"), (line.Find("td > b").ClassName, line.Find("td:has(b) small").TextContent.Trim()));
        await line.InvokeAsync(() => _changes.Tell(lines.Show(before with { Activity = RequestActivity.Viewed })));
        Assert.Equal("is-pending glow-b", line.Find("td > b").ClassName);
    }

    [Fact]
    public async Task A_row_renders_only_when_its_data_changed()
    {
        var request = await ARequest().SentAsync();
        var (lines, before) = (Lines, await RowOf(request.Id));
        var line = RenderFor<RequestLine>(Owner, p => p.Add(l => l.Line, lines.Show(before)).Add(l => l.Changes, _changes));

        line.Render(p => p.Add(l => l.Line, lines.Show(before with { })));
        Assert.Equal(1, line.RenderCount);

        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));
        var after = await RowOf(request.Id);
        line.Render(p => p.Add(l => l.Line, lines.Show(after)));

        Assert.Equal((3, "Connected"), (line.RenderCount, line.Find("b").TextContent)); // itself and its status
    }

    [Theory]
    [InlineData(DeclineReason.NotUsed, "Mailchimp: not used by the client", ".not-used")]
    [InlineData(DeclineReason.NotAllowed, "Mailchimp: the client may not grant it", ".not-allowed")]
    public async Task An_icon_tells_a_platform_that_is_not_used_from_one_that_may_not_be_granted(
        DeclineReason reason, string words, string mark)
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var (lines, before) = (Lines, await RowOf(request.Id));
        var line = RenderFor<RequestLine>(Owner, p => p.Add(l => l.Line, lines.Show(before)).Add(l => l.Changes, _changes));
        Assert.Equal("Mailchimp: not connected yet", line.Find("[title]").GetAttribute("title"));

        Assert.Null(await Wizard.DeclineAsync(await AParticipant(request), Mailchimp, reason, "Ask IT", Cancel));
        var after = await RowOf(request.Id);
        line.Render(p => p.Add(l => l.Line, lines.Show(after)));

        Assert.Equal((words, words), (line.Find("[title]").GetAttribute("title"), line.Find("[title] i").TextContent));
        Assert.Single(line.FindAll(mark));
    }

    [Fact]
    public async Task A_completed_request_says_of_how_many_platforms_something_was_granted_where_not_of_all()
    {
        var request = await ARequest().Asking(Mailchimp, new("hubspot")).SentAsync();
        var client = await AParticipant(request);
        await AnAccount(client, Mailchimp);
        Assert.Null(await Wizard.CompleteAsync(client, Cancel));
        var partly = await RowOf(request.Id);
        var whole = await ARequest().Asking(Mailchimp).SentAsync();
        var other = await AParticipant(whole);
        await AnAccount(other, Mailchimp);
        Assert.Null(await Wizard.CompleteAsync(other, Cancel));
        var (all, lines) = (await RowOf(whole.Id), Lines);

        var line = RenderFor<RequestLine>(Owner, p => p.Add(l => l.Line, lines.Show(partly)).Add(l => l.Changes, _changes));
        Assert.Equal("by The baker · 1 of 2 granted", SecondLine());
        line.Render(p => p.Add(l => l.Line, lines.Show(all)));
        Assert.Equal("by The baker", SecondLine());

        string SecondLine() => line.Find("td small:has(time)").TextContent.Trim();
    }
}
