using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Connect;

/// <summary>The way to a platform from an agency's own host, over the portal's and back.</summary>
public abstract class OwnHostConnectTests(DatabaseProvider database) : PortalTest(database)
{
    private GraphStub Graph => new(Http);

    private ConnectService Connect => Portal.Get<ConnectService>();

    [Fact]
    public async Task From_an_agencys_own_host_the_way_leads_over_the_portals_and_back_each_handle_once_and_in_its_own_browser()
    {
        const string Host = "onboard.bakery.example";
        await ShowHostAsync(Owner, Host);
        var baker = await AskedAsync();
        Graph.SignsIn();
        var home = Value(
            await Connect.StartAsync(Facebook, Value(await Connect.BeginAsync(baker, Facebook, new(), Cancel)), Host, _ => true, Cancel));
        Assert.StartsWith("https://portal.example/connect/facebook/leave?ticket=", home.Address.AbsoluteUri, StringComparison.Ordinal);
        var leave = QueryHelpers.ParseQuery(home.Address.Query)["ticket"].ToString();

        var way = Way.Of(Value(await Connect.LeaveAsync(Facebook, leave, Cancel)));
        Assert.IsType<ConnectAttemptUnknown>((await Connect.LeaveAsync(Facebook, leave, Cancel)).Error);
        var answer = new ConnectAnswer(way.State, "the-code");
        foreach (var browser in new[] { null, "planted", home.BrowserSecret })
            Assert.Null(await Connect.RelayAsync(Facebook, answer, browser, Cancel));
        Assert.IsType<ConnectAttemptUnknown>((await Connect.FinishAsync(Facebook, answer, way.Browser, null, Cancel)).Error); // not here

        var back = (await Connect.RelayAsync(Facebook, answer, way.Browser, Cancel))!;
        Assert.Equal($"https://{Host}/connect/facebook/return", back.GetLeftPart(UriPartial.Path));
        Assert.DoesNotContain("the-code", back.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(
            $"https://{Host}/onboarding/{baker.Request}", (await Connect.RelayAsync(Facebook, answer, way.Browser, Cancel))!.AbsoluteUri);
        var handle = QueryHelpers.ParseQuery(back.Query)["ticket"].ToString();
        foreach (var (agency, browser) in new[]
        {
            (Owner.Agency, null), (Owner.Agency, way.Browser), (Stranger.Agency, home.BrowserSecret)
        })
        {
            Assert.IsType<ConnectAttemptUnknown>((await Connect.ReturnAsync(Facebook, agency, handle, browser, null, Cancel)).Error);
        }

        Assert.Empty(Http.Calls);
        var ends = await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => Connect.ReturnAsync(Facebook, Owner.Agency, handle, home.BrowserSecret, "198.51.100.7", Cancel)));
        Assert.Null(Assert.Single(ends, e => e.Succeeded).Value.Failure);
        Assert.IsType<ConnectAttemptUsed>(
            (await Connect.ReturnAsync(Facebook, Owner.Agency, handle, home.BrowserSecret, null, Cancel)).Error);
        Assert.Single(Graph.CallsOf("oauth/access_token"));
        Assert.Single((await WizardOf(baker)).Connections);
    }

    [Fact]
    public async Task A_host_given_up_on_the_way_is_sent_nothing()
    {
        const string Host = "onboard.bakery.example";
        await ShowHostAsync(Owner, Host);
        var baker = await AskedAsync();
        var home = Value(
            await Connect.StartAsync(Facebook, Value(await Connect.BeginAsync(baker, Facebook, new(), Cancel)), Host, _ => true, Cancel));
        var way = Way.Of(
            Value(await Connect.LeaveAsync(Facebook, QueryHelpers.ParseQuery(home.Address.Query)["ticket"].ToString(), Cancel)));
        Assert.Null(await Portal.Get<BrandingService>().SaveAsync(Owner, BrandingInput.Of(null), LogoChange.Keep, Cancel));
        await ShowHostAsync(Stranger, Host);

        Assert.Null(await Connect.RelayAsync(Facebook, new ConnectAnswer(way.State, "the-code"), way.Browser, Cancel));
        Assert.IsType<ConnectAttemptUnknown>(
            (await Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, "the-code"), way.Browser, null, Cancel)).Error);
    }

    [Fact]
    public async Task An_answer_that_no_browser_takes_is_neither_readable_nor_kept()
    {
        await ShowHostAsync(Owner, "onboard.bakery.example");
        var baker = await AskedAsync();
        var home = Value(
            await Connect.StartAsync(
                Facebook, Value(await Connect.BeginAsync(baker, Facebook, new(), Cancel)), "onboard.bakery.example", _ => true, Cancel));
        var way = Way.Of(
            Value(await Connect.LeaveAsync(Facebook, QueryHelpers.ParseQuery(home.Address.Query)["ticket"].ToString(), Cancel)));
        Assert.NotNull(await Connect.RelayAsync(Facebook, new ConnectAnswer(way.State, "CANARY-code"), way.Browser, Cancel));
        var kept = (await KeptAsync())!;
        Assert.DoesNotContain("CANARY", kept, StringComparison.Ordinal);

        Clock.Advance(ConnectAttempt.Life + TimeSpan.FromSeconds(1));
        await Portal.Get<CredentialErasure>().EraseDueAsync(Cancel);
        Assert.Null(await KeptAsync());

        async Task<string?> KeptAsync()
        {
            await using var db = Portal.Contexts.Create(Owner.Agency);
            return await db.ConnectAttempts.Select(a => a.AnswerProtected).SingleAsync(Cancel);
        }
    }

    private async Task<ClientCaller> AskedAsync() => await AParticipant(await ARequest().Asking(Facebook).SentAsync());

    private sealed record Way(string State, string Browser)
    {
        public static Way Of(ConnectStart start) =>
            new(QueryHelpers.ParseQuery(start.Address.Query)["state"].ToString(), start.BrowserSecret);
    }
}

public sealed class OwnHostConnectTestsOnSqlite() : OwnHostConnectTests(DatabaseProvider.Sqlite);

public sealed class OwnHostConnectTestsOnPostgres() : OwnHostConnectTests(DatabaseProvider.Postgres);
