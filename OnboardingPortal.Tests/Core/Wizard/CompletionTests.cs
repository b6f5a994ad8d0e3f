using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Wizard;

public abstract class CompletionTests(DatabaseProvider database) : PortalTest(database)
{
    private const int Races = 25;

    [Fact]
    public async Task Completing_connects_the_request_and_mails_the_requester()
    {
        var request = await ARequest().Asking(Mailchimp).By(Member).SentAsync();
        await Outbox.DeliverAsync(Cancel);
        var baker = await AParticipant(request);
        await AnAccount(baker, Mailchimp, name: "Blue Bakery");

        Assert.Null(await Wizard.CompleteAsync(baker, Cancel));

        var row = await RowOf(request.Id);
        Assert.Equal(
            (RequestStatus.Connected, RequestActivity.Completed, "The baker"), (row.StoredStatus, row.Activity, row.CompletedByName));
        var state = await WizardOf(baker);
        Assert.Equal((true, "The baker", Clock.Now), (state.CompletedByCaller, state.CompletedByName, state.CompletedAt));
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Assert.Equal(Member.Email, Mail.Taken[^1].To);
        Assert.Contains("Mailchimp\r\n  ✓ You can use: Blue Bakery", Mail.Taken[^1].Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_winner_may_press_again_and_nothing_happens_twice()
    {
        var request = await ARequest().SentAsync();
        var baker = await AParticipant(request);

        Assert.All(await Task.WhenAll(Wizard.CompleteAsync(baker, Cancel), Wizard.CompleteAsync(baker, Cancel)), Assert.Null);

        Assert.Single((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.RequestCompleted);
        Assert.Equal(1, await CompletionMails());
    }

    [Fact]
    public async Task Of_two_who_complete_at_the_same_instant_one_wins_and_the_other_learns_who()
    {
        await using var other = Portal.AnotherNode();
        for (var race = 0; race < Races; race++)
        {
            var request = await ARequest().SentAsync();
            ClientCaller[] racers = [await AParticipant(request, $"First {race}"), await AParticipant(request, $"Second {race}")];
            WizardService[] nodes = [Wizard, race % 2 == 0 ? Wizard : other.Get<WizardService>()];
            using var start = new Barrier(2);

            var errors = await Task.WhenAll(racers.Select((racer, i) => Task.Run(() =>
            {
                start.SignalAndWait(Cancel);
                return nodes[i].CompleteAsync(racer, Cancel);
            })));

            var winner = Array.FindIndex(errors, e => e is null);
            Assert.True(winner >= 0, $"Nobody won: {errors[0]}, {errors[1]}");
            Assert.Equal(new RequestAlreadyCompleted(racers[winner].Name, Clock.Now), errors[1 - winner]);
            await SeesOneWinnerAsync(request, racers[winner], racers[1 - winner]);
        }

        Assert.Equal(Races, await CompletionMails());
    }

    [Fact]
    public async Task Of_ten_who_complete_at_the_same_instant_one_wins()
    {
        var request = await ARequest().SentAsync();
        var racers = new List<ClientCaller>();
        for (var i = 0; i < 10; i++) racers.Add(await AParticipant(request, $"Racer {i}"));

        var errors = await Task.WhenAll(racers.Select(racer => Task.Run(() => Wizard.CompleteAsync(racer, Cancel))));

        var winner = racers[Assert.Single(errors.Index(), e => e.Item is null).Index];
        Assert.All(errors.OfType<PortalError>(), e => Assert.Equal(new RequestAlreadyCompleted(winner.Name, Clock.Now), e));
        Assert.Equal(1, await CompletionMails());
    }

    [Fact]
    public async Task The_loser_can_change_nothing_any_more()
    {
        var request = await ARequest().Asking(Mailchimp).SentAsync();
        var (winner, loser) = (await AParticipant(request, "The first"), await AParticipant(request, "The second"));
        var account = await AnAccount(loser, Mailchimp, "m1");
        Assert.Null(await Wizard.CompleteAsync(winner, Cancel));
        var before = await DetailsOf(request.Id);
        var completed = new RequestAlreadyCompleted("The first", Clock.Now);

        Assert.Equal(completed, await Wizard.CompleteAsync(loser, Cancel));
        Assert.Equal(completed, await Wizard.DeclineAsync(loser, Mailchimp, DeclineReason.NotUsed, null, Cancel));
        Assert.Equal(completed, await Wizard.RemoveAccountAsync(loser, account, Cancel));
        Assert.Equal(completed, await Wizard.GoToAsync(loser, PlatformGrants.Account, Cancel));
        Assert.Equal(completed, (await Portal.Get<ConnectService>().BeginAsync(loser, Mailchimp, new(), Cancel)).Error);
        Assert.Equal(completed, await Wizard.DeclineAsync(winner, Mailchimp, DeclineReason.NotUsed, null, Cancel));

        var after = await DetailsOf(request.Id);
        Assert.Equal((before.Request.Version, before.Events.Count), (after.Request.Version, after.Events.Count));
        Assert.False((await WizardOf(loser)).CompletedByCaller);
    }

    [Fact]
    public async Task Of_completing_and_deleting_at_the_same_instant_one_wins()
    {
        for (var race = 0; race < 10; race++)
        {
            var request = await ARequest().SentAsync();
            var baker = await AParticipant(request);

            var complete = Task.Run(() => Wizard.CompleteAsync(baker, Cancel));
            var delete = Task.Run(() => Requests.DeleteAsync(Owner, request.Id, Cancel));
            var (completion, deletion) = (await complete, await delete);

            if (deletion.Succeeded) Assert.IsType<RequestNotFound>(completion);
            else Assert.Equal(((PortalError?)null, new RequestAlreadyCompleted("The baker", Clock.Now)), (completion, deletion.Error));
        }
    }

    private async Task SeesOneWinnerAsync(GivenRequest request, ClientCaller winner, ClientCaller loser)
    {
        var details = await DetailsOf(request.Id);
        Assert.Equal(
            (RequestStatus.Connected, winner.Participant, winner.Name),
            (details.Status, details.Request.CompletedBy, details.Request.CompletedByName));
        var completed = Assert.Single(details.Events, e => e.Kind == AuditKind.RequestCompleted);
        Assert.Equal((winner.Participant.Value, winner.Name), (completed.ActorId, completed.ActorName));
        Assert.IsType<RequestAlreadyCompleted>(await Wizard.DeclineAsync(loser, Mailchimp, DeclineReason.NotUsed, null, Cancel));
        Assert.Equal(details.Request.Version, (await DetailsOf(request.Id)).Request.Version);
    }

    private async Task<int> CompletionMails()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return db.EmailMessages.Count(m => m.Kind == EmailKind.Completed);
    }
}

public sealed class CompletionTestsOnSqlite() : CompletionTests(DatabaseProvider.Sqlite);

public sealed class CompletionTestsOnPostgres() : CompletionTests(DatabaseProvider.Postgres);
