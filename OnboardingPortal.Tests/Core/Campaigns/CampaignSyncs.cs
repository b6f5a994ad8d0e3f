using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Campaigns;

/// <summary>Data syncs as far as campaigns know of them: rows, and audiences at the sandbox's Facebook.</summary>
internal static class CampaignSyncs
{
    /// <returns>Facebook's id of the sync's audience; null where it is not made yet.</returns>
    public static async Task<string?> ASyncAsync(
        this TestPortal portal, AgencyCaller caller, AccessToken token, RequestId request, string adAccount, string name, bool isMade = true)
    {
        var cancel = TestContext.Current.CancellationToken;
        var audience = isMade
            ? (await portal.Get<FacebookAudiences>().CreateAsync(token, adAccount, name, "Made by a sync.", cancel)).Value
            : null;
        var terms = new SyncTerms(
            ConnectionId.From(1), "list", $"List of {name}", null, AssetId.From(1), audience, name, [new("email", "Email", MatchKey.Email)],
            null, "They agreed when they signed up.", true, SyncInterval.Manual);
        await using var db = portal.Contexts.Create(caller.Agency);
        db.AudienceSyncs.Add(new AudienceSync(
            AudienceSyncId.New(portal.Clock), caller, terms, new SyncPair(request, MailchimpDefaults.Key, request, adAccount), name,
            new byte[32], portal.Clock.Now));
        await db.SaveChangesAsync(cancel);
        return audience;
    }

    public static AccessToken TokenOfTheAgency(this RehearsedGraph graph) => new(graph.TokenOf(FacebookAgencyAdmin.Key));
}
