using Bunit;
using OnboardingPortal.App.Features.Api;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Api;

public sealed class ApiPageTests : PortalContext
{
    private ApiKeys Keys => Portal.Get<ApiKeys>();

    [Fact]
    public async Task A_key_is_made_shown_once_listed_and_revoked()
    {
        var page = Page(Owner);
        Assert.Contains("No API keys yet", page.Markup, StringComparison.Ordinal);
        var creating = Button(page, "Create API key").ClickAsync();
        await Dialogs.WaitForElement("form").SubmitAsync();
        Dialogs.WaitForAssertion(() => Assert.Equal(
            ["Name what the key is for.", "Choose at least one thing the key may do."],
            Dialogs.FindAll(".mud-input-error.mud-input-helper-text, .mud-input-helper-text.mud-input-error")
                .Select(e => e.TextContent.Trim())));

        await Dialogs.Find("input[name=Name]").ChangeAsync("CRM");
        await Dialogs.FindAll("label").First(l => l.TextContent.Contains("Read requests", StringComparison.Ordinal)).QuerySelector("input")!
            .ChangeAsync(true);
        await Dialogs.Find("form").SubmitAsync();
        var secret = Dialogs.WaitForElement("input[readonly]").GetAttribute("value")!;
        Assert.True((await Keys.AuthenticateAsync(secret, null, Cancel)).Succeeded);
        Assert.Contains("it is not shown again", Dialogs.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await Button(Dialogs, "Done").ClickAsync();
        await creating;

        Assert.DoesNotContain(secret, page.Markup + Dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains(secret[..14], page.Find("tbody th").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Read requests"], page.FindAll("tbody li").Select(l => l.TextContent));
        var revoking = Button(page, "Revoke: CRM").ClickAsync();
        Dialogs.WaitForAssertion(() => Assert.Contains("This cannot be undone.", Dialogs.Markup, StringComparison.Ordinal));
        await Button(Dialogs, "Revoke").ClickAsync();
        await revoking;
        Assert.Contains("CRM was revoked.", Told, StringComparison.Ordinal);
        Assert.IsType<ApiKeyRevoked>((await Keys.AuthenticateAsync(secret, null, Cancel)).Error);
    }

    [Fact]
    public async Task A_key_whose_user_lost_the_role_says_so_and_the_ids_for_Facebook_are_there()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var other = await Portal.AddUserAsync(Owner.Agency, AgencyRole.SubUser, "The former", "former@brightside.example", Cancel);
        await Keys.CreateAsync(other with { Role = AgencyRole.MainUser }, new NewApiKey("Old tool", [ApiScope.ReadRequests]), Cancel);

        var page = Page(Owner);

        Assert.Contains("The former, who made it, is no longer a main user", page.Find("tbody th").TextContent, StringComparison.Ordinal);
        Assert.Equal(RequestBuilder.Business.ExternalId, page.Find("details code").TextContent);
    }

    [Fact]
    public void The_examples_call_this_portal_and_can_be_copied()
    {
        var copied = Page(Owner).FindAll("details [data-copy]").Select(b => b.GetAttribute("data-copy")!).ToList();

        Assert.Equal(2, copied.Count);
        Assert.All(copied, example => Assert.Contains("https://portal.example/api/v1/requests", example, StringComparison.Ordinal));
    }

    [Fact]
    public void A_sub_user_who_got_here_sees_no_key()
    {
        var page = RenderFor<ApiPage>(Member);

        page.WaitForAssertion(() => Assert.Contains("Only main users", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table"));
        Assert.Empty(Buttons(page, "Create API key"));
    }

    private IRenderedComponent<ApiPage> Page(AgencyCaller user)
    {
        _ = (Popups, Dialogs);
        var page = RenderFor<ApiPage>(user);
        page.WaitForElement("details");
        return page;
    }
}
