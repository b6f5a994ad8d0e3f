using System.Globalization;

namespace OnboardingPortal.Sandbox.Facebook.Campaigns;

/// <summary>What somebody does in Ads Manager, from the sandbox's overview.</summary>
internal static class AdsManagerEndpoints
{
    public const string Path = $"{FacebookApp.Path}/campaigns";

    private const int AnswersThatAreLost = 3;

    public static void MapAdsManager(this IEndpointRouteBuilder sandbox)
    {
        var manager = sandbox.MapGroup("/facebook/campaigns");
        manager.MapPost("lose-answers", (HttpRequest http, FacebookCampaigns campaigns) =>
        {
            campaigns.LoseNext(AnswersThatAreLost);
            return Back(http);
        });
        manager.MapPost("refuse", async (HttpRequest http, FacebookCampaigns campaigns) =>
        {
            var form = await http.ReadFormAsync(http.HttpContext.RequestAborted);
            campaigns.RefuseNext(int.TryParse((string?)form["with"], CultureInfo.InvariantCulture, out var subcode) ? subcode : null);
            return Back(http);
        });
        manager.MapPost("{id}/start", (string id, HttpRequest http, FacebookCampaigns campaigns) =>
            Do(http, campaigns, id, c => c with { Status = FacebookCampaigns.Active }));
        manager.MapPost("{id}/delete", (string id, HttpRequest http, FacebookCampaigns campaigns) =>
            Do(http, campaigns, id, c => c with { Status = FacebookCampaigns.Deleted }));
        manager.MapPost("{id}/issue", (string id, HttpRequest http, FacebookCampaigns campaigns) =>
            Do(http, campaigns, id, c => c with { Issue = "Your ad account has no valid payment method" }));
    }

    private static IResult Do(HttpRequest http, FacebookCampaigns campaigns, string id, Func<FacebookCampaign, FacebookCampaign> change)
    {
        campaigns.Change(id, change);
        return Back(http);
    }

    private static IResult Back(HttpRequest http) => Results.Redirect($"{http.PathBase}/sandbox#campaigns");
}
