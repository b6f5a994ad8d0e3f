using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

/// <summary>What every platform must meet that people sign in to.</summary>
/// <typeparam name="TAnswers">The platform's answers.</typeparam>
public abstract class SignInContract<TAnswers> : PlatformContract<TAnswers>
    where TAnswers : SignInAnswers, new()
{
    // RFC 7636, appendix B
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static readonly AuthorizeCall Call = new(ConnectPurpose.Client, "the state", Callback, CodeVerifier: Verifier);

    private ISignInPlatform Platform => (ISignInPlatform)Client;

    public static TheoryData<HttpStatusCode, string, PlatformSetupVerdict> SetupVerdicts => Answers.SetupVerdicts;

    [Theory]
    [MemberData(nameof(SetupVerdicts))]
    public async Task The_check_of_the_registration_says_what_is_wrong(HttpStatusCode status, string body, PlatformSetupVerdict verdict)
    {
        (Answers.SetupCheck with { Status = status, Body = body }).On(Http);

        Assert.Equal(verdict, await Client.CheckSetupAsync(Callback, Cancel));
    }

    [Fact]
    public void The_setup_names_every_setting_and_shows_no_secret()
    {
        Assert.True(Client.IsConfigured);
        Assert.NotEmpty(Client.Setup.Settings);
        Assert.All(
            Client.Setup.Settings,
            s => Assert.True(s.Value is null
                || !s.Name.Contains("Secret", StringComparison.Ordinal) && !s.Name.EndsWith("Token", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_sign_in_page_is_asked_with_the_documented_parameters()
    {
        var address = Platform.AuthorizeAddress(Call);
        var query = QueryHelpers.ParseQuery(address.Query).ToDictionary(p => p.Key, p => p.Value.ToString());

        Assert.Equal(Answers.AuthorizeAddress, address.GetLeftPart(UriPartial.Path));
        Assert.Equal((Answers.ClientId, Callback.AbsoluteUri, "the state"), (query["client_id"], query["redirect_uri"], query["state"]));
        Assert.Equal(Answers.Scope, query.GetValueOrDefault("scope"));
        Assert.Equal(
            Answers.HasChallenge ? (Challenge, "S256") : default((string?, string?)),
            (query.GetValueOrDefault("code_challenge"), query.GetValueOrDefault("code_challenge_method")));
        Assert.DoesNotContain(Verifier, address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_signs_in_by_the_documented_calls()
    {
        Record(Answers.SignIn);

        var signIn = Value(await SignInAsync());

        Assert.Equal(new PlatformSignIn(Answers.Account, Answers.Credentials, Answers.Granted), signIn);
        Assert.Equal(Answers.SignIn.Select(r => (r.Method, r.Address)), Http.Calls.Select(c => (c.Method, c.Address)));
        Assert.All(Http.Calls.Skip(1).Where(c => c.Token is not null), c => Assert.Equal(Answers.Credentials.AccessToken, c.Token));
    }

    [Fact]
    public async Task The_code_is_exchanged_with_all_that_proves_who_asks()
    {
        Record(Answers.SignIn);

        await SignInAsync();

        var exchange = Http.Calls[0];
        var sent = exchange.Method == HttpMethod.Post ? exchange.Form : exchange.Query;
        var expected = new Dictionary<string, string>(Answers.ExchangeForm)
        {
            ["code"] = "the-code",
            ["client_id"] = Answers.ClientId,
            ["redirect_uri"] = Callback.AbsoluteUri,
        };
        if (Answers.HasChallenge) expected["code_verifier"] = Verifier;
        Assert.Equal(expected.OrderBy(p => p.Key), sent.Where(p => p.Key != "client_secret").OrderBy(p => p.Key));
        Assert.NotEmpty(sent["client_secret"]);
        if (exchange.Method == HttpMethod.Post) Assert.Empty(exchange.Query); // an address is logged on its way, a body is not
    }

    [Fact]
    public async Task Whoever_grants_less_than_is_needed_is_told_so()
    {
        foreach (var partial in Answers.Partial)
        {
            Record(Answers.SignIn);
            partial.On(Http);
            Http.Forget();

            Assert.Equal(PlatformFailureKind.Incomplete, KindOf(await SignInAsync()));
            Assert.All(Http.Calls.Skip(1), c => Assert.Equal(HttpMethod.Get, c.Method));
        }
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "", PlatformFailureKind.Transient)]
    [InlineData(HttpStatusCode.OK, "{}", PlatformFailureKind.Nonsense)]
    [InlineData(HttpStatusCode.OK, "<html>", PlatformFailureKind.Nonsense)]
    [InlineData(HttpStatusCode.OK, """{"access_token":""}""", PlatformFailureKind.Nonsense)]
    public async Task A_code_is_worth_one_try(HttpStatusCode status, string body, PlatformFailureKind kind)
    {
        (Answers.SignIn[0] with { Status = status, Body = body }).On(Http);

        Assert.Equal(kind, KindOf(await SignInAsync()));
        Assert.Single(Http.Calls);
    }

    [Fact]
    public async Task A_token_is_sent_to_the_platforms_own_places_only()
    {
        foreach (var foreign in Answers.Foreign)
        {
            Record(Answers.SignIn);
            foreign.On(Http);
            Http.Forget();

            Assert.True(KindOf(await SignInAsync()) == PlatformFailureKind.Nonsense, foreign.Body);
            Assert.Equal(foreign.Address, Http.Calls[^1].Address);
        }
    }

    [Fact]
    public async Task Credentials_are_renewed_by_the_documented_call_and_keep_their_refresh_token()
    {
        Record(Answers.Refresh);

        var renewed = await Platform.RefreshAsync(Answers.Credentials, Cancel);

        Assert.Equal(Answers.Refresh.Select(r => (r.Method, r.Address)), Http.Calls.Select(c => (c.Method, c.Address)));
        if (Answers.Renewed is null) Assert.Equal(PlatformFailureKind.AuthExpired, KindOf(renewed));
        else Assert.Equal(Answers.Renewed, Value(renewed));
    }

    [Fact]
    public async Task A_new_refresh_token_replaces_the_old_one()
    {
        Assert.Equal(Answers.Rotated is not null, Answers.Credentials.CanRefresh);
        if (Answers.Rotated is not { } rotated) return; // a platform without refresh tokens
        rotated.On(Http);

        Assert.Equal(Answers.Renewed! with { RefreshToken = "rotated" }, Value(await Platform.RefreshAsync(Answers.Credentials, Cancel)));

        var form = Assert.Single(Http.Calls).Form;
        Assert.Equal(("refresh_token", Answers.Credentials.RefreshToken), (form["grant_type"], form["refresh_token"]));
    }

    [Fact]
    public async Task A_renewal_that_is_refused_is_not_tried_again()
    {
        if (Answers.Refresh.Count > 0)
            (Answers.Refresh[0] with { Status = Answers.RefusedRefresh.Status, Body = Answers.RefusedRefresh.Body }).On(Http);

        Assert.Equal(PlatformFailureKind.AuthExpired, KindOf(await Platform.RefreshAsync(Answers.Credentials, Cancel)));
        Assert.Equal(Math.Min(1, Answers.Refresh.Count), Http.Calls.Count);
    }

    [Fact]
    public async Task A_renewal_is_never_repeated_by_itself()
    {
        foreach (var answer in Answers.Refresh.Take(1)) (answer with { Status = HttpStatusCode.ServiceUnavailable, Body = "" }).On(Http);

        Assert.False((await Platform.RefreshAsync(Answers.Credentials, Cancel)).Succeeded);
        Assert.Equal(Math.Min(1, Answers.Refresh.Count), Http.Calls.Count);
    }

    [Fact]
    public void Somebody_who_cancels_is_understood() =>
        Assert.Equal(PlatformFailureKind.Cancelled, Platform.ReadRefusal("access_denied", null));

    [Fact]
    public async Task No_secret_reaches_a_log()
    {
        Record(Answers.SignIn);
        (Answers.Reading with { Status = Answers.Dead.Status, Body = Answers.Dead.Body }).On(Http);

        await SignInAsync();

        var secrets = new[]
        {
            Answers.Credentials.AccessToken, Answers.Credentials.RefreshToken, "the-code", Verifier
        }.Concat(Http.Calls[0].Form.Where(p => p.Key == "client_secret").Select(p => p.Value));
        Assert.All(
            secrets.OfType<string>(),
            secret => Assert.DoesNotContain(Portal.Logs.Lines, l => l.Contains(secret, StringComparison.Ordinal)));
    }

    private Task<Result<PlatformSignIn>> SignInAsync() => Platform.SignInAsync("the-code", Call, Cancel);
}
