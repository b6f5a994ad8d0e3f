using Microsoft.Playwright;
using OnboardingPortal.App.Layout;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// Where only the requester sees a request, nobody else finds a word of it: on no page, in no file, by no call of the API.
/// </summary>
[Collection(OfTheAgency)]
public sealed class OnlyRequesterTests(BrowserFixture fixture) : ApiTest(fixture)
{
    private const string OfOwner = "hidden-bakery";
    private const string OfMember = "own-butchery";

    [Fact]
    public async Task What_came_of_somebody_elses_request_is_on_no_page_in_no_file_and_in_no_answer()
    {
        var member = await Node.UserAsync("member@demo.test", Cancel);
        var (owners, members) = (await AConnectedRequestAsync(Owner, OfOwner), await AConnectedRequestAsync(member, OfMember));
        var agencies = Node.Get<AgencyService>();
        var before = (await agencies.GetAsync(Owner.Agency, Cancel)).Settings;
        Assert.Null(await agencies.ChangeSettingsAsync(Owner, before with { Visibility = RequestVisibility.OnlyRequester }, Cancel));
        try
        {
            var user = new AgencyUser(await Fixture.OpenAsync(), new Words("en"), Fixture.Portal);
            await user.SignInAsync("member@demo.test", "Demo-Member-1!");
            foreach (var shown in new[] { "/", "/collaboration/requests", "/settings/data-sync-accounts", "/settings/facebook" })
            {
                await user.Page.GotoAsync(shown);
                await Expect(user.Page.GetByText(OfMember).First).ToBeVisibleAsync();
                Assert.DoesNotContain(OfOwner, await user.Page.ContentAsync(), StringComparison.Ordinal);
            }

            foreach (var place in PortalPlaces.All.Where(p => !p.ForMainUsers))
            {
                await user.Page.GotoAsync(place.Address, new() { WaitUntil = WaitUntilState.NetworkIdle });
                await user.Page.LiveAsync();
                Assert.DoesNotContain(OfOwner, await user.Page.ContentAsync(), StringComparison.Ordinal);
            }

            var http = user.Page.APIRequest;
            Assert.Equal(404, (await http.GetAsync($"/collaboration/requests/{owners}")).Status);
            Assert.Equal(404, (await http.GetAsync($"/collaboration/requests/{owners}/edit")).Status);
            foreach (var query in new[] { "", $"?ids={owners}", $"?search={OfOwner}" })
            {
                Assert.DoesNotContain(
                    OfOwner, await (await http.GetAsync($"/collaboration/requests/export{query}")).TextAsync(), StringComparison.Ordinal);
            }

            Assert.Contains(OfMember, await (await http.GetAsync("/collaboration/requests/export")).TextAsync(), StringComparison.Ordinal);
            var key = await AKey(); // of the owner, who is no more than another requester here
            Assert.Equal("404 RequestNotFound", (await CallAsync(key, "GET", $"{Requests}/{members}")).Short);
            foreach (var list in new[] { $"{Requests}?limit=100", $"{Requests}?search={OfMember}", "/api/v1/connections?limit=100" })
            {
                Assert.DoesNotContain(OfMember, (await CallAsync(key, "GET", list)).Text, StringComparison.Ordinal);
            }

            Assert.Contains(OfOwner, (await CallAsync(key, "GET", "/api/v1/connections?limit=100")).Text, StringComparison.Ordinal);
        }
        finally
        {
            Assert.Null(await agencies.ChangeSettingsAsync(Owner, before, CancellationToken.None));
        }
    }

    /// <summary>
    /// A request that was mailed, through which a client connected an account and chose an ad account; every name holds the word.
    /// </summary>
    private async Task<RequestId> AConnectedRequestAsync(AgencyCaller requester, string word)
    {
        var (id, link) = await Node.ARequestAsync(requester.Email, Cancel, MailchimpDefaults.Key);
        Assert.True((await Node.Get<RequestService>().SendAsync(requester, id, $"hello@{word}.example", Cancel)).Succeeded);
        var client = (await Node.Get<LinkService>().IdentifyAsync(
            new Uri(link).Segments[^1], new Visitor($"Client of {word}", $"client@{word}.example"), "198.51.100.7", Cancel)).Value;
        var signIn = new PlatformSignIn(
            new PlatformAccount(word, $"Account of {word}", null), new PlatformCredentials("token", null, null, null));
        var account = (await Node.Get<ClientAccounts>().AttachAsync(client, MailchimpDefaults.Key, signIn, Cancel)).Value;
        await using var db = Node.Get<PortalDbContextFactory>().Create(requester.Agency);
        var choice = new AssetChoice(AssetKind.AdAccount, $"act_{word}", $"Ads of {word}", null, false);
        db.Assets.Add(
            new ConnectedAsset(
                AssetId.New(TimeProvider.System), db.Connections.Single(c => c.Id == account), choice, TimeProvider.System.GetUtcNow()));
        await db.SaveChangesAsync(Cancel);
        return id;
    }
}
