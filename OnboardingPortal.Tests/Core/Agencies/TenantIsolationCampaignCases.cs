using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.Tests.Core.Agencies;

public abstract partial class TenantIsolationTests
{
    private static readonly CampaignTerms CampaignTerms = new(
        AssetId.From(1), AssetId.From(2), "Ours", CampaignObjective.Traffic, [], [], CampaignBudget.Daily, 10, null, null, ["US"], null, null,
        [], false);

    private CampaignDraftId _campaign;

    /// <summary>Those of campaigns.</summary>
    private Dictionary<string, Func<Task>> CampaignCases => new()
    {
        ["CampaignService.ListAsync"] = async () => Assert.Empty(await Portal.Get<CampaignService>().ListAsync(Stranger, Cancel)),
        ["CampaignService.FindAsync"] = async () => Assert.Null(await Portal.Get<CampaignService>().FindAsync(Stranger, _campaign, Cancel)),
        ["CampaignService.ListClientsAsync"] = async () =>
            Assert.Empty(await Portal.Get<CampaignService>().ListClientsAsync(Stranger, Cancel)),
        ["CampaignService.ProposeAsync"] = async () => Refused<CampaignPairRefused>(
            await Portal.Get<CampaignService>().ProposeAsync(Stranger, CampaignTerms.AdAccount, CampaignTerms.Page, Cancel)),
        ["CampaignService.CreateAsync"] = async () =>
        {
            Refused<CampaignPairRefused>(await Portal.Get<CampaignService>().CreateAsync(Stranger, CampaignTerms, null, Cancel));
            Refused<CampaignPairRefused>(await Portal.Get<CampaignService>().CreateAsync(Stranger, CampaignTerms, _campaign, Cancel));
        },
        ["CampaignService.FindLinkAsync"] = async () =>
            Refused<CampaignNotFound>(await Portal.Get<CampaignService>().FindLinkAsync(Stranger, _campaign, Cancel)),
        ["CampaignService.GoOnAsync"] = async () =>
            Assert.IsType<CampaignNotFound>(await Portal.Get<CampaignService>().GoOnAsync(Stranger, _campaign, Cancel)),
        ["CampaignCheck.CheckAsync"] = async () =>
            Assert.IsType<CampaignNotFound>(await Portal.Get<CampaignCheck>().CheckAsync(Stranger, _campaign, Cancel)),
        ["CampaignRemoval.DeleteAsync"] = async () =>
            Assert.IsType<CampaignNotFound>(await Portal.Get<CampaignRemoval>().DeleteAsync(Stranger, _campaign, Cancel)),
        ["CampaignRemoval.DeleteOfClientAsync"] = async () =>
        {
            var came = await Portal.Get<CampaignRemoval>().DeleteOfClientAsync(Stranger, _theirs.Id, Cancel);
            Assert.Equal((0, 0), (came.Deleted, came.Left.Count));
        },
        ["CampaignNaming.GetRuleAsync"] = async () =>
            Assert.Equal(CampaignNaming.UsualRule, await Portal.Get<CampaignNaming>().GetRuleAsync(Stranger, Cancel)),
        ["CampaignNaming.SetRuleAsync"] = async () =>
        {
            Assert.Null(await Portal.Get<CampaignNaming>().SetRuleAsync(Stranger, "Mine", Cancel));
            Assert.Equal("Ours {client}", await Portal.Get<CampaignNaming>().GetRuleAsync(Owner, Cancel));
        },
    };

    /// <summary>A draft of Brightside's that stands at Facebook, and its rule for names.</summary>
    private async Task DraftCampaignAsync()
    {
        _campaign = CampaignDraftId.New(Clock);
        var draft = new CampaignDraft(_campaign, Owner, new NewLink(new byte[32], "protected"), Clock.Now);
        var pair = new CampaignPair(
            _theirs.Id, _facebookUser, "hello@bakery.example", new CampaignAsset(CampaignTerms.AdAccount, "Blue Bakery", "act_1"),
            new CampaignAsset(CampaignTerms.Page, "Blue Bakery", "2"));
        draft.Order(pair, CampaignTerms, new CampaignFacts("EUR", 1, "Europe/Berlin", Clock.Now));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        db.CampaignDrafts.Add(draft);
        await db.SaveChangesAsync(Cancel);
        await db.CampaignDrafts.ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, CampaignState.Paused).SetProperty(d => d.CampaignId, "120200000000001"), Cancel);
        Assert.Null(await Portal.Get<CampaignNaming>().SetRuleAsync(Owner, "Ours {client}", Cancel));
    }

    private async Task<IReadOnlyList<string>> DumpCampaignsAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return
        [
            .. await db.CampaignDrafts.Select(d => $"{d.Id} {d.State} {d.CampaignId} {d.NextTryAt}").ToListAsync(Cancel),
            .. await db.CampaignSettings.Select(s => s.NameRule).ToListAsync(Cancel),
        ];
    }
}
