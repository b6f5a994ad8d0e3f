using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Connect;

public abstract class ConnectTests(DatabaseProvider database) : PortalTest(database)
{
    private GraphStub Graph => new(Http);

    private ConnectService Connect => Portal.Get<ConnectService>();

    [Fact]
    public async Task Somebody_who_signs_in_comes_back_with_their_account_attached()
    {
        var (request, baker) = await AskedAsync();
        Graph.SignsIn();
        var way = await StartAsync(baker);

        var attempt = Value(
            await Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, "the-code"), way.Browser, "198.51.100.7", Cancel));

        Assert.Null(attempt.Failure);
        var state = await WizardOf(baker);
        var account = Assert.Single(state.Connections);
        Assert.Equal((attempt.ConnectionId, "A page admin", true, true), (account.Id, account.Name, account.Mine, account.SignInLives));
        Assert.Equal(new WizardAttempt(attempt.Id, Facebook, null, account.Id), state.LastAttempt);
        var noted = (await DetailsOf(request.Id)).Events[0];
        Assert.Equal((AuditKind.SignedIn, "A page admin", "198.51.100.7"), (noted.Kind, noted.Detail, noted.Address));

        await Wizard.DismissAttemptAsync(baker, attempt.Id, Cancel);
        Assert.Null((await WizardOf(baker)).LastAttempt);
    }

    [Fact]
    public async Task The_browser_is_sent_to_the_platforms_own_page_with_a_state_that_says_nothing()
    {
        var (_, baker) = await AskedAsync();

        var way = await StartAsync(baker, askAgain: true);

        Assert.StartsWith("https://www.facebook.com/v25.0/dialog/oauth?", way.Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("https://portal.example/connect/facebook/callback", way.Query["redirect_uri"]);
        Assert.Equal("rerequest", way.Query["auth_type"]);
        Assert.Equal(43, way.State.Length);
        Assert.NotEqual(way.State, way.Browser);
    }

    [Fact]
    public async Task A_ticket_starts_once()
    {
        var (_, baker) = await AskedAsync();
        var ticket = Value(await Connect.BeginAsync(baker, Facebook, new(), Cancel));

        var starts = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Connect.StartAsync(Facebook, ticket, null, _ => true, Cancel)));

        Assert.Single(starts, s => s.Succeeded);
        Assert.IsType<ConnectAttemptUnknown>((await Connect.StartAsync(Facebook, ticket, null, _ => true, Cancel)).Error);
    }

    [Fact]
    public async Task A_ticket_is_worth_nothing_to_somebody_else_elsewhere_or_later()
    {
        var (_, baker) = await AskedAsync();
        var ticket = Value(await Connect.BeginAsync(baker, Facebook, new(), Cancel));

        Assert.IsType<ConnectAttemptUnknown>((await Connect.StartAsync(Facebook, ticket, null, _ => false, Cancel)).Error);
        Assert.IsType<ConnectAttemptUnknown>((await Connect.StartAsync(Mailchimp, ticket, null, _ => true, Cancel)).Error);
        Assert.IsType<ConnectAttemptUnknown>((await Connect.StartAsync(Facebook, "forged", null, _ => true, Cancel)).Error);
        Clock.Advance(ConnectAttempt.Life + TimeSpan.FromTicks(10));
        Assert.IsType<ConnectAttemptUnknown>((await Connect.StartAsync(Facebook, ticket, null, _ => true, Cancel)).Error);
    }

    [Fact]
    public async Task A_state_finishes_once_even_when_the_callback_comes_twice_at_once()
    {
        var (request, baker) = await AskedAsync();
        Graph.SignsIn();
        var way = await StartAsync(baker);

        var finishes = await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, "the-code"), way.Browser, null, Cancel)));

        Assert.Single(finishes, f => f.Succeeded);
        Assert.IsType<ConnectAttemptUsed>(finishes.Single(f => !f.Succeeded).Error);
        Assert.IsType<ConnectAttemptUsed>(
            (await Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, "the-code"), way.Browser, null, Cancel)).Error);
        Assert.Single(Graph.CallsOf("oauth/access_token"));
        Assert.Single((await DetailsOf(request.Id)).Events, e => e.Kind == AuditKind.SignedIn);
    }

    [Fact]
    public async Task A_callback_that_nobody_started_is_unknown_and_calls_no_platform()
    {
        var (_, baker) = await AskedAsync();
        var way = await StartAsync(baker);

        foreach (var state in new[] { null, "", "forged", way.Browser })
        {
            Assert.IsType<ConnectAttemptUnknown>(
                (await Connect.FinishAsync(Facebook, new ConnectAnswer(state, "code"), way.Browser, null, Cancel)).Error);
        }

        Assert.Empty(Http.Calls);
    }

    [Fact]
    public async Task Another_browser_cannot_finish_nor_spoil_the_way()
    {
        var (_, baker) = await AskedAsync();
        Graph.SignsIn();
        var way = await StartAsync(baker);

        Assert.IsType<ConnectAttemptUnknown>(
            (await Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, "attackers-code"), null, null, Cancel)).Error);
        Assert.IsType<ConnectAttemptUnknown>(
            (await Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, "attackers-code"), "another", null, Cancel)).Error);
        Assert.Empty(Http.Calls);

        Assert.True((await Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, "the-code"), way.Browser, null, Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_state_of_one_platform_is_unknown_at_anothers_callback()
    {
        var (_, baker) = await AskedAsync();
        var way = await StartAsync(baker);

        Assert.IsType<ConnectAttemptUnknown>(
            (await Connect.FinishAsync(Mailchimp, new ConnectAnswer(way.State, "the-code"), way.Browser, null, Cancel)).Error);
        Assert.Empty(Http.Calls);
    }

    [Fact]
    public async Task Two_tabs_of_one_browser_do_not_hinder_each_other()
    {
        var (_, baker) = await AskedAsync();
        Graph.SignsIn();
        var first = await StartAsync(baker);
        var second = await StartAsync(baker);

        Assert.NotEqual((first.Browser, first.Key), (second.Browser, second.Key)); // who planted a secret before does not know the next
        Assert.True((await Connect.FinishAsync(Facebook, new ConnectAnswer(first.State, "code-1"), first.Browser, null, Cancel)).Succeeded);
        Assert.IsType<ConnectAttemptUnknown>(
            (await Connect.FinishAsync(Facebook, new ConnectAnswer(second.State, "code-2"), first.Browser, null, Cancel)).Error);
        Assert.True(
            (await Connect.FinishAsync(Facebook, new ConnectAnswer(second.State, "code-2"), second.Browser, null, Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_way_that_took_too_long_has_ended()
    {
        var (_, baker) = await AskedAsync();
        var way = await StartAsync(baker);
        Clock.Advance(ConnectAttempt.Life + TimeSpan.FromTicks(10));

        Assert.IsType<ConnectAttemptUnknown>(
            (await Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, "the-code"), way.Browser, null, Cancel)).Error);
        Assert.Empty(Http.Calls);
    }

    [Fact]
    public async Task Somebody_who_cancels_loses_nothing_and_can_try_again()
    {
        var (request, baker) = await AskedAsync();
        var way = await StartAsync(baker);

        var attempt = Value(await Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, null), way.Browser, null, Cancel));

        Assert.Equal(PlatformFailureKind.Cancelled, attempt.Failure);
        Assert.Empty(Http.Calls);
        Assert.Equal(PlatformFailureKind.Cancelled, (await WizardOf(baker)).LastAttempt!.Failure);
        Assert.Equal(
            (AuditKind.SignInFailed, "Cancelled"),
            ((await DetailsOf(request.Id)).Events[0].Kind, (await DetailsOf(request.Id)).Events[0].Detail));
        Assert.Equal(RequestActivity.Stuck, (await RowOf(request.Id)).Activity);
        Graph.SignsIn();
        var again = await StartAsync(baker);
        Assert.True(
            (await Connect.FinishAsync(Facebook, new ConnectAnswer(again.State, "the-code"), again.Browser, null, Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_platform_that_fails_is_told_and_nothing_is_attached()
    {
        var (_, baker) = await AskedAsync();
        Graph.Get("oauth/access_token", "<html>down</html>", HttpStatusCode.BadGateway);
        var way = await StartAsync(baker);

        Assert.Equal(
            PlatformFailureKind.Transient,
            Value(await Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, "the-code"), way.Browser, null, Cancel)).Failure);
        Assert.Empty((await WizardOf(baker)).Connections);
    }

    [Fact]
    public async Task Only_what_the_request_asks_for_can_be_connected()
    {
        var baker = await AParticipant(await ARequest().Asking(Mailchimp).SentAsync());

        Assert.Equal(new PlatformUnavailable(Facebook), (await Connect.BeginAsync(baker, Facebook, new(), Cancel)).Error);
        Assert.IsType<PlatformUnavailable>((await Connect.BeginAsync(baker, new PlatformKey("myspace"), new(), Cancel)).Error);
    }

    [Theory]
    [InlineData("access_denied", PlatformFailureKind.Cancelled)]
    [InlineData("server_error", PlatformFailureKind.Transient)]
    [InlineData("temporarily_unavailable", PlatformFailureKind.Transient)]
    [InlineData("invalid_scope", PlatformFailureKind.Misconfigured)]
    [InlineData("unauthorized_client", PlatformFailureKind.Misconfigured)]
    [InlineData("<script>alert(1)</script>", PlatformFailureKind.Misconfigured)]
    [InlineData("", PlatformFailureKind.Misconfigured)]
    public async Task An_error_at_the_callback_has_a_meaning_and_its_description_is_neither_kept_nor_shown(
        string error, PlatformFailureKind kind)
    {
        var (request, baker) = await AskedAsync();
        var way = await StartAsync(baker);

        var attempt = Value(await Connect.FinishAsync(
            Facebook, new ConnectAnswer(way.State, "a-code-too", error, "<img src=x onerror=alert(1)> CANARY"), way.Browser, null, Cancel));

        Assert.Equal(kind, attempt.Failure);
        Assert.Empty(Http.Calls); // with an error there is nothing to exchange
        Assert.DoesNotContain((await DetailsOf(request.Id)).Events, e => e.Detail?.Contains("CANARY", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(Portal.Logs.Lines, l => l.Contains("CANARY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_that_a_platform_sends_fit_whatever_they_are()
    {
        foreach (var name in new[] { new string('n', 5000), new string('n', 299) + "😀", "A\0B", "\u202Egnp.exe", "<script>" })
        {
            var (_, baker) = await AskedAsync();
            Graph.SignsIn(name: name);
            var way = await StartAsync(baker);

            Assert.Null(
                Value(await Connect.FinishAsync(Facebook, new ConnectAnswer(way.State, "the-code"), way.Browser, null, Cancel)).Failure);

            Assert.Equal(
                name.Replace("\0", "", StringComparison.Ordinal)[..Math.Min(3, name.Length - 1)],
                Assert.Single((await WizardOf(baker)).Connections).Name[..Math.Min(3, name.Length - 1)]);
        }
    }

    private async Task<(GivenRequest Request, ClientCaller Participant)> AskedAsync()
    {
        var request = await ARequest().Asking(Facebook).SentAsync();
        return (request, await AParticipant(request));
    }

    private async Task<Way> StartAsync(ClientCaller caller, bool askAgain = false)
    {
        var ticket = Value(await Connect.BeginAsync(caller, Facebook, new ConnectWay(askAgain), Cancel));
        return Way.Of(Value(await Connect.StartAsync(Facebook, ticket, null, a => a.ParticipantId == caller.Participant, Cancel)));
    }

    private sealed record Way(
        Uri Address, Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Query, string State, string Key, string Browser)
    {
        public static Way Of(ConnectStart start)
        {
            var query = QueryHelpers.ParseQuery(start.Address.Query);
            return new Way(start.Address, query, query["state"].ToString(), start.Key, start.BrowserSecret);
        }
    }
}

public sealed class ConnectTestsOnSqlite() : ConnectTests(DatabaseProvider.Sqlite);

public sealed class ConnectTestsOnPostgres() : ConnectTests(DatabaseProvider.Postgres);
