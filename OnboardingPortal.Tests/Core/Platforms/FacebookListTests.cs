using System.Globalization;
using System.Net;
using System.Text.Json;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>Lists that Facebook answers only in smaller pages. Reads no database, hence runs on one.</summary>
public sealed class FacebookListTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private const string TooMuch = """{"error":{"code":1,"message":"Please reduce the amount of data you're asking for"}}""";

    private GraphStub Graph => new(Http);

    private FacebookAssets Assets => Portal.Get<FacebookAssets>();

    [Theory]
    [InlineData(25, """{"error":{"code":1,"message":"Too much data asked for, ask for less and retry"}}""", "100 50 25")]
    [InlineData(1, TooMuch, "100 50 25 12 6 3 1")]
    [InlineData(50, """{"error":{"code":100,"error_subcode":1487534,"message":"(#100) For developers only"}}""", "100 50")]
    [InlineData(12, """{"error":{"code":2,"message":"Please reduce the amount of data you're asking for"}}""", "100 50 25 12")]
    [InlineData(25, """{"error":{"code":1,"error_subcode":99,"message":"An unknown error occurred"}}""", "100 100 100 50 25")]
    public async Task Where_Facebook_wants_to_be_asked_for_less_half_as_many_rows_are_asked_for_until_it_answers(
        int most, string refusal, string limits)
    {
        Graph.Get("me/accounts", call => Limit(call) > most
            ? new StubAnswer(refusal, HttpStatusCode.InternalServerError)
            : new StubAnswer("""{"data":[{"id":"77","access_token":"t"}]}"""));

        Assert.Single(Value(await Assets.PageTokensAsync(new AccessToken("client-token"), Cancel)));

        Assert.Equal(limits, string.Join(' ', Graph.CallsOf("me/accounts").Select(c => c.Query["limit"])));
    }

    [Fact]
    public async Task A_list_whose_second_page_is_too_large_goes_on_in_smaller_pages_to_its_end()
    {
        Graph.Get("5/client_pages", GraphStub.List([]));
        Graph.Get("5/client_ad_accounts", call =>
        {
            var (limit, after) = (Limit(call), int.Parse(call.Query.GetValueOrDefault("after", "0"), CultureInfo.InvariantCulture));
            return limit > 25 && after == 100
                ? new StubAnswer(TooMuch, HttpStatusCode.InternalServerError)
                : new StubAnswer(Page(after, Math.Min(limit, 160 - after)));
        });

        Assert.Equal(160, Value(await Assets.ListSharedAsync(new AccessToken("agency-token"), "5", Cancel)).Count);

        static string Page(int from, int rows) => JsonSerializer.Serialize(new
        {
            data = Enumerable.Range(from, rows).Select(i => new { id = $"act_{i}" }),
            paging = new { cursors = new { after = $"{from + rows}" }, next = from + rows < 160 ? "https://graph.facebook.com/x" : null },
        });
    }

    [Fact]
    public async Task Where_even_one_row_is_too_much_it_is_Facebooks_trouble()
    {
        Graph.Get("me/accounts", TooMuch, HttpStatusCode.InternalServerError);

        var refused = await Assets.PageTokensAsync(new AccessToken("client-token"), Cancel);

        Assert.Equal(PlatformFailureKind.Transient, Assert.IsType<PlatformFailure>(refused.Error).Kind);

        Assert.Equal(7, Http.Calls.Count);
    }

    private static int Limit(StubCall call) => int.Parse(call.Query["limit"], CultureInfo.InvariantCulture);
}
