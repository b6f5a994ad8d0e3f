using Bunit;
using OnboardingPortal.App.Features.Collaboration;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Collaboration;

public sealed class CollaborationSettingsPageTests : PortalContext
{
    private const string Before = "Please connect your accounts.";

    [Fact]
    public async Task What_a_main_user_applies_is_kept()
    {
        var page = Page(Owner);
        Assert.Equal(Before, Field(page, "DefaultMessage").GetAttribute("value"));

        await Field(page, "DefaultMessage").ChangeAsync("Hello, please connect.");
        await Field(page, "GermanDefaultMessage").ChangeAsync("Bitte verbinden.");
        await Field(page, "IncludeRequesterName").ChangeAsync(false);
        await ChooseAsync<string>(page, "Language of emails", "Deutsch");
        await SubmitAsync(page);

        page.WaitForAssertion(() => Assert.Equal("Saved", Told));
        var agency = await AgencyNow();
        Assert.Equal("Bitte verbinden.", agency.GermanDefaultMessage);
        Assert.Equal(("Hello, please connect.", false, "de"), (agency.DefaultMessage, agency.IncludeRequesterName, agency.Language));
    }

    [Fact]
    public async Task Link_life_reminders_visibility_language_and_who_is_mailed_are_kept()
    {
        var page = Page(Owner);

        await ChooseAsync<string>(page, "Language for new requests", "Deutsch");
        await Box(page, "Only the requester").ClickAsync(new());
        await Field(page, "LinkLife").ChangeAsync("14");
        await ChooseAsync<LinkLifeUnit>(page, "Days or months", "days");
        await Box(page, "Remind recipients by email").ChangeAsync(true);
        await Field(page, "ReminderDays").ChangeAsync(" 7, 3 ");
        await Box(page, "All main users").ChangeAsync(true);
        await Box(page, "The member").ChangeAsync(true);
        await Field(page, "MailedOnLostAccess").ChangeAsync("it@brightside.example; IT@brightside.example\ndesk@brightside.example");
        await SubmitAsync(page);

        page.WaitForAssertion(() => Assert.Equal("Saved", Told));
        var settings = (await AgencyNow()).Settings;
        Assert.Equal(
            ("de", RequestVisibility.OnlyRequester, new LinkLife(14, LinkLifeUnit.Day)),
            (settings.RequestLanguage, settings.Visibility, settings.LinkLife));
        Assert.Equal([3, 7], settings.ReminderDays);
        Assert.Equal(
            (true, true, Member.User),
            (settings.MailedOnCompletion.Requester, settings.MailedOnCompletion.MainUsers, settings.MailedOnCompletion.Users.Single()));
        Assert.Equal(["it@brightside.example", "desk@brightside.example"], settings.MailedOnLostAccess.Addresses);
        Assert.Equal("3, 7", Field(page, "ReminderDays").GetAttribute("value"));
    }

    [Theory]
    [InlineData("LinkLife", "many", "1 to 365 days")]
    [InlineData("ReminderDays", "3, soon", "days from 1 to 60")]
    [InlineData("MailedOnCompletion", "office", "not an email address: office")]
    public async Task What_cannot_be_is_refused_at_its_field(string field, string typed, string words)
    {
        var page = Page(Owner);
        await Box(page, "Remind recipients by email").ChangeAsync(true);

        await Field(page, field).ChangeAsync(typed);
        await SubmitAsync(page);

        page.WaitForAssertion(() => Assert.Equal("true", Field(page, field).GetAttribute("aria-invalid")));
        Assert.Contains(words, page.Find("p.mud-input-error, div.mud-input-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, Field(page, field).GetAttribute("value"));
        Assert.Empty(Told);
    }

    [Fact]
    public async Task A_message_too_long_is_refused_at_its_field_and_nothing_typed_is_lost()
    {
        var page = Page(Owner);
        var message = new string('x', 4001);

        await Field(page, "DefaultMessage").ChangeAsync(message);
        await SubmitAsync(page);

        page.WaitForAssertion(() => Assert.Equal("true", Field(page, "DefaultMessage").GetAttribute("aria-invalid")));
        Assert.Contains("4000", page.Find(".mud-input-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(message, Field(page, "DefaultMessage").GetAttribute("value"));
        Assert.Equal(Before, (await AgencyNow()).DefaultMessage);
    }

    [Fact]
    public void A_sub_user_who_got_here_sees_nothing_but_why()
    {
        var page = RenderFor<CollaborationSettingsPage>(Member);

        page.WaitForAssertion(() => Assert.Contains("Only main users", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task One_made_a_sub_user_while_the_form_lay_open_changes_nothing()
    {
        var page = Page(Owner);
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            db.Users.Single(u => u.Id == Owner.User.Value).Role = AgencyRole.SubUser;
            await db.SaveChangesAsync(Cancel);
        }

        await Field(page, "DefaultMessage").ChangeAsync("Mine now");
        await SubmitAsync(page);

        page.WaitForAssertion(() => Assert.Contains("Only main users", Told, StringComparison.Ordinal));
        Assert.Equal(Before, (await AgencyNow()).DefaultMessage);
    }

    [Fact]
    public void The_white_label_stands_below_without_a_preview_and_leads_to_its_own_page()
    {
        var page = Page(Owner);

        page.WaitForElement("[name=CompanyName]");
        Assert.Single(Buttons(page, "Apply settings"));
        Assert.Empty(page.FindAll("iframe"));
        Assert.NotEmpty(page.FindAll("a[href='/settings/white-label']"));
    }

    private static AngleSharp.Dom.IElement Field(IRenderedComponent<CollaborationSettingsPage> page, string name) =>
        page.Find($"[name={name}]");

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<CollaborationSettingsPage> page, string label) =>
        page.FindAll("label").First(l => l.TextContent.Trim().StartsWith(label, StringComparison.Ordinal)).QuerySelector("input")!;

    private static Task SubmitAsync(IRenderedComponent<CollaborationSettingsPage> page) => page.Find("form").SubmitAsync();

    private IRenderedComponent<CollaborationSettingsPage> Page(AgencyCaller user)
    {
        var page = RenderFor<CollaborationSettingsPage>(user);
        page.WaitForElement("form");
        return page;
    }

    private Task<Agency> AgencyNow() => Portal.Get<AgencyService>().GetAsync(Owner.Agency, Cancel);
}
