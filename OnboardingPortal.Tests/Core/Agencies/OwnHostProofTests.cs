using System.Net;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>A host is an agency's once its owner said so, and not because somebody typed it first.</summary>
public abstract class OwnHostProofTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly LogoChange Logo = new(true, Pictures.Png());
    private static readonly BrandingInput On = BrandingInput.Of(null) with { IsOn = true };

    private BrandingService Service => Portal.Get<BrandingService>();

    private ClientBrands Brands => Portal.Get<ClientBrands>();

    private OwnHosts Hosts => Portal.Get<OwnHosts>();

    [Fact]
    public async Task Two_agencies_that_take_a_host_at_once_do_not_both_get_it()
    {
        foreach (var caller in new[] { Owner, Stranger })
            Assert.Null(await Service.SaveAsync(caller, On with { PublicHost = "race.example" }, Logo, Cancel));
        var proofs = new[] { await HostAsync(Owner), await HostAsync(Stranger) }.Select(h => h.Proof!.Value);
        (Portal.Names["race.example"], Portal.Texts["_onboardingportal.race.example"]) = ([], [.. proofs]);

        await Task.WhenAll(new[] { Owner, Stranger }.Select(c => Hosts.CheckAsync(c, Cancel)));

        OwnHostState[] both = [await HostAsync(Owner), await HostAsync(Stranger)];
        Assert.Single(both, h => h.CheckedAt is not null);
        Assert.Single(both, h => h.Problem == OwnHostProblem.Taken);
    }

    [Fact]
    public async Task A_host_that_is_only_claimed_stands_in_no_link_and_is_nobodys_nor_does_it_keep_its_owner_away()
    {
        const string Host = "onboard.bakery.example";
        Assert.Null(await Service.SaveAsync(Stranger, On with { PublicHost = Host }, Logo, Cancel));
        Portal.Names[Host] = [];
        Assert.Null(await Hosts.CheckAsync(Stranger, Cancel));

        Assert.Equal((null, OwnHostProblem.NoAddress), ((await HostAsync(Stranger)).CheckedAt, (await HostAsync(Stranger)).Problem));
        Assert.Null(await Brands.FindAgencyOfHostAsync(Host, Cancel));
        Assert.Equal("https://portal.example/", Brands.AddressOf(await Brands.FindAsync(Stranger.Agency, Cancel)).AbsoluteUri);
        // that it leads here does not say whose it is
        Assert.Null(await Hosts.FindAnswerAsync(Host, NonceOf(await HostAsync(Stranger)), Cancel));
        await ShowHostAsync(Owner, Host);
        Assert.Equal(Owner.Agency, await Brands.FindAgencyOfHostAsync(Host, Cancel));
    }

    [Fact]
    public async Task A_file_on_the_host_shows_it_too_and_only_the_very_text_does()
    {
        await SaveAsync(On with { PublicHost = "onboard.bakery.example" });
        var proof = (await HostAsync(Owner)).Proof!;
        Assert.StartsWith(
            "https://onboard.bakery.example/.well-known/onboardingportal/", proof.FileAddress.AbsoluteUri, StringComparison.Ordinal);

        foreach (var (answer, status, problem) in new (string, HttpStatusCode, OwnHostProblem?)[]
        {
            ("gone", HttpStatusCode.NotFound, OwnHostProblem.WrongAnswer),
            (proof.FileAddress.AbsolutePath, HttpStatusCode.OK, OwnHostProblem.WrongAnswer),
            (proof.Value, HttpStatusCode.Found, OwnHostProblem.WrongAnswer), (proof.Value + "\n", HttpStatusCode.OK, null),
        })
        {
            Http.On(HttpMethod.Get, proof.FileAddress.AbsoluteUri, answer, status);
            Clock.Advance(TimeSpan.FromSeconds(2));
            Assert.Null(await Hosts.CheckAsync(Owner, Cancel));
            Assert.Equal(problem, (await HostAsync(Owner)).Problem);
        }

        Assert.Equal(Clock.Now, (await HostAsync(Owner)).CheckedAt);
        Assert.IsType<NotAllowed>(await Hosts.CheckAsync(Member, Cancel));
    }

    [Fact]
    public async Task A_host_given_up_is_another_agencys_only_once_that_one_showed_it_anew()
    {
        const string Host = "onboard.bakery.example";
        await using var rehearsal = Portal.AnotherNode(new() { ["OwnHosts:PointingIsProof"] = "true" });
        await ShowHostAsync(Owner, Host);
        await SaveAsync(On, LogoChange.Keep);
        Assert.Null(await Brands.FindAgencyOfHostAsync(Host, Cancel));

        Assert.Null(await Service.SaveAsync(Stranger, On with { PublicHost = Host }, Logo, Cancel));
        Assert.Null(await Hosts.CheckAsync(Stranger, Cancel)); // the record of the agency before is still there
        Assert.Null(await Brands.FindAgencyOfHostAsync(Host, Cancel));
        var nonce = NonceOf(await HostAsync(Stranger));
        // nor does it count where hosts need only lead here
        Assert.Null(await rehearsal.Get<OwnHosts>().FindAnswerAsync(Host, nonce, Cancel));
        Clock.Advance(OwnHosts.Rest);
        Assert.NotNull(await rehearsal.Get<OwnHosts>().FindAnswerAsync(Host, nonce, Cancel));

        await ShowHostAsync(Stranger);
        Assert.Equal(Stranger.Agency, await Brands.FindAgencyOfHostAsync(Host, Cancel));
        Assert.Null(await Service.SaveAsync(Stranger, On, LogoChange.Keep, Cancel));
        await SaveAsync(On with { PublicHost = Host }, LogoChange.Keep);
        Assert.Null(await Brands.FindAgencyOfHostAsync(Host, Cancel)); // it was another's meanwhile
    }

    [Fact]
    public async Task A_host_set_before_proofs_were_asked_for_is_looked_for_by_itself_and_its_links_lead_on_until_then()
    {
        const string Host = "onboard.bakery.example";
        await SaveAsync(On with { PublicHost = Host });
        await using (var db = Portal.Contexts.Create(Owner.Agency)) await db.Brandings.ExecuteUpdateAsync(
            set => set.SetProperty(b => b.HostNonce, (string?)null), Cancel);
        Portal.Names[Host] = [];

        Assert.True(await Hosts.IsAwaitedAsync(Host, Owner.Agency, Cancel));
        Assert.False(await Hosts.IsAwaitedAsync(Host, Stranger.Agency, Cancel));
        Assert.Equal(1, await Hosts.CheckDueAsync(Cancel));
        Assert.Equal(0, await Hosts.CheckDueAsync(Cancel));
        var proof = (await HostAsync(Owner)).Proof!;
        Portal.Texts[proof.RecordName] = ["something else", proof.Value];
        Clock.Advance(TimeSpan.FromHours(1.1));
        Assert.Equal(1, await Hosts.CheckDueAsync(Cancel));

        Assert.Equal(Owner.Agency, await Brands.FindAgencyOfHostAsync(Host, Cancel));
        Assert.False(await Hosts.IsAwaitedAsync(Host, null, Cancel));
        Assert.Equal(0, await Hosts.CheckDueAsync(Cancel));
    }

    private static string NonceOf(OwnHostState host) => host.Proof!.FileAddress.Segments[^1];

    private async Task SaveAsync(BrandingInput input, LogoChange? logo = null) =>
        Assert.Null(await Service.SaveAsync(Owner, input, logo ?? Logo, Cancel));

    private async Task<OwnHostState> HostAsync(AgencyCaller caller) => Value(await Service.GetAsync(caller, Cancel)).Host!;
}

public sealed class OwnHostProofTestsOnSqlite() : OwnHostProofTests(DatabaseProvider.Sqlite);

public sealed class OwnHostProofTestsOnPostgres() : OwnHostProofTests(DatabaseProvider.Postgres);
