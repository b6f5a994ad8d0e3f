using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Features.Users;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Users;

public sealed class UsersPageTests : PortalContext
{
    private UserService Users => Portal.Get<UserService>();

    [Fact]
    public async Task A_main_user_sees_who_works_here_and_what_they_can_do_to_each()
    {
        Assert.Null(await Portal.Get<UserHandover>().HandOwnershipOverAsync(Owner, Owner.User, Cancel));

        var page = Page(Owner);

        Assert.Equal(
            ["The owner (you)owner@brightside.example|Main user · Owner|21 Nov|Off|Active",
                "The membermember@brightside.example|Sub-user|Never|Off|Active"],
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

        Assert.Equal(
            ["Make sub-user", "Hand over ownership", "Hand over requests", "Disable", "Remove user"], await MenuAsync(page, Member));
        var asking = Choose("Hand over ownership");
        Assert.Contains("only The member can hand ownership on", Dialog().TextContent, StringComparison.Ordinal);
        await Button(Dialogs, "Hand over ownership").ClickAsync(new());
        await asking;

        page.WaitForAssertion(() => Assert.Contains("The member owns the agency now", Told, StringComparison.Ordinal));
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
        var asking = Choose("Reset two-factor sign-in");
        Assert.Contains("Make sure that it is really The owner who asks", Dialog().TextContent, StringComparison.Ordinal);
        await Button(Dialogs, "Reset two-factor sign-in").ClickAsync(new());
        await asking;

        page.WaitForAssertion(() => Assert.Contains("The owner now signs in with their password alone", Told, StringComparison.Ordinal));
        Assert.Equal(
            [false, true], Value(await Users.ListAsync(Member with { Role = AgencyRole.MainUser }, Cancel)).Select(u => u.HasSecondFactor));
    }

    [Fact]
    public async Task Inviting_names_what_is_wrong_at_the_field_and_then_shows_the_invitation()
    {
        var page = Page(Owner);
        var inviting = Button(page, "Invite user").ClickAsync(new());
        await TypeAsync("nobody");
        Dialogs.WaitForAssertion(() => Assert.Contains("such as name@company.com", Dialog().TextContent, StringComparison.Ordinal));

        await TypeAsync(Member.Email);
        Dialogs.WaitForAssertion(
            () => Assert.Contains(
                "already belongs to a user of your agency", Dialog().QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal));

        await Dialogs.FindAll("input[type=radio]")[1].ClickAsync(new());
        await TypeAsync("new@brightside.example");
        await inviting;
        page.WaitForAssertion(() => Assert.Contains("new@brightside.example is on its way", Told, StringComparison.Ordinal));
        Assert.Empty(Dialogs.FindAll("[role=dialog]"));
        Assert.Contains("Main user", page.FindAll("tbody")[1].TextContent, StringComparison.Ordinal);

        await Button(page, "Send again: new@brightside.example").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("sent a moment ago", Told, StringComparison.Ordinal));
        await Button(page, "Cancel invitation: new@brightside.example").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#invitations")));

        async Task TypeAsync(string address)
        {
            await Dialogs.WaitForElement("input[type=email]").ChangeAsync(address);
            await Dialogs.Find("form").SubmitAsync();
        }
    }

    [Fact]
    public async Task What_was_typed_into_an_invitation_stays_when_it_cannot_be_sent()
    {
        var page = Page(Owner);
        await Button(page, "Invite user").ClickAsync(new());
        await Dialogs.WaitForElement("input[type=email]").ChangeAsync("new@brightside.example");
        await using var db = Portal.Contexts.CreateForSystem();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE invitations RENAME TO away", Cancel);

        await Dialogs.Find("form").SubmitAsync();

        Dialogs.WaitForAssertion(
            () => Assert.Contains("tell your administrator this number", Dialog().TextContent, StringComparison.Ordinal));
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE away RENAME TO invitations", Cancel);
        await Dialogs.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("new@brightside.example is on its way", Told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Removing_asks_first_and_hands_the_requests_to_whom_was_chosen()
    {
        var heir = await Portal.AddUserAsync(Owner.Agency, AgencyRole.SubUser, "The heir", "heir@brightside.example", Cancel);
        var request = await ARequest().By(Member).SentAsync();
        var page = Page(Owner);

        await MenuAsync(page, Member);
        var asking = Choose("Remove user");
        Assert.Equal("The owner", Dialogs.WaitForElement("input").GetAttribute("value"));
        await Dialogs.Find("[role=combobox]").MouseDownAsync(new());
        Popups.WaitForAssertion(() => Assert.Equal(
            // not the one who goes
            ["The heirheir@brightside.example", "The ownerowner@brightside.example"],
            Popups.FindAll("[role=option]").Select(o => o.TextContent.Trim()).Order()));
        await Popups.FindAll("[role=option]").Single(o => o.TextContent.Contains("The heir", StringComparison.Ordinal)).ClickAsync(new());
        await Button(Dialogs, "Remove user").ClickAsync(new());
        await asking;

        page.WaitForAssertion(() => Assert.Contains("Requests handed over to The heir: 1", Told, StringComparison.Ordinal));
        Assert.DoesNotContain(Member.Email, page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Equal(heir.User, (await DetailsOf(request.Id)).Request.RequesterId);
    }

    [Fact]
    public async Task A_second_factor_cannot_be_required_without_an_own_one_and_the_switch_goes_back()
    {
        var page = Page(Owner);

        await page.Find("input[role=switch]").ChangeAsync(true);

        page.WaitForAssertion(() => Assert.Contains("Set up an authenticator app", Told, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.False(page.Find("input[role=switch]").HasAttribute("checked")));
    }

    [Fact]
    public async Task Who_was_made_a_sub_user_while_the_page_lay_open_is_refused_and_sees_nothing_more()
    {
        var page = Page(Owner);
        await MenuAsync(page, Member);
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Users.Where(u => u.Id == Owner.User.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.Role, AgencyRole.SubUser), Cancel);
        }

        await Choose("Make main user");

        page.WaitForAssertion(() => Assert.Contains("Only main users", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table"));
        Assert.Equal(AgencyRole.SubUser, (await Portal.Get<AgencyService>().FindCallerAsync(Member.User, null, Cancel))!.Role);
    }

    [Fact]
    public void A_sub_user_who_got_here_sees_nobody()
    {
        var page = RenderFor<UsersPage>(Member);

        page.WaitForAssertion(() => Assert.Contains("Only main users", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table"));
        Assert.DoesNotContain(Owner.Email, page.Markup, StringComparison.Ordinal);
    }

    /// <summary>Opens a user's menu; those opened before stay.</summary>
    private async Task<IReadOnlyList<string>> MenuAsync(IRenderedComponent<UsersPage> page, AgencyCaller user)
    {
        var before = Popups.FindAll("[role=menu]").Count;
        await Button(page, $"Actions for {user.Email}").ClickAsync(new());
        Popups.WaitForAssertion(() => Assert.Equal(before + 1, Popups.FindAll("[role=menu]").Count));
        return [.. Popups.FindAll("[role=menu]")[^1].QuerySelectorAll("[role=menuitem]").Select(i => i.TextContent.Trim())];
    }

    /// <summary>Chooses from the menu opened last. What asks first is over when the dialog is.</summary>
    private Task Choose(string name) => Popups.FindAll("[role=menuitem]").Last(i => i.TextContent.Trim() == name).ClickAsync(new());

    private IElement Dialog() => Dialogs.WaitForElement("[role=dialog]");

    private IRenderedComponent<UsersPage> Page(AgencyCaller user)
    {
        _ = (Popups, Dialogs);
        var page = RenderFor<UsersPage>(user);
        page.WaitForElement("table");
        return page;
    }
}
