using Bunit;
using OnboardingPortal.App.Features.Api;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Api;

public sealed class ApiKeyListTests : PortalContext
{
    private ApiKeys Keys => Portal.Get<ApiKeys>();

    [Fact]
    public async Task A_key_is_made_shown_once_listed_and_revoked()
    {
        var page = Page(Owner);
        Assert.Contains("No API keys yet", page.Markup, StringComparison.Ordinal);
        await Button(page, "Create API key").ClickAsync();
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(["Name what the key is for.", "Choose at least one thing the key may do."], page.FindAll(".field-error").Select(e => e.TextContent)));

        await page.Find("#key-name").ChangeAsync("CRM");
        await page.FindAll("label").First(l => l.TextContent.Contains("Read requests", StringComparison.Ordinal)).QuerySelector("input")!.ChangeAsync(true);
        await page.Find("form").SubmitAsync();
        page.WaitForElement("#key-secret");
        var secret = page.Find("#key-secret").GetAttribute("value")!;
        Assert.True((await Keys.AuthenticateAsync(secret, null, Cancel)).Succeeded);
        Assert.Contains("it is not shown again", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await Button(page, "Done").ClickAsync();

        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);
        Assert.Contains(secret[..14], page.Find("tbody th").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Read requests"], page.FindAll("tbody li").Select(l => l.TextContent));
        await Button(page, "Revoke: CRM").ClickAsync();
        await Button(page, "Revoke").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("CRM was revoked.", page.Markup, StringComparison.Ordinal));
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
    public void A_sub_user_who_got_here_sees_no_key()
    {
        var page = Page(Member);

        Assert.Contains("Only main users", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("table"));
    }

    private IRenderedComponent<ApiKeyList> Page(AgencyCaller user)
    {
        var page = RenderFor<ApiKeyList>(user);
        page.WaitForElement("button.primary");
        return page;
    }
}
