using System.Buffers.Binary;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Facebook.Audiences;
using OnboardingPortal.Sandbox.Facebook.Graph;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

/// <summary>The sandbox's audiences themselves: what outlives it, how much room they take, and what it refuses.</summary>
public sealed class SandboxAudienceTests : IDisposable
{
    private static readonly UInt128 First = new(1, 1);
    private static readonly UInt128 Second = new(2, 2);
    private static readonly UInt128 Third = new(3, 3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-test-audiences-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Audiences_outlive_the_sandbox_and_a_replacement_goes_on_after_a_start()
    {
        var account = AudienceHost.AdAccount("Works");
        string id;
        FakeTime clock;
        await using (var first = await AudienceHost.StartAsync(_folder.FullName))
        {
            clock = first.Clock;
            id = await first.AnAudienceAsync(account);
            await first.SendAsync(account, id, AudienceAction.Add, 1, 1, true, 1, 2, 3);
            await first.SendAsync(account, id, AudienceAction.Remove, 2, 1, true, 2);
            await first.SendAsync(account, id, AudienceAction.Replace, 3, 1, false, 4, 5);
        }

        await using var second = await AudienceHost.StartAsync(_folder.FullName, clock);
        Assert.Equal(People.Of(1, 3), second.Members.Of(id));
        Assert.Equal(3, (await second.SendAsync(account, id, AudienceAction.Replace, 3, 2, true, 6)).Value.Received);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(People.Of(4, 5, 6), second.Members.Of(id));
        Assert.Single(_folder.GetFiles("*.people", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_batch_of_which_only_a_part_was_written_counts_as_not_sent()
    {
        var file = Path.Combine(_folder.FullName, "x.people");
        var people = new AudiencePeople(file);
        people.Add([new(First, 0), new(Second, 7)], FakeTime.Start);
        people.Add([new(Third, 0)], FakeTime.Start);
        using (var torn = File.OpenWrite(file)) torn.SetLength(torn.Length - 5);

        var again = new AudiencePeople(file);
        Assert.Equal([First, Second], again.All);
        again.Add([new(Third, 0)], FakeTime.Start);
        again.Remove([new(0, 7)], FakeTime.Start);
        Assert.Equal([First, Third], new AudiencePeople(file).All);
    }

    [Fact]
    public void A_million_people_take_some_tens_of_megabytes_and_each_is_in_it_once()
    {
        var people = new AudiencePeople(Path.Combine(_folder.FullName, "x.people"));
        var random = new Random(14);
        var entries = new AudienceEntry[10_000];
        for (var batch = 0; batch < 100; batch++)
        {
            for (var i = 0; i < entries.Length; i++) entries[i] = new(Any(random), (ulong)random.NextInt64());
            people.Add(entries, FakeTime.Start);
            if (batch % 10 == 0) people.Add(entries, FakeTime.Start);
        }

        Assert.Equal(1_000_000, people.Count);
        Assert.InRange(people.Room, 34_000_000, 45_000_000);
        people.Remove(entries, FakeTime.Start);
        Assert.Equal(990_000, people.Count);

        static UInt128 Any(Random random)
        {
            Span<byte> bytes = stackalloc byte[16];
            random.NextBytes(bytes);
            return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
        }
    }

    [Theory]
    [InlineData("""{"schema":["EMAIL"],"data":[]}""")]
    [InlineData("""{"schema":["MAIL"],"data":[["x"]]}""")]
    [InlineData("""{"schema":["EMAIL","EMAIL"],"data":[["x","x"]]}""")]
    [InlineData("""{"schema":["EMAIL","FN"],"data":[["x"]]}""")]
    [InlineData("""{"schema":["EMAIL"],"data":"x"}""")]
    [InlineData("""{"data":[["x"]]}""")]
    [InlineData("""[1]""")]
    [InlineData("""{"schema":""")]
    public void A_payload_that_makes_no_sense_is_refused(string payload)
    {
        Assert.Null(AudienceRows.Read(System.Text.Encoding.UTF8.GetBytes(payload), out var problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void An_address_means_the_same_person_in_whatever_order_and_company()
    {
        var (email, phone, name) = (People.Hash("a@example.com"), People.Hash("49301234567"), People.Hash("mary"));

        var all = AudienceMembers.KeysOf(["PHONE", "EMAIL"], [[phone, email], ["", email], [phone, ""]]);

        Assert.Equal([all[0], all[0], all[2]], all);
        Assert.Equal(all[0], AudienceMembers.KeysOf(["EMAIL_SHA256"], [[email]])[0]);
        Assert.NotEqual(
            AudienceMembers.KeysOf(["FN", "LN"], [[name, email]]), AudienceMembers.KeysOf(["FN", "LN"], [[name, phone]]));
    }

    [Fact]
    public void The_parameters_that_the_sandbox_takes_are_those_of_the_specification() =>
        Assert.All(GraphParameters.ByCall, call => Assert.Equal(
            [], call.Value.Except(GraphSpec.ParametersOf(call.Key.Method, call.Key.Edge))));

    [Fact]
    public async Task The_overview_mends_the_troubles_of_what_is_shared_and_breaks_it_again()
    {
        await using var host = await AudienceHost.StartAsync(_folder.FullName);
        var account = AudienceHost.AccountNamed("Terms not accepted");
        using var browser = new HttpClient { BaseAddress = host.Get<PortalAddress>().Listening };
        Assert.DoesNotContain("Mend Terms", await browser.GetStringAsync("sandbox", Cancel), StringComparison.Ordinal);
        host.Get<FacebookSharing>().Confirm(account, FacebookWorld.FindBusiness(FacebookAgencyAdmin.BrightsideAgencyId)!);
        Assert.Contains("Mend Terms not accepted", await browser.GetStringAsync("sandbox", Cancel), StringComparison.Ordinal);

        var mended = await browser.PostAsync($"sandbox/facebook/data-sync/{account.Id}/mend", null, Cancel);

        Assert.Contains("Break again Terms not accepted", await mended.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await host.AnAudienceAsync(account.Id);
        await browser.PostAsync($"sandbox/facebook/data-sync/{account.Id}/break", null, Cancel);
        Assert.False((await host.Audiences.CreateAsync(host.Token, account.Id, "x", "y", Cancel)).Succeeded);
    }

    [Fact]
    public async Task A_parameter_that_there_is_not_is_refused()
    {
        await using var host = await AudienceHost.StartAsync(_folder.FullName);
        var client = host.Get<OnboardingPortal.Core.Platforms.Facebook.FacebookClient>();

        var listed = await client.GetAsync(
            host.Token, $"{AudienceHost.AdAccount("Works")}/customaudiences", new() { ["sort"] = "name" },
            AudienceJson.Default.GraphPageGraphAudience, Cancel);

        Assert.False(listed.Succeeded);
        host.Calls.Clear(); // this one is not as specified
    }
}
