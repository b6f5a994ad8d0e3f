using System.Net;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>Reads no database, hence runs on one.</summary>
public sealed class PlatformTransportTests() : PortalTest(DatabaseProvider.Sqlite)
{
    protected override Dictionary<string, string?> Settings => new() { ["Platforms:RetryPause"] = "00:00:01" };

    private GraphStub Graph => new(Http);

    [Fact]
    public async Task Passing_trouble_is_tried_again_twice_after_growing_pauses()
    {
        Clock.SkipWaits = true;
        var answers = new Queue<string>([GraphStub.Error(2), GraphStub.Error(1), """{"data":[{"id":"1","access_token":"t"}]}"""]);
        Graph.Get(
            "me/accounts",
            _ => new StubAnswer(answers.Dequeue(), answers.Count == 0 ? HttpStatusCode.OK : HttpStatusCode.InternalServerError));

        Assert.Single(Value(await Portal.Get<FacebookAssets>().PageTokensAsync(new AccessToken("t"), Cancel)));

        Assert.Equal(2, Clock.Waits.Count);
        Assert.InRange(Clock.Waits[0], TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5));
        Assert.InRange(Clock.Waits[1], TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Lasting_trouble_is_told_after_three_calls()
    {
        Clock.SkipWaits = true;
        Graph.Get("me/accounts", "down", HttpStatusCode.ServiceUnavailable);

        Assert.Equal(PlatformFailureKind.Transient, await FailureAsync());
        Assert.Equal(3, Http.Calls.Count);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(190)]
    public async Task What_is_no_passing_trouble_is_not_tried_again(int code)
    {
        Graph.Get("me/accounts", GraphStub.Error(code), HttpStatusCode.BadRequest);

        await FailureAsync();
        Assert.Single(Http.Calls);
    }

    [Fact]
    public async Task A_call_that_changes_something_is_never_sent_again()
    {
        Graph.Post("act_1/agencies", GraphStub.Error(2), HttpStatusCode.InternalServerError);

        var answer = await Portal.Get<FacebookAccess>().ShareAsync(new AccessToken("t"), AssetKind.AdAccount, "act_1", "555", Cancel);

        Assert.Equal(PlatformFailureKind.Transient, Assert.IsType<PlatformFailure>(answer.Error).Kind);
        Assert.Single(Http.Calls);
    }

    [Fact]
    public async Task An_answer_too_long_to_be_one_is_not_read()
    {
        Graph.Get("me/accounts", new string(' ', PlatformTransport.LongestAnswer + 1));

        Assert.Equal(PlatformFailureKind.Unreachable, await FailureAsync());
    }

    [Fact]
    public async Task A_page_of_people_too_long_to_be_one_is_asked_for_in_smaller_parts()
    {
        People(new StubAnswer($"{{\"lists\":[{new string(' ', PlatformTransport.LongestAnswer)}]}}"));

        Assert.True(await PeopleFailureAsync() is { Kind: PlatformFailureKind.Unreachable, AsksForLess: true });
        Assert.Single(Http.Calls);
    }

    [Theory]
    [InlineData("""{"lists":[{"id":"a1b2c3d4e5","name":"News""")]
    [InlineData("")]
    public async Task A_page_of_people_that_breaks_off_is_not_taken_for_a_whole_one(string body)
    {
        People(new StubAnswer(body) { BreaksOff = true });

        Assert.Equal(PlatformFailureKind.Unreachable, (await PeopleFailureAsync()).Kind);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("""{"lists":[{"id":"a1b2c3d4e5","name":"News""")]
    [InlineData("""{"lists":"none"}""")]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_page_of_people_that_is_not_what_is_documented_is_told_as_such(string body)
    {
        People(new StubAnswer(body));

        Assert.Equal(PlatformFailureKind.Nonsense, (await PeopleFailureAsync()).Kind);
        Assert.Single(Http.Calls);
    }

    [Fact]
    public async Task Whoever_stops_waiting_stops_the_call()
    {
        using var stop = new CancellationTokenSource();
        Graph.Get("me/accounts", _ =>
        {
            stop.Cancel();
            throw new TaskCanceledException();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Portal.Get<FacebookAssets>().PageTokensAsync(new AccessToken("t"), stop.Token));
    }

    private async Task<PlatformFailureKind> FailureAsync() =>
        Assert.IsType<PlatformFailure>((await Portal.Get<FacebookAssets>().PageTokensAsync(new AccessToken("t"), Cancel)).Error).Kind;

    private void People(StubAnswer answer) => Http.On(HttpMethod.Get, "https://us21.api.mailchimp.com/3.0/lists", _ => answer);

    private async Task<PlatformFailure> PeopleFailureAsync()
    {
        var source = Portal.Get<ContactSources>().Find(MailchimpDefaults.Key)!;
        var credentials = new PlatformCredentials("t", null, null, new Uri("https://us21.api.mailchimp.com/"));
        return Assert.IsType<PlatformFailure>((await source.ListAsync(credentials, Cancel)).Error);
    }
}
