using Bunit;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;
using WizardView = OnboardingPortal.App.Features.Wizard.Wizard;

namespace OnboardingPortal.Tests.Components.Wizard;

/// <summary>What a client can say in the wizard beside connecting: a question, a no with its reason, that the rest is for somebody else.</summary>
public sealed class WizardAnswersTests : PortalContext
{
    private const string Evil = "<img src=x onerror=alert(1)>";

    [Fact]
    public async Task A_question_is_asked_from_each_step_and_the_page_says_where_the_answer_comes()
    {
        var request = await ARequest().Asking(Facebook).SentAsync();
        var wizard = Open(await AParticipant(request));

        await Button(wizard, "Ask a question").ClickAsync(new());
        await wizard.Find("dialog textarea").ChangeAsync("Which Business Manager?");
        await Button(wizard, "Send question").ClickAsync(new());

        wizard.WaitForAssertion(() => Assert.Contains(
            "Your question is on its way to The owner. The answer comes to client@bakery.example.", wizard.Find("[role=status].success").TextContent, StringComparison.Ordinal));
        Assert.Empty(wizard.FindAll("dialog"));
        var question = Assert.Single((await DetailsOf(request.Id)).Questions);
        Assert.Equal((Facebook, "Which Business Manager?"), (question.Platform, question.Text));
    }

    [Fact]
    public async Task A_refused_question_stays_in_its_field_with_the_reason_beside_it()
    {
        var wizard = Open(await AParticipant(await ARequest().Asking(Mailchimp).SentAsync()));
        await Button(wizard, "Ask a question").ClickAsync(new());

        await Button(wizard, "Send question").ClickAsync(new());
        wizard.WaitForAssertion(() => Assert.Equal("Write your question first.", Described(wizard, "dialog textarea")));
        await wizard.Find("dialog textarea").ChangeAsync(new string('x', 2001));
        await Button(wizard, "Send question").ClickAsync(new());

        wizard.WaitForAssertion(() => Assert.Equal("This has 2001 characters, and at most 2000 fit. Please shorten it.", Described(wizard, "dialog textarea")));
        Assert.Equal(2001, wizard.Find("dialog textarea").GetAttribute("value")!.Length);
        Assert.Equal("true", wizard.Find("dialog textarea").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Where_a_step_has_several_platforms_the_client_says_which_one_it_is_about()
    {
        var request = await ARequest().Asking(Mailchimp, new("hubspot")).SentAsync();
        var wizard = Open(await AParticipant(request));
        await Button(wizard, "Ask a question").ClickAsync(new());

        await wizard.Find("dialog select").ChangeAsync("hubspot");
        await wizard.Find("dialog textarea").ChangeAsync("Which one?");
        await Button(wizard, "Send question").ClickAsync(new());

        wizard.WaitForAssertion(() => Assert.Empty(wizard.FindAll("dialog")));
        Assert.Equal("hubspot", Assert.Single((await DetailsOf(request.Id)).Questions).Platform!.Value.Value);
    }

    [Fact]
    public async Task A_no_with_its_reason_is_saved_shown_and_taken_back()
    {
        var client = await AParticipant(await ARequest().Asking(Facebook).SentAsync());
        var wizard = Open(client);

        await Button(wizard, "I may not grant this: Facebook").ClickAsync(new());
        await wizard.Find("dialog textarea").ChangeAsync($"Our IT decides {Evil}");
        await Button(wizard, "Save answer").ClickAsync(new());

        wizard.WaitForAssertion(() => Assert.Contains("You said that you may not grant access to Facebook.", wizard.Markup, StringComparison.Ordinal));
        Assert.Empty(wizard.FindAll("img, dialog"));
        Assert.Contains($"Our IT decides {Evil}", wizard.Find(".alert").TextContent, StringComparison.Ordinal);
        Assert.Equal(DeclineReason.NotAllowed, (await WizardOf(client)).Platforms[0].DeclineReason);

        await Button(wizard, "Undo: Facebook").ClickAsync(new());
        wizard.WaitForAssertion(() => Assert.Single(Buttons(wizard, "I don't use this: Facebook")));
        Assert.False((await WizardOf(client)).Platforms[0].Declined);
    }

    [Fact]
    public async Task A_reason_that_is_too_long_stays_in_its_field()
    {
        var wizard = Open(await AParticipant(await ARequest().Asking(Mailchimp).SentAsync()));
        await Button(wizard, "I may not grant this: Mailchimp").ClickAsync(new());

        await wizard.Find("dialog textarea").ChangeAsync(new string('x', 501));
        await Button(wizard, "Save answer").ClickAsync(new());

        wizard.WaitForAssertion(() => Assert.Equal("This has 501 characters, and at most 500 fit. Please shorten it.", Described(wizard, "dialog textarea")));
    }

    [Fact]
    public async Task Who_is_done_sees_what_is_open_and_a_note_without_the_link_and_can_go_on_after_all()
    {
        var request = await ARequest().Asking(Mailchimp, new("hubspot")).SentAsync();
        var client = await AParticipant(request);
        await AnAccount(client, Mailchimp);
        var wizard = Open(client);

        await Button(wizard, "I'm done here").ClickAsync(new());

        wizard.WaitForAssertion(() => Assert.Equal("Your part is done, thank you!", wizard.Find("h1").TextContent));
        Assert.Equal(["Mailchimp: done", "HubSpot: still open"], wizard.FindAll(".outcome").Select(o => $"{o.QuerySelector(".name")!.TextContent}: {o.QuerySelector(".state")!.TextContent}"));
        Assert.Contains("this is still open: HubSpot.", wizard.Find(".copy-text").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(request.Token, wizard.Markup, StringComparison.Ordinal);
        Assert.Empty(Buttons(wizard, "Next Step"));

        await Button(wizard, "Go on after all").ClickAsync(new());
        wizard.WaitForAssertion(() => Assert.Single(Buttons(wizard, "Next Step")));
        Assert.Null((await WizardOf(client)).DoneAt);
    }

    [Fact]
    public async Task With_everything_answered_there_is_nothing_to_leave_to_others()
    {
        var client = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync());
        var wizard = Open(client);
        wizard.WaitForAssertion(() => Assert.Single(Buttons(wizard, "I'm done here")));

        await AnAccount(client, Mailchimp);

        wizard.WaitForAssertion(() => Assert.Empty(Buttons(wizard, "I'm done here")));
    }

    [Fact]
    public async Task The_agency_reads_the_whole_question_and_answers_it_with_one_press()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var client = await AParticipant(request, $"Baker {Evil}");
        Assert.Null(await Portal.Get<ClientQuestions>().AskAsync(client, Mailchimp, $"Which account?\n{Evil}&bcc=x@y.example", Cancel));

        var card = RenderFor<QuestionsCard>(Owner, p => p.Add(c => c.Details, DetailsOf(request.Id).GetAwaiter().GetResult()));

        Assert.Equal($"Which account?\n{Evil}&bcc=x@y.example", card.Find("blockquote").TextContent);
        Assert.Empty(card.FindAll("img"));
        var answer = Link(card, "Answer");
        Assert.Equal($"Answer Baker {Evil}", answer.GetAttribute("aria-label"));
        Assert.StartsWith("mailto:client@bakery.example?subject=Your%20question%3A%20Which%20account%3F%20%3Cimg", answer.GetAttribute("href"), StringComparison.Ordinal);
        Assert.DoesNotContain("&", answer.GetAttribute("href"), StringComparison.Ordinal);
    }

    private static string Described(IRenderedComponent<WizardView> wizard, string field) =>
        wizard.Find($"#{wizard.Find(field).GetAttribute("aria-describedby")}").TextContent.Trim();

    private IRenderedComponent<WizardView> Open(ClientCaller client)
    {
        var wizard = RenderFor<WizardView>(Owner, p => p.Add(w => w.Caller, client));
        wizard.WaitForAssertion(() => Assert.Single(Buttons(wizard, "Ask a question")));
        return wizard;
    }
}
