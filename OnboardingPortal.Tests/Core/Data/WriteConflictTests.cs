using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Data;

/// <summary>A write that somebody else's was quicker than is done again; one that fails each time is told.</summary>
public abstract class WriteConflictTests(DatabaseProvider database) : UserTest(database)
{
    private readonly FailingCommands _commands = new();

    private AgencyFacebookService FacebookUsers => Portal.Get<AgencyFacebookService>();

    protected override void Register(IServiceCollection services)
    {
        base.Register(services);
        _commands.Register(services);
    }

    [Fact]
    public async Task A_change_that_the_database_refuses_for_good_is_tried_once()
    {
        var request = await ARequest().SentAsync();
        var tries = 0;

        await Assert.ThrowsAsync<DbUpdateException>(() => Portal.Get<RequestChanges>().ApplyAsync<bool>(Owner, request.Id, change =>
        {
            tries++;
            var nobody = new EmailMessage(
                EmailMessageId.New(Clock), Owner.Agency, NewMail.OfRequest(EmailKind.Request, request.Id, null!, null), Clock.Now);
            change.Db.EmailMessages.Add(nobody);
            return true;
        }, Cancel));

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_trouble_of_the_database_is_not_told_as_an_address_taken()
    {
        Value(await Invitations.InviteAsync(Owner, new NewInvitation("new@brightside.example", AgencyRole.SubUser), Cancel));
        await Outbox.DeliverAsync(Cancel);
        var link = Mail.Taken[^1].Content.Text.Split('\n').First(l => l.StartsWith("https", StringComparison.Ordinal)).Trim();
        var (token, newcomer) = (new Uri(link).Segments[^1], new NewMember("The newcomer", "two slow otters"));
        _commands.Before = command => command.Contains("INSERT INTO \"AspNetUsers\"", StringComparison.Ordinal)
            ? Task.FromException(new InvalidOperationException("a bad day"))
            : Task.CompletedTask;

        await Assert.ThrowsAsync<DbUpdateException>(() => Answers.AcceptAsync(token, newcomer, null, Cancel));

        _commands.Before = _ => Task.CompletedTask;
        Assert.Equal("new@brightside.example", Value(await Answers.AcceptAsync(token, newcomer, null, Cancel)));
    }

    [Fact]
    public async Task Two_tabs_that_connect_one_Facebook_user_at_the_same_instant_make_one()
    {
        var isSecond = false;
        _commands.Before = async command =>
        {
            // The first tab has seen that the user is not known yet, and not saved them.
            if (isSecond || !command.Contains("agency_keys", StringComparison.Ordinal)) return;
            isSecond = true;
            await ConnectAsync("Second tab");
        };

        await ConnectAsync("First tab");

        Assert.True(isSecond);
        Assert.Equal("First tab", Assert.Single(await FacebookUsers.ListAsync(Owner.Agency, Cancel)).Name);
    }

    private Task ConnectAsync(string name) => FacebookUsers.ConnectAsync(
        Owner, new PlatformSignIn(new PlatformAccount("10215", name, null), new PlatformCredentials("token", null, null, null)), [],
        Cancel);
}

public sealed class WriteConflictTestsOnSqlite() : WriteConflictTests(DatabaseProvider.Sqlite);

public sealed class WriteConflictTestsOnPostgres() : WriteConflictTests(DatabaseProvider.Postgres);
