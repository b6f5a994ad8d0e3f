using System.Text.Json;
using System.Text.RegularExpressions;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Google;
using OnboardingPortal.Tests.Architecture;
using OnboardingPortal.Tests.Core.Platforms.Contracts;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>Requests against the platforms' own specifications. Those to Facebook are checked wherever a test makes one.</summary>
public sealed class SpecificationTests() : PortalTest(DatabaseProvider.Sqlite)
{
    private static readonly JsonElement GoogleAds = JsonDocument.Parse(Repository.Specification("googleads-v25.json")).RootElement;
    private static readonly GoogleAdsAnswers Answers = new();

    [Theory]
    [InlineData("GET", "me/businesses", "fields=id,name", null)]
    [InlineData("GET", "me/business_users", "fields=id,role,business{id,name}", null)]
    [InlineData("POST", "act_1/agencies", """business=5&permitted_tasks=["ADVERTISE","ANALYZE"]""", null)]
    [InlineData("POST", "77/agencies", """business=5&permitted_tasks=["ADVERTISE","PROFILE_PLUS_ADVERTISE"]""", null)]
    [InlineData("GET", "act_1/assigned_users", "business=5&fields=id,name,tasks", null)]
    [InlineData("GET", "me/business", "", "no such edge")]
    [InlineData("GET", "me/businesses", "fields=id,title", "no title")]
    [InlineData("GET", "me/business_users", "fields=id,business{id,role}", "no role")]
    [InlineData("POST", "act_1/agencies", """permitted_tasks=["ADVERTISE"]""", "business is missing")]
    [InlineData("POST", "act_1/agencies", """business=5&permitted_tasks=["READ"]""", "no READ")]
    [InlineData("POST", "act_1/agencies", "business=5&tasks=[]", "no tasks")]
    [InlineData("GET", "act_1/assigned_users", "fields=id", "business is missing")]
    public void A_call_that_Facebooks_specification_does_not_know_is_found(string method, string path, string query, string? problem)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        var found = GraphSpec.ProblemOf(new StubCall(
            HttpMethod.Parse(method), GraphStub.Address + path, pairs, new Dictionary<string, string>(), null,
            new Dictionary<string, string>(), ""));

        if (problem is null) Assert.Null(found);
        else Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calls_to_Google_Ads_are_those_of_its_discovery_document()
    {
        foreach (var answer in Answers.Identity) answer.On(Http);
        Value(await Portal.Get<GoogleAdsClient>().IdentifyAsync(Answers.Credentials, Cancel));

        var root = GoogleAds.GetProperty("rootUrl").GetString();
        var (list, search) = (Method("listAccessibleCustomers"), Method("search"));
        Assert.Equal((list.Verb, root + list.Path), (Http.Calls[1].Method.Method, Http.Calls[1].Address));
        Assert.Equal(
            (search.Verb, root + search.Path.Replace("{+customerId}", "1234567890", StringComparison.Ordinal)),
            (Http.Calls[2].Method.Method, Http.Calls[2].Address));
        Assert.All([list, search], m => Assert.Equal([GoogleDefaults.AdsScope], m.Scopes));
        Assert.All(
            JsonDocument.Parse(Http.Calls[2].Body).RootElement.EnumerateObject(),
            p => Assert.Contains(p.Name, Names("SearchGoogleAdsRequest")));
    }

    [Theory] // what describes lead forms themselves is not in the part of the document that is kept here
    [InlineData(GoogleAdsClient.NameQuery)]
    [InlineData(GoogleAdsLeadForms.CustomerQuery)]
    [InlineData(GoogleAdsLeadForms.CountQuery)]
    [InlineData(GoogleAdsLeadForms.LeadsQuery)]
    public void The_query_names_fields_that_Google_Ads_has(string query)
    {
        var parts = Regex.Match(query, @"^SELECT (?<fields>[a-z_., ]+) FROM (?<resource>[a-z_]+)( LIMIT 1)?$");
        var resource = parts.Groups["resource"].Value;

        Assert.Contains(Camel(resource), Names("GoogleAdsRow"));
        Assert.All(parts.Groups["fields"].Value.Split(", "), field => Assert.Contains(
            Camel(Assert.Single(field.Split($"{resource}.").Skip(1))), Names(Camel(resource))));

        static string Camel(string name) => Regex.Replace(name, "_([a-z])", m => m.Groups[1].Value.ToUpperInvariant());
    }

    [Fact]
    public void The_errors_that_are_understood_are_errors_of_Google_Ads()
    {
        var recorded = Answers.Errors.SelectMany(
            row => Regex.Matches(row.Data.Item2, @"""errorCode"":\{""(?<family>\w+)"":""(?<code>\w+)""")).ToList();

        Assert.NotEmpty(recorded);
        Assert.All(recorded, r =>
        {
            // a family that is not told apart
            if (!GoogleAds.GetProperty("errors").TryGetProperty(r.Groups["family"].Value, out var codes)) return;
            Assert.Contains(r.Groups["code"].Value, codes.EnumerateArray().Select(c => c.GetString()));
        });
        Assert.All(["errors", "requestId"], n => Assert.Contains(n, Names("GoogleAdsFailure")));
        Assert.All(["errorCode", "details"], n => Assert.Contains(n, Names("GoogleAdsError")));
        Assert.Contains("quotaErrorDetails", Names("ErrorDetails"));
        Assert.Contains("retryDelay", Names("QuotaErrorDetails"));
    }

    private static IEnumerable<string> Names(string schema) =>
        GoogleAds.GetProperty("schemas").GetProperty(schema).EnumerateArray().Select(n => n.GetString()!);

    private static (string Verb, string Path, IEnumerable<string> Scopes) Method(string name)
    {
        var method = GoogleAds.GetProperty("methods").GetProperty(name);
        return (method.GetProperty("httpMethod").GetString()!, method.GetProperty("path").GetString()!, method.GetProperty("scopes")
            .EnumerateArray().Select(s => s.GetString()!));
    }
}
