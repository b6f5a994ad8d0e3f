using Bunit;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Components.Requests;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>A row of the live table.</summary>
public sealed class RequestLineTests : PortalContext
{
    private RequestLines Lines => new(new RequestLineWriter(Portal.Get<IStringLocalizer<RequestsText>>(), Portal.Get<PlatformCatalog>()), Clock);

    [Fact]
    public async Task A_row_says_who_how_far_and_which_accounts_and_offers_its_actions()
    {
        var request = await ARequest().For("hello@bakery.example", "office@bakery.example").Asking(Mailchimp).SentAsync();
        await AnAccount(await AParticipant(request), Mailchimp, name: "Blue <b>Bakery</b>");
        var row = await RowOf(request.Id);

        var line = RenderFor<RequestLine>(Owner, p => p.Add(l => l.Line, Lines.Show(row)));

        Assert.Equal($"/collaboration/requests/{request.Id}", line.Find(".who a").GetAttribute("href"));
        Assert.Contains("+1 more", line.Find(".who").TextContent, StringComparison.Ordinal);
        Assert.Equal("Pending", line.Find("b").TextContent);
        Assert.Contains("Mailchimp: Blue <b>Bakery</b>", line.Find(".account").TextContent, StringComparison.Ordinal);
        Assert.Equal("Actions for hello@bakery.example", line.Find(".actions button").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task A_row_renders_only_when_its_data_changed()
    {
        var request = await ARequest().SentAsync();
        var (lines, before) = (Lines, await RowOf(request.Id));
        var line = RenderFor<RequestLine>(Owner, p => p.Add(l => l.Line, lines.Show(before)));

        line.Render(p => p.Add(l => l.Line, lines.Show(before with { })));
        Assert.Equal(1, line.RenderCount);

        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));
        var after = await RowOf(request.Id);
        line.Render(p => p.Add(l => l.Line, lines.Show(after)));

        Assert.Equal((2, "Connected"), (line.RenderCount, line.Find("b").TextContent));
    }
}
