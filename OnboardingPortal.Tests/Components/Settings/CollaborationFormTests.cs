using Bunit;
using OnboardingPortal.App.Components.Settings;
using OnboardingPortal.Core.Agencies;
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
    public async Task A_sub_user_who_got_here_is_refused()
    {
        var form = Form(Member);

        await form.Find("textarea").ChangeAsync("Mine now");
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Contains("Only main users", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(Before, (await AgencyNow()).DefaultMessage);
    }

    private IRenderedComponent<CollaborationForm> Form(AgencyCaller user)
    {
        var form = RenderFor<CollaborationForm>(user);
        form.WaitForElement("form");
        return form;
    }

    private Task<Agency> AgencyNow() => Portal.Get<AgencyService>().GetAsync(Owner.Agency, Cancel);
}
