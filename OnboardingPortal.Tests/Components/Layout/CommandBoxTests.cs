using Bunit;
using MudBlazor;
using OnboardingPortal.App.Layout;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Layout;

public sealed class CommandBoxTests : PortalContext
{
    [Fact]
    public async Task It_offers_the_pages_that_the_user_may_see()
    {
        var box = await OpenAsync(Member);

        Popups.WaitForAssertion(() => Assert.Contains("Data sync accounts", Found()));
        Assert.DoesNotContain("Audit trail", Found());

        box.Find("input").Input("home");
        Popups.WaitForAssertion(() => Assert.Equal(["Home"], Found()));
    }

    [Fact]
    public async Task It_finds_requests_by_recipient_of_the_own_agency_only()
    {
        await ARequest().By(Stranger).For("secret@bakery.example").SentAsync();
        await ARequest().By(Member).For("hello@bakery.example").SentAsync();
        var box = await OpenAsync(Owner);

        box.Find("input").Input("bakery");

        Popups.WaitForAssertion(() => Assert.Equal(["hello@bakery.example Pending"], Found()));
    }

    [Fact]
    public async Task Where_only_the_requester_sees_them_it_finds_the_users_own()
    {
        Assert.Null(
            await Portal.Get<AgencyService>()
                .ChangeSettingsAsync(Owner, TestPortal.NewSettings with { Visibility = RequestVisibility.OnlyRequester }, Cancel));
        await ARequest().By(Owner).For("owners@bakery.example").SentAsync();
        await ARequest().By(Member).For("members@bakery.example").SentAsync();
        var box = await OpenAsync(Member);

        box.Find("input").Input("bakery");

        Popups.WaitForAssertion(() => Assert.Equal(["members@bakery.example Pending"], Found()));
    }

    [Fact]
    public async Task It_leads_to_what_is_chosen_and_closes()
    {
        var request = await ARequest().For("hello@bakery.example").SentAsync();
        var box = await OpenAsync(Owner);
        box.Find("input").Input("hello");
        Popups.WaitForAssertion(() => Assert.Equal(["hello@bakery.example Pending"], Found()));

        Popups.Find("[role=option]").Click();

        Popups.WaitForAssertion(() => Assert.EndsWith($"/collaboration/requests/{request.Id}", Navigation.Uri, StringComparison.Ordinal));
        box.WaitForAssertion(() => Assert.Empty(box.FindAll("[role=dialog]")));
    }

    [Fact]
    public async Task Enter_takes_what_was_typed_though_the_list_still_shows_what_was_there_before()
    {
        var box = await OpenAsync(Owner);
        Popups.WaitForAssertion(() => Assert.Contains("Home", Found()));
        var field = box.Find("input");

        field.Input("audit");
        field.KeyDown("Enter");
        if (box.FindAll("input") is [var still]) still.KeyUp("Enter"); // the box may be closed by then

        Popups.WaitForAssertion(() => Assert.EndsWith("/audit", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_found_is_said()
    {
        var box = await OpenAsync(Owner);

        box.Find("input").Input("nothing of that name");

        Popups.WaitForAssertion(
            () => Assert.Contains(
                "Nothing found for “nothing of that name”.", Popups.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync(AgencyCaller user)
    {
        _ = Popups;
        var dialogs = RenderFor<MudDialogProvider>(user);
        await dialogs.InvokeAsync(() => DialogService.ShowAsync<CommandBox>("Find"));
        dialogs.WaitForElement("input").Focus();
        return dialogs;
    }

    private IReadOnlyList<string> Found() =>
        [.. Popups.FindAll("[role=option]")
            .Select(option =>
                string.Join(
                    ' ', option.QuerySelectorAll("span > span, small").Select(e => e.TextContent.Trim()).Where(t => t.Length > 0)
                        .Distinct()))];
}
