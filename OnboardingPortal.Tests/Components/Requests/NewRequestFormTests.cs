using Bunit;
using OnboardingPortal.App.Components.Requests;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Requests;

/// <summary>The form of a new request.</summary>
public sealed class NewRequestFormTests : PortalContext
{
    [Fact]
    public void The_message_starts_with_the_agencys_default()
    {
        var form = RenderFor<NewRequestForm>(Owner);

        form.WaitForAssertion(() => Assert.Equal("Please connect your accounts.", form.Find("textarea").GetAttribute("value")));
    }

    [Fact]
    public async Task Without_a_service_nothing_is_saved_and_what_was_typed_stays()
    {
        var form = RenderFor<NewRequestForm>(Owner);
        form.WaitForElement("textarea").Change("A message of my own");

        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Contains("Choose at least one service.", form.Markup, StringComparison.Ordinal));
        Assert.Equal("A message of my own", form.Find("textarea").GetAttribute("value"));
        Assert.Empty((await Table.ListAsync(Owner.Scope, new RequestQuery(), Cancel)).Rows);
    }

    [Fact]
    public async Task Saving_leads_to_the_requests_page()
    {
        var form = RenderFor<NewRequestForm>(Owner);
        form.WaitForElement("input[type=checkbox]");
        await form.FindAll("label").Single(l => l.TextContent.Trim() == "Mailchimp").QuerySelector("input")!.ChangeAsync(true);

        await form.Find("form").SubmitAsync();

        var row = Assert.Single((await Table.ListAsync(Owner.Scope, new RequestQuery(), Cancel)).Rows);
        form.WaitForAssertion(() => Assert.EndsWith($"/collaboration/requests/{row.Id}", Navigation.Uri, StringComparison.Ordinal));
    }
}
