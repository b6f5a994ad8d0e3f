using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Campaigns;

/// <summary>The pages of campaigns over the sandbox's Facebook.</summary>
public abstract class CampaignPagesContext : PortalContext
{
    protected RehearsedGraph Graph { get; private set; } = null!;

    protected CampaignService Campaigns => Portal.Get<CampaignService>();

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Platforms:Facebook:AppId"] = FacebookApp.Id,
        ["Platforms:Facebook:AppSecret"] = FacebookApp.Secret,
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Graph = await RehearsedGraph.StartAsync(Portal, Cancel);
        var signIn = new PlatformSignIn(
            new PlatformAccount(FacebookAgencyAdmin.UserId, FacebookAgencyAdmin.Name, null),
            new PlatformCredentials(Graph.TokenOf(FacebookAgencyAdmin.Key), null, Clock.Now.AddDays(60), null));
        await Portal.Get<AgencyFacebookService>().ConnectAsync(Owner, signIn, FacebookAgencyAdmin.BusinessManagers, Cancel);
    }

    /// <summary>A client who granted one ad account and a Page.</summary>
    protected async Task AGrantAsync(string account = "act_1234940001", string client = "hello@seas.example")
    {
        var request = await ARequest().For(client).Asking(Facebook).SentAsync();
        var participant = await AParticipant(request);
        var connection = await AnAccount(participant, Facebook, "10215000000000140", "Campaigns", Graph.TokenOf("campaigns"));
        var chosen = new[] { account, "102030405069940" }.Select(id => FacebookWorld.FindAsset(id)!).Select(a => new AssetChoice(
            a is FacebookPage ? AssetKind.Page : AssetKind.AdAccount, a.Id, a.Name, null, false)).ToList();
        Assert.Null(await Portal.Get<OnboardingPortal.Core.Sharing.FacebookSharing>()
            .ShareAsync(participant, connection, "998877665544940", chosen, Cancel));
    }

    /// <summary>A draft that stands at Facebook.</summary>
    protected async Task<CampaignDraft> ADraftAsync()
    {
        await AGrantAsync();
        return await OrderAsync([]);
    }

    /// <summary>A draft with the first client's ad account and Page, whatever comes of it.</summary>
    protected async Task<CampaignDraft> OrderAsync(IReadOnlyList<string> audiences)
    {
        var client = (await Campaigns.ListClientsAsync(Owner, Cancel))[0];
        var terms = new CampaignTerms(
            client.AdAccounts[0].Id, client.Pages[0].Id, "Spring sale", CampaignObjective.Traffic, [], [], CampaignBudget.Daily, 20, null, null,
            ["US"], null, null, audiences, false);
        var outcome = Value(await Campaigns.CreateAsync(Owner, terms, null, Cancel));
        return (await Campaigns.FindAsync(Owner, outcome.Id, Cancel))!;
    }
}
