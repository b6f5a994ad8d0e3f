using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Tests.Architecture;

namespace OnboardingPortal.Tests.Core.Campaigns;

/// <summary>Each refusal that is known of Facebook has a meaning and a place, and nothing can start a campaign.</summary>
public sealed partial class CampaignRefusalTests
{
    [Theory]
    [InlineData(100, 1885621, CampaignProblem.BudgetOnBothLevels, CampaignField.Budget)]
    [InlineData(100, 1885272, CampaignProblem.BudgetTooLow, CampaignField.Budget)]
    [InlineData(100, 1885650, CampaignProblem.BudgetTooLow, CampaignField.Budget)]
    [InlineData(100, 2446307, CampaignProblem.SpendCapTooLow, CampaignField.Budget)]
    [InlineData(100, 2909034, CampaignProblem.CategoriesWrong, CampaignField.Categories)]
    [InlineData(100, 2708008, CampaignProblem.PoliticsNotAuthorised, CampaignField.Categories)]
    [InlineData(100, 2490487, CampaignProblem.BidStrategyMissing, CampaignField.Budget)]
    [InlineData(100, 1870227, CampaignProblem.WideningMissing, CampaignField.WidensAudience)]
    [InlineData(100, 1870189, CampaignProblem.AgeAgainstWidening, CampaignField.WidensAudience)]
    [InlineData(100, 3858152, CampaignProblem.DsaNamesMissing, CampaignField.Beneficiary)]
    [InlineData(100, 1885204, CampaignProblem.SomethingMissing, null)]
    [InlineData(100, 2446509, CampaignProblem.DestinationWrong, CampaignField.Objective)]
    [InlineData(100, 1487033, CampaignProblem.EndInPast, CampaignField.End)]
    [InlineData(100, 2909035, CampaignProblem.NarrowedUnderCategory, CampaignField.Audiences)]
    [InlineData(100, 2859024, CampaignProblem.PolicyNotAccepted, CampaignField.AdAccount)]
    [InlineData(100, 2446383, CampaignProblem.WebsiteMissing, CampaignField.Objective)]
    [InlineData(100, 1885183, CampaignProblem.AppInDevelopment, CampaignField.AdAccount)]
    [InlineData(100, 1885029, CampaignProblem.PageDiffers, CampaignField.Page)]
    [InlineData(200, 1815694, CampaignProblem.NoRight, CampaignField.AdAccount)]
    [InlineData(613, 1487632, CampaignProblem.BudgetChangedTooOften, CampaignField.Budget)]
    [InlineData(17, null, CampaignProblem.TooMany, CampaignField.AdAccount)]
    [InlineData(80004, null, CampaignProblem.TooMany, CampaignField.AdAccount)]
    [InlineData(200, null, CampaignProblem.NoRight, CampaignField.AdAccount)]
    [InlineData(100, null, CampaignProblem.Refused, null)]
    public void A_code_of_Facebook_is_a_problem_at_a_field(int code, int? subcode, CampaignProblem problem, CampaignField? field)
    {
        var refused = Read(code, subcode, null)!;

        Assert.Equal((problem, field), (refused.Problem, refused.Field));
    }

    [Theory]
    [InlineData("""{"blame_field_specs":[["targeting","geo_locations","countries"]]}""", CampaignField.Countries)]
    [InlineData("""{"blame_field_specs":[["end_time"]]}""", CampaignField.End)]
    [InlineData("""{"blame_field_specs":["dsa_payor"]}""", CampaignField.Payor)]
    [InlineData("""{"blame_field_specs":[["something_new"]]}""", CampaignField.Budget)]
    [InlineData("""{"blame_field_specs":{}}""", CampaignField.Budget)]
    [InlineData("[]", CampaignField.Budget)]
    public void What_Facebook_blames_says_the_field_as_an_object_and_as_a_text_that_holds_one(string data, CampaignField field)
    {
        Assert.Equal(field, Read(100, 1885272, data)!.Field);
        Assert.Equal(field, Read(100, 1885272, JsonSerializer.Serialize(data))!.Field);
        Assert.Equal(CampaignField.Budget, Read(100, 1885272, JsonSerializer.Serialize(data[..^1] + "\n"))!.Field);
    }

    [Theory]
    [InlineData(190)]
    [InlineData(2)]
    public void A_dead_sign_in_and_passing_trouble_are_no_refusal_of_what_was_ordered(int code) => Assert.Null(Read(code, null, null));

    /// <summary>The one word that would start a campaign stands nowhere in what talks to Facebook.</summary>
    [Fact]
    public void Nothing_can_go_live()
    {
        var core = Repository.Files("*.cs").Where(f => f.Contains("OnboardingPortal.Core", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(core);
        Assert.DoesNotContain(core, f => Live().IsMatch(File.ReadAllText(f)));

        var client = File.ReadAllText(core.Single(f => f.EndsWith("FacebookCampaigns.cs", StringComparison.Ordinal)));
        Assert.Equal(["Deleted", "Paused"], Status().Matches(client).Select(m => m.Groups[1].Value).Distinct().Order());
        Assert.Contains("const string Paused = \"PAUSED\"", client, StringComparison.Ordinal);
        Assert.Contains("const string Deleted = \"DELETED\"", client, StringComparison.Ordinal);
    }

    private static CampaignRefused? Read(int code, int? subcode, string? data)
    {
        var number = subcode?.ToString(CultureInfo.InvariantCulture) ?? "null";
        var body = $$$"""{"error":{"code":{{{code}}},"error_subcode":{{{number}}},"message":"m","error_data":{{{data ?? "null"}}}}}""";
        return CampaignRefusals.Read(FacebookErrors.Read(Encoding.UTF8.GetBytes(body))!);
    }

    [GeneratedRegex("\"[^\"\n]*\\bACTIVE\\b[^\"\n]*\"")]
    private static partial Regex Live();

    [GeneratedRegex("\\[\"status\"\\] = (\\w+)")]
    private static partial Regex Status();
}
