using Bunit;
using OnboardingPortal.App.Features.DataSync;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.DataSync;

/// <summary>The form of a new sync: five choices, each in short once it is made.</summary>
public sealed class NewSyncPageTests : SyncPagesContext
{
    [Fact]
    public async Task Five_choices_lead_from_the_grant_to_a_sync_whose_plan_is_on_its_way()
    {
        var form = Open();
        await Pick(form, Client);
        form.WaitForAssertion(() => Assert.Contains($"account={Account}", Navigation.Uri, StringComparison.Ordinal));
        await Pick(form, "Newsletter");
        form.WaitForElement("input[name=AudienceName]");
        await Button(form, "Continue").ClickAsync(); // the only ad account and a neutral name are proposed
        form.WaitForElement("#column-Email");
        Assert.Equal("email", form.Find("#column-Email").GetAttribute("value"));
        await Button(form, "Continue").ClickAsync();
        await form.WaitForElement("textarea").ChangeAsync("They agreed when they signed up.");
        await form.Find("input[type=checkbox]").ChangeAsync(true);
        Assert.Equal(4, form.FindAll("button[aria-label^='Change: ']").Count);
        await form.Find("form").SubmitAsync();

        var line = Assert.Single(await Syncs.ListAsync(Owner, Cancel));
        form.WaitForAssertion(() => Assert.EndsWith($"/data-sync/{line.Id}", Navigation.Uri, StringComparison.Ordinal));
        var view = Value(await Syncs.FindAsync(Owner, line.Id, Cancel));
        Assert.Equal(
            (SyncInterval.Daily, "They agreed when they signed up.", Owner.Name), (view.Line.Every, view.LegalBasis, view.StatedBy));
        Assert.Contains(new SyncColumn("email", "Email", MatchKey.Email), view.Columns);
        Assert.NotNull(line.Running);
    }

    [Fact]
    public async Task Without_legal_basis_and_statement_nothing_is_made_and_the_fields_say_so()
    {
        var form = await OpenAtTheEndAsync();

        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Equal("true", form.Find("textarea").GetAttribute("aria-invalid")));
        Assert.Contains("Confirm that your agency may act for the client here.", form.Markup, StringComparison.Ordinal);
        Assert.Contains(Script.Invocations, call => call.Identifier == "portal.focusProblem");
        Assert.Empty(await Syncs.ListAsync(Owner, Cancel));
    }

    [Fact]
    public async Task An_account_that_does_not_work_or_has_no_ad_account_of_its_client_cannot_be_chosen()
    {
        var other = await ARequest().For("other@garage.example").Asking(MadeUpPlatform.Key).SentAsync();
        await AnAccount(await AParticipant(other), MadeUpPlatform.Key, name: "Garage CRM");
        var form = Open();

        var row = form.FindAll("li button").Single(b => b.TextContent.Contains("other@garage.example", StringComparison.Ordinal));
        Assert.True(row.HasAttribute("disabled"));
        Assert.Contains("no ad account of this client is shared with you", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_Facebook_would_flag_is_warned_of_and_a_choice_can_be_changed()
    {
        var form = Open();
        await Pick(form, Client);
        await Pick(form, "Newsletter");
        form.WaitForElement("input[name=AudienceName]");

        await form.Find("input[name=AudienceName]").ChangeAsync("Diabetes patients");
        form.WaitForAssertion(() => Assert.Contains("A neutral name is safer.", form.Markup, StringComparison.Ordinal));
        await Button(form, "Change: Which list?").ClickAsync();
        form.WaitForAssertion(
            () => Assert.Contains(form.FindAll("li button"), b => b.TextContent.Contains("Newsletter", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_free_and_neutral_name_is_proposed_whatever_the_list_is_called()
    {
        List.Name = "Diabetes newsletter";
        Graph.Add("95001", "Made-up CRM list");
        var form = Open();

        await Pick(form, Client);
        await Pick(form, "Diabetes newsletter");

        form.WaitForAssertion(
            () => Assert.Equal("Made-up CRM list 2", form.Find("input[name=AudienceName]").GetAttribute("value")));
        Assert.Contains("The list is called “Diabetes newsletter”.", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_list_that_can_be_filtered_those_are_taken_who_meet_the_conditions()
    {
        List.CanFilter = true;
        var form = Open();
        await Pick(form, Client);
        await Pick(form, "Newsletter");
        await form.WaitForElement("#add-condition").ClickAsync();
        await Button(form, "Continue").ClickAsync(); // a condition that is about nothing yet
        form.WaitForAssertion(() => Assert.Contains("Choose a field, or remove the condition.", form.Markup, StringComparison.Ordinal));
        Assert.Equal("true", form.Find("#condition-0-field").GetAttribute("aria-invalid"));

        await form.Find("#condition-0-field").ChangeAsync("Points");
        await form.Find("#condition-0-comparison").ChangeAsync("MoreThan");
        await form.Find("input[type=number]").ChangeAsync("7");
        await Button(form, "Continue").ClickAsync();

        form.WaitForAssertion(() => Assert.Contains("Newsletter · Points is more than “7”", form.Markup, StringComparison.Ordinal));
        form.WaitForElement("input[name=AudienceName]");
        Assert.Equal([new SalesforceCondition("Points", SalesforceComparison.MoreThan, "7") { Name = "Points" }], Read(List.Filter));
        await Button(form, "Change: Which list?").ClickAsync();
        await Button(form, "Remove condition 1").ClickAsync();
        await Button(form, "Continue").ClickAsync();
        form.WaitForAssertion(() => Assert.Null(List.Filter));

        static IReadOnlyList<SalesforceCondition> Read(string? filter) => SalesforceFilter.Read(filter)!.Conditions;
    }

    [Fact]
    public async Task A_copied_address_leads_to_the_same_choice_and_what_was_typed_is_there_again()
    {
        KeptInBrowser("new-sync", new NewSyncDraft
        {
            Account = Account,
            List = "list-1",
            AdAccount = AdAccount,
            AudienceName = "My people",
            ColumnsSeen = true,
            Columns = [new("email", "Email", MatchKey.Email)],
            LegalBasis = "Half a sent",
        });

        var form = await OpenAtTheEndAsync(isKept: true);

        Assert.Equal("Half a sent", form.Find("textarea").GetAttribute("value"));
        Assert.Contains("My people", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_has_no_account_of_a_client_is_led_to_asking_for_one()
    {
        var page = RenderFor<NewSyncPage>(Stranger);

        page.WaitForAssertion(
            () => Assert.Equal("/collaboration/requests/new", Link(page, "Request onboarding").GetAttribute("href")));
    }

    [Fact]
    public void Ids_in_the_address_that_are_none_open_the_first_choice()
    {
        Navigation.NavigateTo("/data-sync/new?account=%3Cscript%3E&list=list-1&adAccount=99999999999999999999");

        var form = Open();

        form.WaitForAssertion(() => Assert.Contains(Client, form.Markup, StringComparison.Ordinal));
    }

    private IRenderedComponent<NewSyncPage> Open()
    {
        var form = RenderFor<NewSyncPage>(Owner);
        _ = Popups;
        form.WaitForElement("form");
        return form;
    }

    private async Task<IRenderedComponent<NewSyncPage>> OpenAtTheEndAsync(bool isKept = false)
    {
        Navigation.NavigateTo($"/data-sync/new?account={Account}&list=list-1&adAccount={AdAccount}");
        var form = Open();
        if (!isKept)
        {
            form.WaitForElement("#column-Email");
            await Button(form, "Continue").ClickAsync();
        }

        form.WaitForElement("textarea");
        return form;
    }

    private static async Task Pick(IRenderedComponent<NewSyncPage> form, string words)
    {
        form.WaitForAssertion(() => Assert.Contains(Rows(), b => b.TextContent.Contains(words, StringComparison.Ordinal)));
        await Rows().First(b => b.TextContent.Contains(words, StringComparison.Ordinal)).ClickAsync();

        IEnumerable<AngleSharp.Dom.IElement> Rows() => form.FindAll("li button");
    }
}
