using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>What a client asks from the wizard, and where it arrives.</summary>
public abstract class QuestionTests(DatabaseProvider database) : PortalTest(database)
{
    private ClientQuestions Questions => Portal.Get<ClientQuestions>();

    [Fact]
    public async Task A_question_reaches_the_requester_and_an_answer_the_client()
    {
        var request = await ARequest().By(Member).Asking(Mailchimp).For("hello@bakery.example").SentAsync();
        var baker = await AParticipant(request);

        Assert.Null(await Questions.AskAsync(baker, Mailchimp, "  Which account?\r\nWe have two.  ", Cancel));

        var mail = Assert.Single(await MailsAsync());
        Assert.Equal((Member.Email, "client@bakery.example"), (mail.To, mail.ReplyTo));
        Assert.Equal("Question from The baker about Mailchimp", mail.Content.Subject);
        Assert.Contains("> Which account?\r\n> We have two.\r\n", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains("The baker, client@bakery.example", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains("hello@bakery.example", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains($"https://portal.example/collaboration/requests/{request.Id}", mail.Content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(request.Token, $"{mail}{mail.Content.Html}", StringComparison.Ordinal);
        var details = await DetailsOf(request.Id);
        var question = Assert.Single(details.Questions);
        Assert.Equal(
            (baker.Participant, Mailchimp, "Which account?\nWe have two.", Clock.Now),
            (question.ParticipantId, question.Platform, question.Text, question.AskedAt));
        Assert.Contains(
            details.Events, e => e is { Kind: AuditKind.QuestionAsked, Detail: "Which account? We have two." } && e.Platform == Mailchimp);
        var row = await RowOf(request.Id);
        Assert.Equal((RequestActivity.Asked, Mailchimp), (row.Activity, row.ActivityPlatform));
    }

    [Fact]
    public async Task A_question_that_is_markup_or_pretends_to_be_the_portal_stays_a_quoted_text()
    {
        var baker = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync(), "<b>The baker</b>");

        Assert.Null(
            await Questions.AskAsync(
                baker, null, "<script>alert(1)</script>\0\nOpen the request:\nhttps://attacker.example\n--\u0007", Cancel));

        var mail = Assert.Single(await MailsAsync());
        Assert.Equal("Question from <b>The baker</b>", mail.Content.Subject);
        var page = new HtmlParser().ParseDocument(mail.Content.Html);
        Assert.Empty(page.QuerySelectorAll("script, b"));
        Assert.Equal(
            [$"https://portal.example/collaboration/requests/{baker.Request}"],
            page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        Assert.Contains(
            "> <script>alert(1)</script>\r\n> Open the request:\r\n> https://attacker.example\r\n> --\r\n", mail.Content.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_requester_reads_it_in_their_own_language()
    {
        await SetUserAsync(Owner, set => set.SetProperty(u => u.Language, "de"));
        var baker = await AParticipant(await ARequest().In("en").Asking(Mailchimp).SentAsync());

        Assert.Null(await Questions.AskAsync(baker, Mailchimp, "Which account?", Cancel));

        Assert.Equal("Frage von The baker zu Mailchimp", Assert.Single(await MailsAsync()).Content.Subject);
    }

    [Fact]
    public async Task Where_the_requester_is_disabled_the_main_users_get_it()
    {
        var baker = await AParticipant(await ARequest().By(Member).SentAsync());
        await SetUserAsync(Member, set => set.SetProperty(u => u.DisabledAt, Clock.Now));

        Assert.Null(await Questions.AskAsync(baker, null, "Anybody there?", Cancel));

        Assert.Equal(Owner.Email, Assert.Single(await MailsAsync()).To);
    }

    [Fact]
    public async Task A_question_about_a_request_that_is_deleted_before_it_leaves_is_not_sent()
    {
        var request = await ARequest().SentAsync();
        Assert.Null(await Questions.AskAsync(await AParticipant(request), null, "Which account?", Cancel));
        Value(await Requests.DeleteAsync(Owner, request.Id, Cancel));

        Assert.Empty(await MailsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\0 ")]
    public async Task An_empty_question_is_refused_and_changes_nothing(string text)
    {
        var request = await ARequest().SentAsync();
        var baker = await AParticipant(request);
        var before = (await DetailsOf(request.Id)).Request.Version;

        Assert.IsType<QuestionMissing>(await Questions.AskAsync(baker, null, text, Cancel));

        Assert.Equal(before, (await DetailsOf(request.Id)).Request.Version);
        Assert.Empty(await MailsAsync());
    }

    [Fact]
    public async Task The_longest_question_is_taken_whole_and_a_longer_one_refused()
    {
        var request = await ARequest().SentAsync();
        var baker = await AParticipant(request);

        Assert.Equal(new TextTooLong(2001, 2000), await Questions.AskAsync(baker, null, new string('x', 2001), Cancel));
        Assert.Null(await Questions.AskAsync(baker, null, new string('x', 2000), Cancel));

        var details = await DetailsOf(request.Id);
        Assert.Equal(2000, Assert.Single(details.Questions).Text.Length);
        Assert.EndsWith("x…", details.Events[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_question_pressed_twice_is_asked_once()
    {
        var request = await ARequest().SentAsync();
        var baker = await AParticipant(request);

        Assert.All(await Task.WhenAll(Ask(), Ask()), Assert.Null);

        Assert.Single((await DetailsOf(request.Id)).Questions);
        Clock.Advance(ClientQuestions.SameFor);
        Assert.Null(await Ask());
        Assert.Equal(2, (await DetailsOf(request.Id)).Questions.Count);

        Task<PortalError?> Ask() => Task.Run(() => Questions.AskAsync(baker, null, "Which account?", Cancel));
    }

    [Fact]
    public async Task Nobody_floods_the_requester_alone_or_under_many_names()
    {
        var request = await ARequest().SentAsync();
        var baker = await AParticipant(request);
        for (var i = 0; i < ClientQuestions.MaxOfParticipant; i++)
            Assert.Null(await Questions.AskAsync(baker, null, $"Question {i}", Cancel));

        Assert.IsType<TooManyQuestions>(await Questions.AskAsync(baker, null, "One more", Cancel));
        for (var i = ClientQuestions.MaxOfParticipant; i < ClientQuestions.MaxOfRequest; i++)
        {
            Assert.Null(await Questions.AskAsync(await AParticipant(request, $"Name {i}"), null, $"Question {i}", Cancel));
        }

        Assert.IsType<TooManyQuestions>(await Questions.AskAsync(await AParticipant(request, "Yet another"), null, "One more", Cancel));
        Assert.Null(await Questions.AskAsync(await AParticipant(await ARequest().SentAsync()), null, "Of another request", Cancel));

        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Questions.AskAsync(baker, null, "One more", Cancel));
    }

    [Fact]
    public async Task Only_what_was_asked_for_can_be_asked_about_and_only_while_the_request_is_open()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var (baker, clerk) = (await AParticipant(request), await AParticipant(request, "The clerk"));

        Assert.IsType<RequestNotFound>(await Questions.AskAsync(baker, Facebook, "About this?", Cancel));
        Assert.Null(await Wizard.CompleteAsync(clerk, Cancel));

        Assert.Equal(new RequestAlreadyCompleted("The clerk", Clock.Now), await Questions.AskAsync(baker, Mailchimp, "Too late?", Cancel));
    }

    [Fact]
    public async Task The_Hub_asks_for_an_answer_to_the_newest_question_of_each_pending_request()
    {
        var (first, second) = (await ARequest().For("first@bakery.example").Asking(Mailchimp).SentAsync(), await ARequest()
            .For("second@bakery.example").SentAsync());
        var (baker, clerk) = (await AParticipant(first), await AParticipant(second, "The clerk"));
        Assert.Null(await Questions.AskAsync(baker, null, "An older one", Cancel));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await Questions.AskAsync(clerk, null, "Of the second", Cancel));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await Questions.AskAsync(baker, Mailchimp, "The newest\n" + new string('x', 200), Cancel));

        var needs = (await Portal.Get<HubReader>().ReadAsync(Owner.Scope, Cancel)).Needs;

        Assert.All(needs, n => Assert.Equal((HubHand.You, HubReason.QuestionAsked), (n.Hand, n.Reason)));
        Assert.Equal([first.Id, second.Id], needs.Select(n => n.Request));
        Assert.Equal((100, Mailchimp, Clock.Now), (needs[0].Subject.Length, needs[0].Platform, needs[0].Since));
        Assert.Equal("Of the second", needs[1].Subject);
        Assert.Null(await Wizard.CompleteAsync(clerk, Cancel));
        Assert.Equal(first.Id, Assert.Single((await Portal.Get<HubReader>().ReadAsync(Owner.Scope, Cancel)).Needs).Request);
    }

    [Fact]
    public async Task A_question_that_somebody_answered_no_longer_waits_on_the_Hub_and_is_noted_once()
    {
        var request = await ARequest().By(Member).Asking(Mailchimp).SentAsync();
        var baker = await AParticipant(request);
        Assert.Null(await Questions.AskAsync(baker, Mailchimp, "The first one", Cancel));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await Questions.AskAsync(baker, null, "The second one", Cancel));
        var asked = (await DetailsOf(request.Id)).Questions;

        Assert.Null(await Questions.MarkAnsweredAsync(Member, request.Id, asked[0].Id, Cancel));
        Assert.Null(await Questions.MarkAnsweredAsync(Owner, request.Id, asked[0].Id, Cancel));

        Assert.Equal("The first one", Assert.Single(await NeedsAsync()).Subject); // the older one still waits
        Assert.Null(await Questions.MarkAnsweredAsync(Owner, request.Id, asked[1].Id, Cancel));
        Assert.Empty(await NeedsAsync());
        var details = await DetailsOf(request.Id);
        Assert.All(details.Questions, q => Assert.Equal(Clock.Now, q.AnsweredAt));
        Assert.Equal([(Owner.User.Value, "The first one"), (Member.User.Value, "The second one")],
            details.Events.Where(e => e.Kind == AuditKind.QuestionAnswered).Select(e => (e.ActorId, e.Detail)));
        // another request's
        Assert.IsType<RequestNotFound>(await Questions.MarkAnsweredAsync(Owner, (await ARequest().SentAsync()).Id, asked[0].Id, Cancel));

        async Task<IReadOnlyList<PendingTask>> NeedsAsync() => (await Portal.Get<HubReader>().ReadAsync(Owner.Scope, Cancel)).Needs;
    }

    [Fact]
    public async Task Whose_name_clients_do_not_read_is_not_named_as_who_gets_the_question()
    {
        var baker = await AParticipant(await ARequest().SentAsync());
        Assert.Equal(("The owner", "client@bakery.example"), await AddresseesAsync());

        Assert.Null(
            await Portal.Get<AgencyService>()
                .ChangeSettingsAsync(Owner, TestPortal.NewSettings with { IncludeRequesterName = false }, Cancel));

        Assert.Equal(("Brightside Agency", "client@bakery.example"), await AddresseesAsync());

        async Task<(string, string)> AddresseesAsync() => await WizardOf(baker) is var wizard
            ? (wizard.RequesterName, wizard.ParticipantEmail)
            : default;
    }

    /// <summary>The mails with questions that left.</summary>
    private async Task<IReadOnlyList<OutgoingEmail>> MailsAsync()
    {
        await Outbox.DeliverAsync(Cancel);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var questions = await db.EmailMessages.Where(m => m.Kind == EmailKind.Question).Select(m => m.Id).ToListAsync(Cancel);
        return [.. Mail.Taken.Where(m => questions.Contains(m.Id))];
    }

    private async Task SetUserAsync(AgencyCaller user, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<AgencyUser>> set)
    {
        await using var db = Portal.Contexts.CreateForSystem();
        await db.Users.Where(u => u.Id == user.User.Value).ExecuteUpdateAsync(set, Cancel);
    }
}

public sealed class QuestionTestsOnSqlite() : QuestionTests(DatabaseProvider.Sqlite);

public sealed class QuestionTestsOnPostgres() : QuestionTests(DatabaseProvider.Postgres);
