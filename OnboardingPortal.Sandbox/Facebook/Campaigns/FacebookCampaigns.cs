using System.Globalization;

namespace OnboardingPortal.Sandbox.Facebook.Campaigns;

/// <summary>The campaigns and ad sets there are, and what somebody does with them in Ads Manager.</summary>
public sealed class FacebookCampaigns(SandboxState state, TimeProvider clock)
{
    public const string Active = "ACTIVE";
    public const string Paused = "PAUSED";
    public const string Deleted = "DELETED";

    public IReadOnlyList<FacebookCampaign> List() => state.Read(data => data.FacebookCampaigns.FindAll(c => c.Status != Deleted));

    public IReadOnlyList<FacebookCampaign> ListOf(string account) =>
        state.Read(data => data.FacebookCampaigns.FindAll(c => c.AccountId == account && c.Status != Deleted));

    public FacebookCampaign? Find(string id) => state.Read(data => data.FacebookCampaigns.Find(c => c.Id == id));

    public FacebookAdSet? FindAdSet(string id) => state.Read(data => data.FacebookAdSets.Find(a => a.Id == id));

    public IReadOnlyList<FacebookAdSet> AdSetsOf(string campaign) =>
        state.Read(data => data.FacebookAdSets.FindAll(a => a.CampaignId == campaign && a.Status != Deleted));

    /// <summary>Adds a campaign under an id of its own.</summary>
    public FacebookCampaign Add(FacebookCampaign campaign) => state.Change(data =>
    {
        var made = campaign with { Id = Id('0', data.FacebookCampaigns.Count), CreatedAt = clock.GetUtcNow() };
        data.FacebookCampaigns.Add(made);
        return made;
    });

    /// <summary>Adds an ad set under an id of its own.</summary>
    public FacebookAdSet Add(FacebookAdSet adSet) => state.Change(data =>
    {
        var made = adSet with { Id = Id('1', data.FacebookAdSets.Count), CreatedAt = clock.GetUtcNow() };
        data.FacebookAdSets.Add(made);
        return made;
    });

    /// <summary>Changes a campaign; with its status that of its ad sets.</summary>
    public void Change(string id, Func<FacebookCampaign, FacebookCampaign> change) => state.Change(data =>
    {
        var index = data.FacebookCampaigns.FindIndex(c => c.Id == id);
        if (index < 0)
            return;
        var (before, after) = (data.FacebookCampaigns[index], change(data.FacebookCampaigns[index]));
        data.FacebookCampaigns[index] = after;
        for (var i = 0; i < data.FacebookAdSets.Count; i++)
        {
            if (data.FacebookAdSets[i].CampaignId == id && before.Status != after.Status)
                data.FacebookAdSets[i] = data.FacebookAdSets[i] with { Status = after.Status };
        }
    });

    /// <summary>Changes an ad set alone.</summary>
    public void ChangeAdSet(string id, Func<FacebookAdSet, FacebookAdSet> change) => state.Change(data =>
    {
        var index = data.FacebookAdSets.FindIndex(a => a.Id == id);
        if (index >= 0)
            data.FacebookAdSets[index] = change(data.FacebookAdSets[index]);
    });

    /// <summary>How many of the next answers to what makes something are lost: it is made, and the connection cut.</summary>
    public int LostAnswers => state.Read(data => data.FacebookLostAnswers);

    public void LoseNext(int answers) => state.Change(data => data.FacebookLostAnswers = answers);

    /// <summary>Whether this answer is lost.</summary>
    public bool TakeLoss() => LostAnswers > 0 && state.Change(data => data.FacebookLostAnswers-- > 0);

    /// <summary>What the next campaign meets; null = nothing.</summary>
    public CampaignTrouble? Trouble =>
        state.Read(data => CampaignTrouble.All.FirstOrDefault(t => t.Subcode == data.FacebookCampaignTrouble));

    /// <summary>Has the next campaign refused.</summary>
    /// <param name="subcode">That of a <see cref="CampaignTrouble"/>; another one = no more.</param>
    public void RefuseNext(int? subcode) => state.Change(data => data.FacebookCampaignTrouble = subcode);

    /// <summary>What this campaign, or this ad set, is refused with; null when it is not.</summary>
    internal GraphRefusal? TakeRefusal(bool ofAdSet)
    {
        if (Trouble is not { } trouble || trouble.OfAdSet != ofAdSet)
            return null;
        RefuseNext(null);
        return trouble.Refusal;
    }

    private static string Id(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"1202{kind}{number + 1:0000000000}");
}
