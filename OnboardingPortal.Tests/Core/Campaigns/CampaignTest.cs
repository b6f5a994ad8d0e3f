using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Campaigns;

/// <summary>A client who granted ad accounts and Pages of the sandbox's Facebook, and who drafts with them.</summary>
public abstract class CampaignTest(DatabaseProvider database) : PortalTest(database)
{
    protected const string Seas = "act_1234940001";
    protected const string Japan = "act_1234940002";
    protected const string Switzerland = "act_1234940003";
    protected const string SeasPage = "102030405069940";
    protected const string PageWithoutAds = "102030405069941";

    protected RehearsedGraph Graph { get; private set; } = null!;

    protected CampaignService Campaigns => Portal.Get<CampaignService>();

    private protected CampaignMaking Making => Portal.Get<CampaignMaking>();

    protected CampaignCheck Check => Portal.Get<CampaignCheck>();

    protected CampaignRemoval Removal => Portal.Get<CampaignRemoval>();

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

    /// <summary>A client who granted all that a person of the sandbox can share.</summary>
    protected async Task<RequestId> AGrantAsync(string person = "campaigns", AgencyCaller? requester = null)
    {
        var request = await ARequest().By(requester ?? Owner).For($"{person}@clients.example").Asking(Facebook).SentAsync();
        var client = await AParticipant(request);
        var somebody = FacebookPeople.Find(person)!;
        var account = await AnAccount(client, Facebook, somebody.UserId, somebody.Name, Graph.TokenOf(person));
        var business = FacebookWorld.Memberships.First(m => m.PersonKey == person).Business;
        var chosen = FacebookWorld.Assets.Where(a => a.Owner == business).Select(a => new AssetChoice(
            a is FacebookPage ? AssetKind.Page : AssetKind.AdAccount, a.Id, a.Name, null, false)).ToList();
        Assert.Null(await Portal.Get<OnboardingPortal.Core.Sharing.FacebookSharing>()
            .ShareAsync(client, account, business.Id, chosen, Cancel));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.All(
            await db.Assets.AsNoTracking().Where(a => a.ConnectionId == account).ToListAsync(Cancel),
            a => Assert.Equal((AssetState.Shared, null, null), (a.State, a.Failure, a.MissingTasks)));
        return request.Id;
    }

    /// <summary>The asset by Facebook's id of it, whoever granted it.</summary>
    protected async Task<AssetId> AssetAsync(string externalId)
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return await db.Assets.Where(a => a.ExternalId == externalId).Select(a => a.Id).FirstAsync(Cancel);
    }

    /// <summary>Terms that Facebook takes.</summary>
    protected async Task<CampaignTerms> TermsAsync(string adAccount = Seas, string page = SeasPage) => new(
        await AssetAsync(adAccount), await AssetAsync(page), "Spring sale", CampaignObjective.Traffic, [], [], CampaignBudget.Daily, 200,
        null, null, ["US"], null, null, [], WidensAudience: false);

    /// <summary>A draft that stands at Facebook.</summary>
    protected async Task<CampaignDraft> ADraftAsync(CampaignTerms? terms = null)
    {
        var outcome = Value(await Campaigns.CreateAsync(Owner, terms ?? await TermsAsync(), null, Cancel));
        Assert.Null(outcome.Refused);
        return await DraftAsync(outcome.Id);
    }

    protected async Task<CampaignDraft> DraftAsync(CampaignDraftId id) =>
        await Campaigns.FindAsync(Owner, id, Cancel) ?? throw new InvalidOperationException("The draft is gone.");
}
