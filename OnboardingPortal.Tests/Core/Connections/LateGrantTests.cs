using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Connections;

/// <summary>What a client granted at a platform for a request that takes nothing any more when they come back.</summary>
public abstract class LateGrantTests(DatabaseProvider database) : PortalTest(database)
{
    private GraphStub Graph => new(Http);

    private ConnectService Connect => Portal.Get<ConnectService>();

    [Theory]
    [InlineData("completed")]
    [InlineData("deleted")]
    [InlineData("expired")]
    public async Task A_request_that_takes_no_account_any_more_gets_none_and_the_grant_is_taken_back_at_the_platform(string meanwhile)
    {
        var request = await ARequest().Asking(Facebook, Mailchimp).SentAsync();
        var baker = await AParticipant(request);
        Graph.SignsIn();
        Graph.Delete("me/permissions", """{"success":true}""");
        var (state, browser) = await StartAsync(baker);
        switch (meanwhile)
        {
            case "completed": Assert.Null(await Wizard.CompleteAsync(await AParticipant(request, "The clerk"), Cancel)); break;
            case "deleted": Value(await Requests.DeleteAsync(Owner, request.Id, Cancel)); break;
            default:
                await using (var db = Portal.Contexts.Create(Owner.Agency))
                {
                    var past = Clock.Now.AddSeconds(-1);
                    await db.Requests.Where(r => r.Id == request.Id)
                        .ExecuteUpdateAsync(set => set.SetProperty(r => r.ExpiresAt, past), Cancel);
                }

                await Portal.Get<RequestExpiry>().ExpireAsync(Cancel);
                break;
        }

        var attempt = Value(await Connect.FinishAsync(Facebook, new ConnectAnswer(state, "the-code"), browser, null, Cancel));

        Assert.Null(attempt.ConnectionId);
        Assert.Equal("client-token", Assert.Single(Graph.CallsOf("me/permissions"), c => c.Method == HttpMethod.Delete).Token);
        if (meanwhile != "deleted") Assert.Empty((await WizardOf(baker)).Connections);
    }

    [Fact]
    public async Task What_one_person_granted_through_another_request_stays_theirs()
    {
        var other = await AParticipant(await ARequest().Asking(Facebook).SentAsync());
        await AnAccount(other, Facebook, "10215000000000001", "A page admin");
        var request = await ARequest().Asking(Facebook).SentAsync();
        var baker = await AParticipant(request);
        Graph.SignsIn();
        var (state, browser) = await StartAsync(baker);
        Value(await Requests.DeleteAsync(Owner, request.Id, Cancel));

        Value(await Connect.FinishAsync(Facebook, new ConnectAnswer(state, "the-code"), browser, null, Cancel));

        Assert.DoesNotContain(Http.Calls, c => c.Method == HttpMethod.Delete); // Facebook ends all sign-ins of a person at once
    }

    [Fact]
    public async Task A_platform_that_cannot_be_told_at_once_is_told_later_and_once()
    {
        await GrantTooLateAsync();
        Assert.Equal(0, await Retry()); // the first pause is not over
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Retry()); // told in vain once more
        Graph.Delete("me/permissions", """{"success":true}""");
        Assert.Equal(0, await Retry()); // the second pause is longer
        Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, await Retry());

        Assert.Equal(["client-token", "client-token", "client-token"], Told().Select(c => c.Token));
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await Retry());
    }

    [Fact]
    public async Task Who_signed_in_anew_meanwhile_keeps_that_sign_in()
    {
        await GrantTooLateAsync();
        await AnAccount(await AParticipant(await ARequest().Asking(Facebook).SentAsync()), Facebook, "10215000000000001", "A page admin");
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await Retry());

        Assert.Single(Told()); // the first one, before they came back
    }

    [Fact]
    public async Task After_thirty_days_the_portal_gives_up_and_erases_its_copy()
    {
        await GrantTooLateAsync();
        Clock.Advance(Revocations.Patience + TimeSpan.FromMinutes(1));

        Assert.Equal(1, await Retry());

        Assert.Single(Told());
        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.Equal(0, await db.Revocations.CountAsync(Cancel));
    }

    private async Task GrantTooLateAsync()
    {
        var request = await ARequest().Asking(Facebook).SentAsync();
        var baker = await AParticipant(request);
        Graph.SignsIn();
        Graph.Delete("me/permissions", GraphStub.Error(200), HttpStatusCode.Forbidden);
        var (state, browser) = await StartAsync(baker);
        Value(await Requests.DeleteAsync(Owner, request.Id, Cancel));
        Value(await Connect.FinishAsync(Facebook, new ConnectAnswer(state, "the-code"), browser, null, Cancel));
    }

    private Task<int> Retry() => Portal.Get<Revocations>().RetryDueAsync(Cancel);

    private List<StubCall> Told() => [.. Graph.CallsOf("me/permissions").Where(c => c.Method == HttpMethod.Delete)];

    private async Task<(string State, string Browser)> StartAsync(ClientCaller caller)
    {
        var ticket = Value(await Connect.BeginAsync(caller, Facebook, new(), Cancel));
        var start = Value(await Connect.StartAsync(Facebook, ticket, null, _ => true, Cancel));
        return (QueryHelpers.ParseQuery(start.Address.Query)["state"].ToString(), start.BrowserSecret);
    }
}

public sealed class LateGrantTestsOnSqlite() : LateGrantTests(DatabaseProvider.Sqlite);

public sealed class LateGrantTestsOnPostgres() : LateGrantTests(DatabaseProvider.Postgres);
