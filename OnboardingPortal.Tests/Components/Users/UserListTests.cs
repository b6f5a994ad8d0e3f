using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Features.Users;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Users;

public sealed class UserListTests : PortalContext
{
    private UserService Users => Portal.Get<UserService>();

    [Fact]
    public async Task A_main_user_sees_who_works_here_and_what_they_can_do_to_each()
    {
        Assert.Null(await Portal.Get<UserHandover>().HandOwnershipOverAsync(Owner, Owner.User, Cancel));

        var page = Page(Owner);

        Assert.Equal(
            ["The owner (you)owner@brightside.example|Main user · Owner|21 Nov|Off|Active", "The membermember@brightside.example|Sub-user|Never|Off|Active"],
            page.FindAll("tbody tr").Select(row => string.Join('|', row.Children.SkipLast(1).Select(c => c.TextContent.Trim()))));
        Assert.Equal(["Make main user", "Hand over requests", "Disable", "Remove user"], await MenuAsync(page, Member));
        Assert.Equal(["Hand over requests"], await MenuAsync(page, Owner));
    }

    [Fact]
    public async Task The_owner_can_hand_the_agency_to_a_main_user()
    {
        Assert.Null(await Portal.Get<UserHandover>().HandOwnershipOverAsync(Owner, Owner.User, Cancel));
        Assert.Null(await Users.ChangeRoleAsync(Owner, Member.User, AgencyRole.MainUser, Cancel));
        var page = Page(Owner);

        Assert.Equal(["Make sub-user", "Hand over ownership", "Hand over requests", "Disable", "Remove user"], await MenuAsync(page, Member));
        await MenuItem(page, "Hand over ownership").ClickAsync(new());
        await page.WaitForElement("dialog .primary").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("The member owns the agency now", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(Member.User, (await Portal.Get<AgencyService>().GetAsync(Owner.Agency, Cancel)).OwnerId);
    }

    [Fact]
    public async Task Another_main_user_finds_nothing_to_press_against_the_owner()
    {
        Assert.Null(await Portal.Get<UserHandover>().HandOwnershipOverAsync(Owner, Owner.User, Cancel));
        Assert.Null(await Users.ChangeRoleAsync(Owner, Member.User, AgencyRole.MainUser, Cancel));

        Assert.Equal(["Hand over requests"], await MenuAsync(Page(Member), Owner));
    }

    [Fact]
    public async Task Who_lost_their_second_factor_gets_it_reset_by_a_main_user_the_owner_too()
    {
        Assert.Null(await Portal.Get<UserHandover>().HandOwnershipOverAsync(Owner, Owner.User, Cancel));
        Assert.Null(await Users.ChangeRoleAsync(Owner, Member.User, AgencyRole.MainUser, Cancel));
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.TwoFactorEnabled, true), Cancel);
        }

        var page = Page(Member);
        Assert.Equal(["Hand over requests"], await MenuAsync(page, Member)); // one's own is in the profile
        Assert.Equal(["Hand over requests", "Reset two-factor sign-in"], await MenuAsync(page, Owner));
        await MenuItem(page, "Reset two-factor sign-in").ClickAsync(new());
        Assert.Contains("Make sure that it is really The owner who asks", page.WaitForElement("dialog").TextContent, StringComparison.Ordinal);
        await page.Find("dialog .primary").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("The owner now signs in with their password alone", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal([false, true], Value(await Users.ListAsync(Member with { Role = AgencyRole.MainUser }, Cancel)).Select(u => u.HasSecondFactor));
    }

    [Fact]
    public async Task Inviting_names_what_is_wrong_at_the_field_and_then_shows_the_invitation()
    {
        var page = Page(Owner);
        await Button(page, "Invite user").ClickAsync(new());
        await page.Find("#invite-email").ChangeAsync("nobody");
        await page.Find("#invite").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("such as name@company.com", page.Find("#invite-email-note").TextContent, StringComparison.Ordinal));

        await page.Find("#invite-email").ChangeAsync(Member.Email);
        await page.Find("#invite").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("already belongs to a user of your agency", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal));

        await page.Find("#invite-email").ChangeAsync("new@brightside.example");
        await page.FindAll("dialog input[type=radio]")[1].ChangeAsync("on");
        await page.Find("#invite").SubmitAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog")));
        Assert.Contains("new@brightside.example is on its way", page.Find("[role=status]").TextContent, StringComparison.Ordinal);

        await Button(page, "Send again: new@brightside.example").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("sent a moment ago", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await Button(page, "Cancel invitation: new@brightside.example").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#invitations")));
    }

    [Fact]
    public async Task Removing_asks_first_and_hands_the_requests_to_whom_was_chosen()
    {
        var heir = await Portal.AddUserAsync(Owner.Agency, AgencyRole.SubUser, "The heir", "heir@brightside.example", Cancel);
        var request = await ARequest().By(Member).SentAsync();
        var page = Page(Owner);

        await MenuAsync(page, Member);
        await MenuItem(page, "Remove user").ClickAsync(new());
        page.WaitForElement("dialog");
        Assert.Equal(Owner.User.ToString(), page.Find("#heir").GetAttribute("value"));
        Assert.Equal(2, page.FindAll("#heir option").Count); // not the one who goes
        await page.Find("#heir").ChangeAsync(heir.User.ToString());
        await Button(page, "Remove user").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Requests handed over to The heir: 1", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(Member.Email, page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Equal(heir.User, (await DetailsOf(request.Id)).Request.RequesterId);
    }

    [Fact]
    public async Task A_second_factor_cannot_be_required_without_an_own_one_and_the_switch_goes_back()
    {
        var page = Page(Owner);

        await page.Find("input[role=switch]").ChangeAsync(true);

        page.WaitForAssertion(() => Assert.Contains("Set up an authenticator app", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.False(page.Find("input[role=switch]").HasAttribute("checked"));
    }

    [Fact]
    public async Task Who_was_made_a_sub_user_while_the_page_lay_open_is_refused_and_sees_nothing_more()
    {
        var page = Page(Owner);
        await MenuAsync(page, Member);
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Users.Where(u => u.Id == Owner.User.Value).ExecuteUpdateAsync(set => set.SetProperty(u => u.Role, AgencyRole.SubUser), Cancel);
        }

        await MenuItem(page, "Make main user").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Only main users", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table"));
        Assert.Equal(AgencyRole.SubUser, (await Portal.Get<AgencyService>().FindCallerAsync(Member.User, null, Cancel))!.Role);
    }

    [Fact]
    public void A_sub_user_who_got_here_sees_nobody()
    {
        var page = RenderFor<UserList>(Member);

        page.WaitForAssertion(() => Assert.Contains("Only main users", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table"));
        Assert.DoesNotContain(Owner.Email, page.Markup, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> MenuAsync(IRenderedComponent<UserList> page, AgencyCaller user)
    {
        await Button(page, $"Actions for {user.Email}").ClickAsync(new());
        page.WaitForElement($"[role=menu][aria-label='Actions for {user.Email}']");
        return [.. page.FindAll("[role=menuitem]").Select(i => i.TextContent.Trim())];
    }

    private static IElement MenuItem(IRenderedComponent<UserList> page, string name) => page.FindAll("[role=menuitem]").Single(i => i.TextContent.Trim() == name);

    private IRenderedComponent<UserList> Page(AgencyCaller user)
    {
        var page = RenderFor<UserList>(user);
        page.WaitForElement("#users");
        return page;
    }
}
