using System.Net;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Contracts;

/// <summary>What every platform must meet. A subclass only names its recorded answers; a call that nobody recorded throws.</summary>
/// <typeparam name="TAnswers">The platform's answers.</typeparam>
public abstract class PlatformContract<TAnswers>() : PortalTest(DatabaseProvider.Sqlite) // reads no database, hence runs on one
    where TAnswers : PlatformAnswers, new()
{
    protected static readonly Uri Callback = new("https://portal.example/connect/callback");

    protected static TAnswers Answers { get; } = new();

    public static TheoryData<HttpStatusCode, string, PlatformFailureKind> Errors => Answers.Errors;

    protected IPlatformClient Client => Portal.Get<PlatformClients>().Get(Answers.Key);

    [Fact]
    public async Task The_account_is_told_by_the_documented_calls()
    {
        Record(Answers.Identity);

        Assert.Equal(Answers.Account, Value(await IdentifyAsync()));

        Assert.Equal(Answers.Identity.Select(r => (r.Method, r.Address)), Http.Calls.Select(c => (c.Method, c.Address)));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Each_documented_error_has_its_meaning(HttpStatusCode status, string body, PlatformFailureKind kind)
    {
        Record(Answers.Identity);
        (Answers.Reading with { Status = status, Body = body }).On(Http);

        Assert.Equal(kind, KindOf(await IdentifyAsync()));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "", PlatformFailureKind.Nonsense)]
    [InlineData(HttpStatusCode.OK, "null", PlatformFailureKind.Nonsense)]
    [InlineData(HttpStatusCode.OK, "<html></html>", PlatformFailureKind.Nonsense)]
    [InlineData(HttpStatusCode.OK, "[{", PlatformFailureKind.Nonsense)]
    [InlineData(HttpStatusCode.Unauthorized, "<html></html>", PlatformFailureKind.AuthExpired)]
    [InlineData(HttpStatusCode.TooManyRequests, "", PlatformFailureKind.RateLimited)]
    [InlineData(HttpStatusCode.ServiceUnavailable, """{"error":[]}""", PlatformFailureKind.Transient)]
    [InlineData(HttpStatusCode.InternalServerError, "\0", PlatformFailureKind.Transient)]
    public async Task What_is_not_documented_has_a_meaning_too(HttpStatusCode status, string body, PlatformFailureKind kind)
    {
        Record(Answers.Identity);
        (Answers.Reading with { Status = status, Body = body }).On(Http);

        Assert.Equal(kind, KindOf(await IdentifyAsync()));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Record(Answers.Identity);
        (Answers.Reading with
        {
            Status = HttpStatusCode.Redirect,
            Body = "",
            Headers = new Dictionary<string, string> { ["Location"] = "http://169.254.169.254/" }
        }).On(Http);

        Assert.Equal(Answers.Redirected, KindOf(await IdentifyAsync()));
        Assert.Single(Http.CallsOf(Answers.Reading.Address));
    }

    [Fact]
    public async Task A_dead_token_is_known_as_such_and_not_tried_again()
    {
        Record(Answers.Identity);
        (Answers.Reading with { Status = Answers.Dead.Status, Body = Answers.Dead.Body }).On(Http);

        Assert.Equal(PlatformFailureKind.AuthExpired, KindOf(await IdentifyAsync()));
        Assert.Single(Http.CallsOf(Answers.Reading.Address));
    }

    [Fact]
    public async Task A_platform_that_asks_for_a_pause_is_left_alone_until_it_is_over()
    {
        Record(Answers.Identity);
        Answers.Limited.On(Http);
        Assert.Equal(PlatformFailureKind.RateLimited, KindOf(await IdentifyAsync()));
        Http.Forget();

        Clock.Advance(Answers.Pause - PlatformTransport.LongestWait - TimeSpan.FromSeconds(1));
        var refused = Assert.IsType<PlatformFailure>((await IdentifyAsync()).Error);

        Assert.Equal(
            (PlatformFailureKind.RateLimited, PlatformTransport.LongestWait + TimeSpan.FromSeconds(1)), (refused.Kind, refused.RetryAfter));
        Assert.Empty(Http.Calls);
        Record(Answers.Identity);
        Clock.Advance(Answers.Pause);
        Assert.Equal(Answers.Account, Value(await IdentifyAsync()));
    }

    [Fact]
    public async Task A_read_is_repeated_twice_while_the_platform_has_trouble()
    {
        Record(Answers.Identity);
        (Answers.Reading with { Status = HttpStatusCode.BadGateway, Body = "<html></html>" }).On(Http);

        Assert.Equal(PlatformFailureKind.Transient, KindOf(await IdentifyAsync()));
        Assert.Equal(3, Http.CallsOf(Answers.Reading.Address).Count);
    }

    [Fact]
    public async Task Access_is_taken_back_by_the_documented_call_or_by_none()
    {
        Answers.Revoke?.On(Http);

        Assert.Equal(Answers.Revoke is not null, Value(await Client.RevokeAsync(Answers.Credentials, Cancel)));

        Assert.Equal(Answers.Revoke is null ? 0 : 1, Http.Calls.Count);
        if (Answers.Revoke is not null) Assert.Equal(Answers.RevokeForm.OrderBy(p => p.Key), Http.Calls[0].Form.OrderBy(p => p.Key));
    }

    protected void Record(IEnumerable<Recorded> answers)
    {
        foreach (var answer in answers) answer.On(Http);
    }

    protected Task<Result<PlatformAccount>> IdentifyAsync() => Client.IdentifyAsync(Answers.Credentials, Cancel);

    protected static PlatformFailureKind KindOf<T>(Result<T> result) => Assert.IsType<PlatformFailure>(result.Error).Kind;
}
