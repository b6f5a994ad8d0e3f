using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.Tests.Core.Campaigns;

/// <summary>To whom a campaign can be shown: the audiences of data syncs.</summary>
public abstract class CampaignAudienceTests(DatabaseProvider database) : CampaignTest(database)
{
    [Fact]
    public async Task Only_audiences_of_the_same_clients_syncs_to_the_same_ad_account_are_offered_and_accepted()
    {
        var client = await AGrantAsync();
        var again = (await ARequest().For("Campaigns@clients.example").Asking(Facebook).SentAsync()).Id; // the same client's
        var stranger = (await ARequest().For("somebody@else.example").Asking(Facebook).SentAsync()).Id;
        var readers = await SyncAsync(client, Seas, "Readers");
        var buyers = await SyncAsync(again, Seas, "Buyers");
        await SyncAsync(client, Seas, "Not made", isMade: false);
        var elsewhere = await SyncAsync(client, Japan, "On another ad account");
        var theirs = await SyncAsync(stranger, Seas, "Another client's"); // who granted the same ad account
        var terms = await TermsAsync();

        var offered = Value(await Campaigns.ProposeAsync(Owner, terms.AdAccount, terms.Page, Cancel)).Audiences;

        Assert.Equal(
            [(buyers, "Buyers", true), ((string?)null, "Not made", false), (readers, "Readers", true)],
            offered.Select(a => (a.Id, a.Name, a.CanBeChosen)));
        Assert.Equal(
            [CampaignAudienceState.Filling, CampaignAudienceState.NotMade, CampaignAudienceState.Filling], offered.Select(a => a.State));
        foreach (var other in new[] { elsewhere!, theirs!, "23850000000009999" })
        {
            var refused = await Campaigns.CreateAsync(Owner, terms with { Audiences = [readers!, other] }, null, Cancel);
            Assert.IsType<CampaignAudienceRefused>(refused.Error);
        }

        var draft = await ADraftAsync(terms with { Audiences = [readers!, buyers!], AudienceNames = ["Forged"] });
        Assert.Equal(["Readers", "Buyers"], draft.Terms.AudienceNames);
        Assert.Contains(
            $$"""
            "custom_audiences":[{"id":"{{readers}}"},{"id":"{{buyers}}"}]
            """.Trim(), Assert.Single(Graph.Campaigns.AdSetsOf(draft.CampaignId!)).Targeting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audience_that_is_gone_is_told_before_and_refused_at_its_field_by_Facebook()
    {
        var client = await AGrantAsync();
        var readers = await SyncAsync(client, Seas, "Readers");
        var terms = await TermsAsync() with { Audiences = [readers!] };
        Assert.Null(await Portal.Get<FacebookAudiences>().DeleteAsync(Graph.TokenOfTheAgency(), readers!, Cancel));

        var offered = Value(await Campaigns.ProposeAsync(Owner, terms.AdAccount, terms.Page, Cancel)).Audiences;
        var outcome = Value(await Campaigns.CreateAsync(Owner, terms, null, Cancel));

        Assert.Equal((CampaignAudienceState.Gone, false), (offered[0].State, offered[0].CanBeChosen));
        Assert.Equal(
            (CampaignProblem.AudienceWrong, (CampaignField?)CampaignField.Audiences), (outcome.Refused!.Problem, outcome.Refused.Field));
        Assert.Empty(Graph.Campaigns.List());
    }

    private Task<string?> SyncAsync(RequestId request, string adAccount, string name, bool isMade = true) =>
        Portal.ASyncAsync(Owner, Graph.TokenOfTheAgency(), request, adAccount, name, isMade);
}

public sealed class CampaignAudienceTestsOnSqlite() : CampaignAudienceTests(DatabaseProvider.Sqlite);

public sealed class CampaignAudienceTestsOnPostgres() : CampaignAudienceTests(DatabaseProvider.Postgres);

/// <summary>What is to be known of an audience before it is chosen.</summary>
public sealed class CampaignAudienceStateTests
{
    [Theory]
    [InlineData(AudienceState.Normal, 2000L, true, CampaignAudienceState.Ready)]
    [InlineData(AudienceState.Normal, 2000L, null, CampaignAudienceState.Ready)]
    [InlineData(AudienceState.Normal, 1000L, false, CampaignAudienceState.TooSmall)]
    [InlineData(AudienceState.Normal, null, false, CampaignAudienceState.Filling)]
    [InlineData(AudienceState.Replacing, 2000L, true, CampaignAudienceState.Filling)]
    [InlineData(AudienceState.ReplaceFailed, 2000L, true, CampaignAudienceState.Ready)]
    [InlineData(AudienceState.Flagged, 2000L, true, CampaignAudienceState.Flagged)]
    [InlineData(AudienceState.Gone, 2000L, true, CampaignAudienceState.Gone)]
    public void What_Facebook_says_of_an_audience_is_said_before_it_is_chosen(
        AudienceState state, long? size, bool? isUsable, CampaignAudienceState shown) =>
        Assert.Equal(shown, CampaignAudiences.StateOf(new Audience("1", "Readers", state, size / 2, size) { IsUsable = isUsable }));
}
