using OnboardingPortal.Sandbox.Facebook.Audiences;
using OnboardingPortal.Sandbox.Facebook.Campaigns;
using OnboardingPortal.Sandbox.Facebook.Graph;

namespace OnboardingPortal.Sandbox.Facebook;

/// <summary>Facebook: its login dialog, the Graph API and a part of the business settings.</summary>
internal sealed class FacebookStandIn(FacebookPermissions permissions) : IStandIn
{
    public string Key => FacebookApp.Key;
    public string Name => "Facebook";
    public string Section => FacebookApp.Section;
    public IReadOnlyList<SandboxPerson> People => FacebookPeople.All;
    public Type Overview => typeof(FacebookOverview);

    public void Map(IEndpointRouteBuilder sandbox)
    {
        sandbox.MapFacebookDialog();
        sandbox.MapFacebookGraph();
        sandbox.MapFacebookBusinessSettings();
        sandbox.MapAudienceTroubles();
        sandbox.MapAdsManager();
    }

    public void OnRevoked(string person) => permissions.Forget(person);
}
