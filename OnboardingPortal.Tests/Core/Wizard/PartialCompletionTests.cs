using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Wizard;

/// <summary>
/// A client says no with a reason, or leaves the rest to a colleague; and the agency reads what was granted and what was not.
/// </summary>
public abstract class PartialCompletionTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly PlatformKey HubSpot = new("hubspot");
    private static readonly PlatformKey Salesforce = new("salesforce");

    private PartialCompletion Parts => Portal.Get<PartialCompletion>();

    [Fact]
    public async Task Who_may_not_grant_something_says_why_and_can_change_their_mind()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var baker = await AParticipant(request);

        Assert.Null(await Wizard.DeclineAsync(baker, Mailchimp, DeclineReason.NotAllowed, "  Our IT\r\ndecides this.  ", Cancel));

        var declined = (await WizardOf(baker)).Platforms[0];
        Assert.Equal(
            (PlatformStanding.Declined, DeclineReason.NotAllowed, "Our IT\ndecides this."),
            (declined.Standing, declined.DeclineReason, declined.DeclineText));
        Assert.True((await WizardOf(baker)).IsAnswered(PlatformGrants.Account));
        var summary = Assert.Single((await RowOf(request.Id)).Accounts);
        Assert.Equal((true, true), (summary.Declined, summary.NotAllowed));

        Assert.Null(await Wizard.DeclineAsync(baker, Mailchimp, DeclineReason.NotUsed, "left out", Cancel));
        Assert.Equal(
            (DeclineReason.NotUsed, null),
            (await WizardOf(baker)).Platforms[0] is var changed ? (changed.DeclineReason, changed.DeclineText) : default);
        Assert.Null(await Wizard.ReclaimAsync(baker, Mailchimp, Cancel));

        Assert.Equal(
            new WizardPlatform(Mailchimp, "Mailchimp", PlatformGrants.Account, PlatformStanding.Open),
            (await WizardOf(baker)).Platforms[0]);
        Assert.Equal(
            [(AuditKind.PlatformReclaimed, null), (AuditKind.PlatformDeclined, null),
                (AuditKind.PlatformDeclined, "Our IT\ndecides this.")],
            (await DetailsOf(request.Id)).Events.Take(3).Select(e => (e.Kind, e.Detail)));
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_refused_and_one_without_words_is_none()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var baker = await AParticipant(request);

        Assert.Equal(
            new TextTooLong(501, 500), await Wizard.DeclineAsync(baker, Mailchimp, DeclineReason.NotAllowed, new string('x', 501), Cancel));
        Assert.False((await WizardOf(baker)).Platforms[0].Declined);
        Assert.Null(await Wizard.DeclineAsync(baker, Mailchimp, DeclineReason.NotAllowed, " \n ", Cancel));

        Assert.Null((await DetailsOf(request.Id)).Request.Platforms[0].DeclineText);
    }

    [Fact]
    public async Task Connecting_takes_the_reason_back_too()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var baker = await AParticipant(request);
        Assert.Null(await Wizard.DeclineAsync(baker, Mailchimp, DeclineReason.NotAllowed, "Ask the boss", Cancel));

        await AnAccount(baker, Mailchimp);

        var platform = (await DetailsOf(request.Id)).Request.Platforms[0];
        Assert.Equal((null, null, null), (platform.DeclinedAt, platform.DeclineReason, platform.DeclineText));
        Assert.Equal(PlatformStanding.Granted, (await WizardOf(baker)).Platforms[0].Standing);
    }

    [Fact]
    public void A_row_of_the_table_grows_only_where_somebody_may_not_grant_something() => Assert.Equal(
        """[{"p":"x","c":0,"w":0,"e":false,"d":true,"n":[]},{"p":"y","c":0,"w":0,"e":false,"d":true,"n":[],"r":true}]""",
        AccountSummaries.Of([new("x", 0, 0, false, true, []), new("y", 0, 0, false, true, [], true)]).Json);

    [Fact]
    public async Task Who_is_done_leaves_the_rest_open_for_a_colleague_who_completes_it()
    {
        var request = await ARequest().By(Member).Asking(Mailchimp, HubSpot, Salesforce).SentAsync();
        var (baker, clerk) = (await AParticipant(request), await AParticipant(request, "The clerk"));
        await AnAccount(baker, Mailchimp);
        Assert.Null(await Wizard.DeclineAsync(baker, Salesforce, DeclineReason.NotAllowed, "Head office decides", Cancel));

        Assert.Null(await Parts.FinishPartAsync(baker, Cancel));

        Assert.Equal((RequestStatus.Pending, Clock.Now), await WizardOf(baker) is var mine ? (mine.Status, mine.DoneAt!.Value) : default);
        Assert.Null((await WizardOf(clerk)).DoneAt);
        Assert.Equal(RequestActivity.PartDone, (await RowOf(request.Id)).Activity);
        var mail = Assert.Single(await MailsAsync(EmailKind.PartDone));
        Assert.Equal(
            (Member.Email, "Part done, 1 of 3 granted so far: The baker leaves the rest to a colleague"), (mail.To, mail.Content.Subject));
        Assert.Contains("Mailchimp\r\n  ✓ You can use: Blue Bakery\r\n", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains("HubSpot\r\n  – Nothing yet; it is still open.", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains(
            "Salesforce\r\n  – The client may not grant access. They write: “Head office decides”", mail.Content.Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain(request.Token, $"{mail}{mail.Content.Html}", StringComparison.Ordinal);

        Assert.True((await Links.FindAsync(request.Token, Cancel)).Succeeded);
        Assert.Null(await Wizard.DeclineAsync(clerk, HubSpot, DeclineReason.NotUsed, null, Cancel));
        Assert.Null(await Wizard.CompleteAsync(clerk, Cancel));

        Assert.Equal(new RequestAlreadyCompleted("The clerk", Clock.Now), await Parts.GoOnAsync(baker, Cancel));
        Assert.Single((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.RequestCompleted);
    }

    [Fact]
    public async Task Pressing_again_mails_again_only_when_something_changed_in_between()
    {
        var request = await ARequest().Asking(Mailchimp, HubSpot).SentAsync();
        var baker = await AParticipant(request);

        Assert.All(
            await Task.WhenAll(Task.Run(() => Parts.FinishPartAsync(baker, Cancel)), Task.Run(() => Parts.FinishPartAsync(baker, Cancel))),
            Assert.Null);
        await AgainAsync();
        Assert.Single(await MailsAsync(EmailKind.PartDone));
        Assert.Equal(
            [AuditKind.PartDone, AuditKind.PartResumed, AuditKind.PartDone],
            (await DetailsOf(request.Id)).Events.Where(e => e.Kind is AuditKind.PartDone or AuditKind.PartResumed).Select(e => e.Kind));

        Assert.Null(await Parts.GoOnAsync(baker, Cancel));
        Assert.Null((await WizardOf(baker)).DoneAt);
        Assert.Null(await Wizard.DeclineAsync(baker, HubSpot, DeclineReason.NotUsed, null, Cancel));
        Assert.Null(await Parts.FinishPartAsync(baker, Cancel));
        Assert.Equal(2, (await MailsAsync(EmailKind.PartDone)).Count);

        async Task AgainAsync()
        {
            Assert.Null(await Parts.GoOnAsync(baker, Cancel));
            Assert.Null(await Parts.FinishPartAsync(baker, Cancel));
        }
    }

    [Fact]
    public async Task However_often_something_changes_only_a_few_such_mails_leave_in_an_hour()
    {
        var baker = await AParticipant(await ARequest().Asking(Mailchimp, HubSpot).SentAsync());
        for (var i = 0; i < 5; i++) await ChangeAndFinishAsync();
        Assert.Equal(PartialCompletion.MaxMailsAnHour, (await MailsAsync(EmailKind.PartDone)).Count);

        Clock.Advance(TimeSpan.FromHours(1));
        await ChangeAndFinishAsync();
        Assert.Equal(PartialCompletion.MaxMailsAnHour + 1, (await MailsAsync(EmailKind.PartDone)).Count);

        async Task ChangeAndFinishAsync()
        {
            Assert.Null(await Parts.GoOnAsync(baker, Cancel));
            Assert.Null(await Wizard.DeclineAsync(baker, HubSpot, DeclineReason.NotUsed, null, Cancel));
            Assert.Null(await Wizard.ReclaimAsync(baker, HubSpot, Cancel));
            Assert.Null(await Parts.FinishPartAsync(baker, Cancel));
        }
    }

    [Fact]
    public async Task Whoever_the_settings_name_for_completions_hears_of_a_finished_part()
    {
        Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(
            Owner, TestPortal.NewSettings with { MailedOnCompletion = new MailedPeople(false, false, [], ["office@brightside.example"]) },
            Cancel));

        Assert.Null(await Parts.FinishPartAsync(await AParticipant(await ARequest().SentAsync()), Cancel));

        Assert.Equal("office@brightside.example", Assert.Single(await MailsAsync(EmailKind.PartDone)).To);
    }

    [Fact]
    public async Task With_everything_answered_nothing_is_left_to_anybody()
    {
        var baker = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync());
        Assert.True((await WizardOf(baker)).IsOpen);
        await AnAccount(baker, Mailchimp);

        Assert.False((await WizardOf(baker)).IsOpen);
        Assert.IsType<NothingLeftOpen>(await Parts.FinishPartAsync(baker, Cancel));
        Assert.Null((await WizardOf(baker)).DoneAt);
    }

    [Fact]
    public async Task The_mail_on_completion_tells_for_each_platform_what_came_of_it()
    {
        var request = await ARequest().Asking(Facebook, Mailchimp, HubSpot, Salesforce).SentAsync();
        var baker = await AParticipant(request, "The <baker>");
        await ShareAsync(
            baker, ("Blue & Bakery", AssetState.Shared, null), ("Jobs", AssetState.AwaitingAdminApproval, null),
            ("By request", AssetState.AwaitingClient, AssetWay.Request),
            ("By hand", AssetState.AwaitingClient, AssetWay.ByHand), ("Old", AssetState.Failed, null));
        Assert.Null(await Wizard.DeclineAsync(baker, Mailchimp, DeclineReason.NotUsed, null, Cancel));
        Assert.Null(await Wizard.DeclineAsync(baker, HubSpot, DeclineReason.NotAllowed, "Ask <i>IT</i>\nplease", Cancel));

        Assert.Null(await Wizard.CompleteAsync(baker, Cancel));

        var mail = Assert.Single(await MailsAsync(EmailKind.Completed));
        Assert.Equal("Completed, 1 of 4 granted: The <baker> answered your onboarding request", mail.Content.Subject);
        foreach (var line in new[]
        {
            "✓ You can use: Blue & Bakery", "… Waits for a second admin of the client, who must approve it at Facebook: Jobs",
            "… Waits for the client, who must accept your request at Facebook: By request",
            "… Waits for the client, who must give access by hand at Facebook: By hand",
            "✕ Did not work: Old", "– The client does not use it.", "– The client may not grant access. They write: “Ask <i>IT</i> please”",
            "– Nothing was granted.",
        })
        {
            Assert.Contains($"\r\n  {line}\r\n", mail.Content.Text, StringComparison.Ordinal);
            Assert.Contains(System.Text.Encodings.Web.HtmlEncoder.Default.Encode(line), mail.Content.Html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("en", "The baker completed your onboarding request", "You can use: Blue Bakery")]
    [InlineData("de", "The baker hat Ihre Onboarding-Anfrage abgeschlossen", "Das können Sie verwenden: Blue Bakery")]
    public async Task Where_everything_was_granted_the_mail_says_just_that(string language, string subject, string line)
    {
        Assert.Null(
            await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { Language = language }, Cancel));
        var baker = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync());
        await AnAccount(baker, Mailchimp);

        Assert.Null(await Wizard.CompleteAsync(baker, Cancel));

        var content = Assert.Single(await MailsAsync(EmailKind.Completed)).Content;
        Assert.Equal(subject, content.Subject);
        Assert.Contains(line, content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_very_many_only_the_first_are_named()
    {
        var baker = await AParticipant(await ARequest().Asking(Facebook).SentAsync());
        await ShareAsync(baker, [.. Enumerable.Range(100, 25).Select(i => ($"Account {i}", AssetState.Shared, (AssetWay?)null))]);

        Assert.Null(await Wizard.CompleteAsync(baker, Cancel));

        var text = Assert.Single(await MailsAsync(EmailKind.Completed)).Content.Text;
        Assert.Contains("Account 119 and 5 more", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Account 120", text, StringComparison.Ordinal);
    }

    private async Task ShareAsync(ClientCaller client, params (string Name, AssetState State, AssetWay? Way)[] shared)
    {
        var id = await AnAccount(client, Facebook);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            var account = await db.Connections.SingleAsync(c => c.Id == id, Cancel);
            foreach (var (name, state, way) in shared)
            {
                var asset = new ConnectedAsset(
                    AssetId.New(Clock), account, new AssetChoice(AssetKind.Page, name, name, null, false), Clock.Now);
                asset.Become(
                    state, Clock.Now,
                    state == AssetState.Failed ? new PlatformFailure(Facebook, PlatformFailureKind.PermissionDenied) : null, way);
                db.Assets.Add(asset);
            }

            await db.SaveChangesAsync(Cancel);
        }
    }

    /// <summary>The mails of a kind that left.</summary>
    private async Task<IReadOnlyList<OutgoingEmail>> MailsAsync(EmailKind kind)
    {
        await Outbox.DeliverAsync(Cancel);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var mails = await db.EmailMessages.Where(m => m.Kind == kind).Select(m => m.Id).ToListAsync(Cancel);
        return [.. Mail.Taken.Where(m => mails.Contains(m.Id))];
    }
}

public sealed class PartialCompletionTestsOnSqlite() : PartialCompletionTests(DatabaseProvider.Sqlite);

public sealed class PartialCompletionTestsOnPostgres() : PartialCompletionTests(DatabaseProvider.Postgres);
