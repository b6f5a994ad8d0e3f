using Bunit;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.App.Features.Wizard.Parts;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;
using WizardView = OnboardingPortal.App.Features.Wizard.Wizard;

namespace OnboardingPortal.Tests.Components.Wizard;

/// <summary>
/// What a client can say in the wizard beside connecting: a question, a no with its reason, that the rest is for somebody else.
/// </summary>
public sealed class WizardAnswersTests : PortalContext
{
    private const string Evil = "<img src=x onerror=alert(1)>";

    [Fact]
    public async Task A_question_is_asked_from_each_step_and_the_page_says_where_the_answer_comes()
    {
        var request = await ARequest().Asking(Facebook).SentAsync();
        var wizard = Open(await AParticipant(request));

        Ask(wizard, "Ask a question");
        await Field().ChangeAsync("Which Business Manager?");
        await SubmitAsync();

        wizard.WaitForAssertion(() => Assert.Contains(
            "Your question is on its way to The owner. The answer comes to client@bakery.example.",
            wizard.Find(".mud-alert[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Empty(Dialogs.FindAll("[role=dialog]"));
        var question = Assert.Single((await DetailsOf(request.Id)).Questions);
        Assert.Equal((Facebook, "Which Business Manager?"), (question.Platform, question.Text));
    }

    [Fact]
    public async Task A_question_that_was_typed_and_not_sent_is_there_again()
    {
        var client = await AParticipant(await ARequest().Asking(Facebook).SentAsync());
        KeptInBrowser($"question-{client.Participant}", new AnswerDraft { Text = "Which" }, ("Text", "Which Business"));
        var wizard = Open(client);

        Ask(wizard, "Ask a question");

        Assert.Equal("Which Business", Field().GetAttribute("value"));
    }

    [Fact]
    public async Task A_refused_question_stays_in_its_field_with_the_reason_beside_it()
    {
        var wizard = Open(await AParticipant(await ARequest().Asking(Mailchimp).SentAsync()));
        Ask(wizard, "Ask a question");

        await SubmitAsync();
        Dialogs.WaitForAssertion(() => Assert.Contains("Write your question first.", Described()));
        await Field().ChangeAsync(new string('x', 2001));
        await SubmitAsync();

        Dialogs.WaitForAssertion(() => Assert.Contains("This has 2001 characters, and at most 2000 fit. Please shorten it.", Described()));
        Assert.Equal(2001, Field().GetAttribute("value")!.Length);
        Assert.Equal("true", Field().GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Where_a_step_has_several_platforms_the_client_says_which_one_it_is_about()
    {
        var request = await ARequest().Asking(Mailchimp, new("hubspot")).SentAsync();
        var wizard = Open(await AParticipant(request));
        Ask(wizard, "Ask a question");

        await Dialogs.Find("[role=combobox]").MouseDownAsync(new());
        Popups.WaitForAssertion(
            () => Assert.Equal(
                ["The request as a whole", "Mailchimp", "HubSpot"], Popups.FindAll("[role=option]").Select(o => o.TextContent.Trim())));
        await Popups.FindAll("[role=option]")[2].ClickAsync(new());
        await Field().ChangeAsync("Which one?");
        await SubmitAsync();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll("[role=dialog]")));
        Assert.Equal("hubspot", Assert.Single((await DetailsOf(request.Id)).Questions).Platform!.Value.Value);
    }

    [Fact]
    public async Task A_no_with_its_reason_is_saved_shown_and_taken_back()
    {
        var client = await AParticipant(await ARequest().Asking(Facebook).SentAsync());
        var wizard = Open(client);

        Ask(wizard, "I may not grant this: Facebook");
        await Field().ChangeAsync($"Our IT decides {Evil}");
        await SubmitAsync();

        wizard.WaitForAssertion(
            () => Assert.Contains("You said that you may not grant access to Facebook.", wizard.Markup, StringComparison.Ordinal));
        Assert.Empty(wizard.FindAll("img"));
        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll("[role=dialog]")));
        Assert.Contains($"Our IT decides {Evil}", wizard.Find(".mud-alert").TextContent, StringComparison.Ordinal);
        Assert.Equal(DeclineReason.NotAllowed, (await WizardOf(client)).Platforms[0].DeclineReason);

        await Button(wizard, "Undo: Facebook").ClickAsync(new());
        wizard.WaitForAssertion(() => Assert.Single(Buttons(wizard, "I don't use this: Facebook")));
        Assert.False((await WizardOf(client)).Platforms[0].Declined);
    }

    [Fact]
    public async Task A_reason_that_is_too_long_stays_in_its_field()
    {
        var wizard = Open(await AParticipant(await ARequest().Asking(Mailchimp).SentAsync()));
        Ask(wizard, "I may not grant this: Mailchimp");

        await Field().ChangeAsync(new string('x', 501));
        await SubmitAsync();

        Dialogs.WaitForAssertion(() => Assert.Contains("This has 501 characters, and at most 500 fit. Please shorten it.", Described()));
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
        Assert.Equal(
            ["Mailchimp: done", "HubSpot: still open"],
            wizard.FindAll(".outcome").Select(o => $"{o.QuerySelector(".name")!.TextContent}: {o.QuerySelector(".state")!.TextContent}"));
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
        Assert.StartsWith(
            "mailto:client@bakery.example?subject=Your%20question%3A%20Which%20account%3F%20%3Cimg", answer.GetAttribute("href"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("&", answer.GetAttribute("href"), StringComparison.Ordinal);
    }

    /// <summary>Presses a button that waits for a dialog's answer.</summary>
    private void Ask(IRenderedComponent<WizardView> wizard, string button)
    {
        _ = Button(wizard, button).ClickAsync(new());
        Dialogs.WaitForElement("textarea");
    }

    private AngleSharp.Dom.IElement Field() => Dialogs.Find("textarea");

    private IEnumerable<string> Described() =>
        Field().GetAttribute("aria-describedby")!.Split(' ').SelectMany(id => Dialogs.FindAll($"[id='{id}']"))
            .Select(note => note.TextContent.Trim());

    private async Task SubmitAsync() => await Dialogs.Find("form").SubmitAsync();

    private IRenderedComponent<WizardView> Open(ClientCaller client)
    {
        _ = (Popups, Dialogs);
        var wizard = RenderFor<WizardView>(Owner, p => p.Add(w => w.Caller, client));
        wizard.WaitForAssertion(() => Assert.Single(Buttons(wizard, "Ask a question")));
        return wizard;
    }
}
