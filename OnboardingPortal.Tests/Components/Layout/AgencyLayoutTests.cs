using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Layout;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Layout;

public sealed class AgencyLayoutTests : PortalContext
{
    [Theory]
    [InlineData(AgencyRole.MainUser, "/collaboration /collaboration/requests /collaboration/settings")]
    [InlineData(AgencyRole.SubUser, "/collaboration /collaboration/requests")]
    public void Collaboration_has_tabs_of_which_sub_users_have_no_settings(AgencyRole role, string addresses)
    {
        Navigation.NavigateTo("/collaboration/requests/7");

        var shell = Shell(role == AgencyRole.MainUser ? Owner : Member);

        shell.WaitForAssertion(() => Assert.Equal(addresses.Split(' '), Tabs(shell).Select(tab => tab.GetAttribute("href"))));
        Assert.Equal(["Hub", "Onboarding Requests"], Tabs(shell).Select(Words).Take(2));
        Assert.Equal(["Onboarding Requests"], Tabs(shell).Where(tab => tab.GetAttribute("aria-current") == "page").Select(Words));
    }

    [Fact]
    public void It_names_agency_and_user_and_the_way_out_is_a_button()
    {
        var shell = Shell(Member);

        shell.WaitForAssertion(
            () => Assert.Equal(
                ["Home", "Collaboration", "Data sync", "Campaigns", "Settings"], shell.FindAll("nav[aria-label=Main] a").Select(Words)));
        Assert.Empty(Tabs(shell)); // outside Collaboration
        Assert.Contains("Brightside Agency", shell.Find(".shell-agency").TextContent, StringComparison.Ordinal);
        Assert.Equal(Member.Name + "Sub-user", shell.Find(".shell-foot .shell-name").TextContent);
        var leave = Button(shell, "Sign out");
        // the document's own form, outside the circuit
        Assert.Equal(("submit", "session"), (leave.GetAttribute("type"), leave.GetAttribute("form")));
    }

    [Fact]
    public async Task Who_must_set_up_a_second_factor_first_is_offered_no_way_elsewhere()
    {
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            var agency = await db.Agencies.FindAsync([Owner.Agency], Cancel);
            agency!.RequireTwoFactor(true);
            await db.SaveChangesAsync(Cancel);
        }

        Navigation.NavigateTo("/collaboration");
        var shell = Shell(Owner);

        shell.WaitForAssertion(() => Assert.Contains("Brightside Agency", shell.Markup, StringComparison.Ordinal));
        Assert.Empty(shell.FindAll("nav"));
        Assert.Empty(shell.FindAll("[data-command]"));
        Button(shell, $"Your account, {Owner.Name}").Click();
        shell.WaitForAssertion(
            () => Assert.Equal(
                ["EN – English", "DE – Deutsch", "Switch between light and dark", "Sign out"],
                shell.FindAll("[role=menuitem]").Select(Words)));
    }

    [Fact]
    public void The_account_menu_has_language_theme_and_the_users_own_pages()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        Navigation.NavigateTo("/collaboration/requests?status=Pending");
        var shell = Shell(Owner);
        shell.WaitForAssertion(() => Assert.NotEmpty(Buttons(shell, $"Your account, {Owner.Name}")));

        Button(shell, $"Your account, {Owner.Name}").Click();

        shell.WaitForAssertion(() => Assert.Equal(
            ["Profile", "Second factor", "Sessions", "EN – English", "DE – Deutsch", "Switch between light and dark", "Sign out"],
            shell.FindAll("[role=menuitem]").Select(Words)));
        var german = shell.FindAll("[role=menuitem]").Single(item => item.TextContent.Contains("Deutsch", StringComparison.Ordinal));
        Assert.Equal(
            "true", shell.FindAll("[role=menuitem]").Single(item => item.TextContent.Contains("English", StringComparison.Ordinal))
                .GetAttribute("aria-current"));
        german.Click();
        // a form: the browser comes back to this view
        shell.WaitForAssertion(() => Assert.Equal(["de"], Script.Invocations["portal.chooseLanguage"].Single().Arguments));
    }

    [Fact]
    public void The_command_box_opens_once_however_often_its_keys_are_pressed()
    {
        var shell = Shell(Owner);
        shell.WaitForAssertion(() => Assert.NotEmpty(shell.FindAll("[data-command]")));

        shell.Find("[data-command]").Click();
        shell.WaitForAssertion(() => Assert.Single(shell.FindAll("[role=dialog]")));
        shell.Find("[data-command]").Click();

        shell.WaitForAssertion(() => Assert.Single(shell.FindAll("[role=dialog]")));
    }

    [Fact]
    public void The_shell_renders_when_another_page_comes_not_when_the_page_does_and_the_account_menu_not_even_then()
    {
        var shell = Shell(Owner);
        shell.WaitForAssertion(() => Assert.NotEmpty(Buttons(shell, $"Your account, {Owner.Name}")));
        var (drawer, menu) = (shell.FindComponent<MudDrawer>(), shell.FindComponent<AccountMenu>());
        var (drawn, opened) = (drawer.RenderCount, menu.RenderCount);

        shell.FindComponent<Page>().Render();
        Assert.Equal(drawn, drawer.RenderCount);

        Navigation.NavigateTo("/settings");
        shell.Render(p => p.Add(l => l.Body, page => page.AddContent(0, "another page")));
        Assert.Equal("Settings", shell.Find(".shell-section").TextContent);
        Assert.Equal(opened, menu.RenderCount);
    }

    private IRenderedComponent<AgencyLayout> Shell(AgencyCaller user) => RenderFor<AgencyLayout>(user, p => p.Add(l => l.Body, page =>
    {
        page.OpenComponent<Page>(0);
        page.CloseComponent();
    }));

    private static IReadOnlyList<IElement> Tabs(IRenderedComponent<AgencyLayout> shell) => shell.FindAll("nav[aria-label=Collaboration] a");

    private static string Words(IElement element) => element.TextContent.Trim();

    /// <summary>A page that can be made to render.</summary>
    private sealed class Page : ComponentBase;
}
