using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Work;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Work;

/// <summary>What nobody needs any more goes after its period, and nothing else.</summary>
public abstract class RetentionTests(DatabaseProvider database) : PortalTest(database)
{
    private readonly FailingCommands _commands = new();

    private Retention Retention => Portal.Get<Retention>();

    protected override Dictionary<string, string?> Settings => new() { ["Retention:Sessions"] = "20.00:00:00" };

    protected override void Register(IServiceCollection services)
    {
        services.AddPortalIdentity();
        _commands.Register(services);
    }

    [Fact]
    public async Task Each_kind_of_row_goes_after_its_period_and_not_before()
    {
        var request = await ARequest().SentAsync();
        var baker = await AParticipant(request);
        Assert.Null(await Portal.Get<ClientQuestions>().AskAsync(baker, null, "Which account?", Cancel));
        await AParticipant(request, "Somebody else");
        Value(await Portal.Get<InvitationService>()
            .InviteAsync(Owner, new NewInvitation("new@brightside.example", AgencyRole.SubUser), Cancel));
        Value(await Portal.Get<ConnectService>().BeginAsync(Owner, Facebook, new(), Cancel));
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await Portal.Get<UserSessions>()
                .StartAsync(await db.Users.SingleAsync(u => u.Id == Owner.User.Value, Cancel), null, null, Cancel);
        }

        await Outbox.DeliverAsync(Cancel);
        Assert.Null(await Wizard.CompleteAsync(baker, Cancel));
        await Outbox.DeliverAsync(Cancel);

        Assert.Equal((1, 1, 1, 2, 1), await CountAsync());
        Assert.Equal((0, 1, 1, 2, 1), await AfterDaysAsync(21)); // the session, by the operator's setting
        Assert.Equal((0, 1, 0, 2, 1), await AfterDaysAsync(10)); // the sign-in that was begun
        Assert.Equal((0, 0, 0, 2, 1), await AfterDaysAsync(150)); // the invitation
        Assert.NotEqual(0, await MailsAsync());
        Assert.Equal((0, 0, 0, 2, 1), await AfterDaysAsync(221));
        Assert.Equal(0, await MailsAsync());
        Assert.Equal((0, 0, 0, 0, 0), await AfterDaysAsync(330)); // questions, and then who asked
        Assert.Equal(RequestStatus.Connected, (await RowOf(request.Id)).StoredStatus);
    }

    [Fact]
    public async Task What_is_still_needed_stays_however_old()
    {
        Assert.Null(
            await Portal.Get<AgencyService>()
                .ChangeSettingsAsync(Owner, TestPortal.NewSettings with { LinkLife = new LinkLife(365, LinkLifeUnit.Day) }, Cancel));
        var request = await ARequest().For("a@bakery.example").SentAsync();
        var baker = await AParticipant(request);
        await AnAccount(baker, Mailchimp);
        await Outbox.DeliverAsync(Cancel);
        var waiting = await ARequest().For("b@bakery.example").SentAsync(); // its mail never left
        Value(await Requests.DeleteAsync(Owner, waiting.Id, Cancel));
        Clock.Advance(TimeSpan.FromDays(1000));
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            var later = Clock.Now.AddDays(1);
            await db.Requests.Where(r => r.Id == request.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.ExpiresAt, later), Cancel);
        }

        await Retention.DeleteOldAsync(Cancel);

        Assert.Equal(2, await MailsAsync());
        Assert.Equal(1, (await CountAsync()).Participants);
    }

    [Fact]
    public async Task A_kind_that_cannot_be_deleted_keeps_no_other_from_it_and_no_other_agency()
    {
        foreach (var agency in new[] { Owner, Stranger })
        {
            Value(await Portal.Get<InvitationService>()
                .InviteAsync(agency, new NewInvitation($"new-{agency.Agency}@brightside.example", AgencyRole.SubUser), Cancel));
        }

        Value(await Portal.Get<ConnectService>().BeginAsync(Owner, Facebook, new(), Cancel));
        Clock.Advance(TimeSpan.FromDays(1000));
        _commands.Before = command => command.Contains("DELETE", StringComparison.Ordinal)
            && command.Contains("invitations", StringComparison.Ordinal)
            && command.Contains($"[{Owner.Agency}]", StringComparison.Ordinal)
                ? throw new InvalidOperationException("A bad row.")
                : Task.CompletedTask;

        await Retention.DeleteOldAsync(Cancel);

        Assert.Equal((0, 1, 0, 0, 0), await CountAsync());
        await using var db = Portal.Contexts.Create(Stranger.Agency);
        Assert.Equal(0, await db.Invitations.CountAsync(Cancel));
    }

    [Fact]
    public void A_period_that_would_delete_what_is_still_used_is_refused_by_its_name()
    {
        var refused = new RetentionOptionsValidator().Validate(
            null, new RetentionOptions { Sessions = TimeSpan.FromDays(1), DeliveryEvents = TimeSpan.FromHours(1) });

        Assert.Contains("Sessions", refused.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("DeliveryEvents", refused.FailureMessage, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromDays(20), Portal.Get<IOptions<RetentionOptions>>().Value.Sessions);
    }

    private async Task<(int Sessions, int Invitations, int Attempts, int Participants, int Questions)> AfterDaysAsync(int days)
    {
        Clock.Advance(TimeSpan.FromDays(days));
        await Retention.DeleteOldAsync(Cancel);
        return await CountAsync();
    }

    private async Task<(int Sessions, int Invitations, int Attempts, int Participants, int Questions)> CountAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return (await db.UserSessions.CountAsync(Cancel), await db.Invitations.CountAsync(Cancel), await db.ConnectAttempts.CountAsync(
            Cancel),
            await db.Participants.CountAsync(Cancel), await db.Questions.CountAsync(Cancel));
    }

    private async Task<int> MailsAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return await db.EmailMessages.CountAsync(Cancel);
    }
}

public sealed class RetentionTestsOnSqlite() : RetentionTests(DatabaseProvider.Sqlite);

public sealed class RetentionTestsOnPostgres() : RetentionTests(DatabaseProvider.Postgres);
