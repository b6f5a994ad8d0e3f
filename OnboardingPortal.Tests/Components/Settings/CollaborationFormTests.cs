using Bunit;
using OnboardingPortal.App.Features.Settings;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Settings;

public sealed class CollaborationFormTests : PortalContext
{
    private const string Before = "Please connect your accounts.";

    [Fact]
    public async Task What_a_main_user_applies_is_kept()
    {
        var form = Form(Owner);
        Assert.Equal(Before, form.Find("textarea").GetAttribute("value"));

        await form.Find("textarea").ChangeAsync("Hello, please connect.");
        await form.Find("input[type=checkbox]").ChangeAsync(false);
        await form.Find("select").ChangeAsync("de");
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Equal("Saved", form.Find(".saved").TextContent.Trim()));
        var agency = await AgencyNow();
        Assert.Equal(("Hello, please connect.", false, "de"), (agency.DefaultMessage, agency.IncludeRequesterName, agency.Language));
    }

    [Fact]
    public async Task Link_life_reminders_visibility_language_and_who_is_mailed_are_kept()
    {
        var form = Form(Owner);

        await form.Find("#request-language").ChangeAsync("de");
        await form.Find("input[type=radio][value=OnlyRequester]").ChangeAsync("OnlyRequester");
        await form.Find("#life").ChangeAsync("14");
        await form.Find(".unit").ChangeAsync("Day");
        await Box(form, "Remind recipients by email").ChangeAsync(true);
        await form.Find("#days").ChangeAsync(" 7, 3 ");
        await Box(form, "All main users").ChangeAsync(true);
        await Box(form, "The member").ChangeAsync(true);
        await form.Find("#lost-addresses").ChangeAsync("it@brightside.example; IT@brightside.example\ndesk@brightside.example");
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Equal("Saved", form.Find(".saved").TextContent.Trim()));
        var settings = (await AgencyNow()).Settings;
        Assert.Equal(("de", RequestVisibility.OnlyRequester, new LinkLife(14, LinkLifeUnit.Day)), (settings.RequestLanguage, settings.Visibility, settings.LinkLife));
        Assert.Equal([3, 7], settings.ReminderDays);
        Assert.Equal((true, true, Member.User), (settings.MailedOnCompletion.Requester, settings.MailedOnCompletion.MainUsers, settings.MailedOnCompletion.Users.Single()));
        Assert.Equal(["it@brightside.example", "desk@brightside.example"], settings.MailedOnLostAccess.Addresses);
        Assert.Equal("3, 7", form.Find("#days").GetAttribute("value"));
    }

    [Theory]
    [InlineData("#life", "many", "#life-note", "1 to 365 days")]
    [InlineData("#days", "3, soon", "#days-note", "days from 1 to 60")]
    [InlineData("#completion-addresses", "office", "#completion-note", "not an email address: office")]
    public async Task What_cannot_be_is_refused_at_its_field(string field, string typed, string note, string words)
    {
        var form = Form(Owner);
        await Box(form, "Remind recipients by email").ChangeAsync(true);

        await form.Find(field).ChangeAsync(typed);
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Contains(words, form.Find(note).TextContent, StringComparison.Ordinal));
        Assert.Equal("true", form.Find(field).GetAttribute("aria-invalid"));
        Assert.Equal(typed, form.Find(field).GetAttribute("value"));
    }

    [Fact]
    public async Task A_message_too_long_is_refused_at_its_field_and_nothing_typed_is_lost()
    {
        var form = Form(Owner);
        var message = new string('x', 4001);

        await form.Find("textarea").ChangeAsync(message);
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Contains("4000", form.Find("#message-note").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", form.Find("textarea").GetAttribute("aria-invalid"));
        Assert.Equal(message, form.Find("textarea").GetAttribute("value"));
        Assert.Equal(Before, (await AgencyNow()).DefaultMessage);
    }

    [Fact]
    public void A_sub_user_who_got_here_sees_nothing_but_why()
    {
        var form = RenderFor<CollaborationForm>(Member);

        form.WaitForAssertion(() => Assert.Contains("Only main users", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(form.FindAll("form"));
    }

    [Fact]
    public async Task One_made_a_sub_user_while_the_form_lay_open_changes_nothing()
    {
        var form = Form(Owner);
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            db.Users.Single(u => u.Id == Owner.User.Value).Role = AgencyRole.SubUser;
            await db.SaveChangesAsync(Cancel);
        }

        await form.Find("textarea").ChangeAsync("Mine now");
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Contains("Only main users", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(Before, (await AgencyNow()).DefaultMessage);
    }

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<CollaborationForm> form, string label) =>
        form.FindAll("label").First(l => l.TextContent.Trim().StartsWith(label, StringComparison.Ordinal)).QuerySelector("input")!;

    private IRenderedComponent<CollaborationForm> Form(AgencyCaller user)
    {
        var form = RenderFor<CollaborationForm>(user);
        form.WaitForElement("form");
        return form;
    }

    private Task<Agency> AgencyNow() => Portal.Get<AgencyService>().GetAsync(Owner.Agency, Cancel);
}
