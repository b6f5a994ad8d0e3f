using System.Text.Json;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Sandbox.Facebook;

namespace OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

public sealed class AudienceTests(AudienceTest.Fixture fixture) : AudienceTest(fixture)
{
    [Fact]
    public async Task An_audience_is_made_found_filled_renamed_and_deleted()
    {
        var id = Value(await Audiences.CreateAsync(Host.Token, Works, "Spring", "sync 7", Cancel));
        Assert.Equal(
            new Audience(id, "Spring", AudienceState.Normal, null, null) { Offending = [], IsUsable = false }.ToString(),
            Value(await Audiences.FindAsync(Host.Token, id, Cancel)).ToString());
        Assert.Contains(Value(await Audiences.ListAsync(Host.Token, Works, Cancel)), a => a.Id == id);

        var receipt = Value(await Host.SendAsync(Works, id, AudienceAction.Add, 501, 1, true, 1, 2, 3));
        Assert.Equal(new AudienceReceipt(3, 0), receipt);
        Assert.Equal(People.Of(1, 2, 3), Host.Members.Of(id));

        Assert.Null(await Audiences.RenameAsync(Host.Token, id, "Summer", Cancel));
        Host.Clock.Advance(TimeSpan.FromMinutes(2));
        var found = Value(await Audiences.FindAsync(Host.Token, id, Cancel));
        Assert.Equal(("Summer", 0L, 1000L, false), (found.Name, found.SizeFrom, found.SizeTo, found.IsReady));

        Assert.Null(await Audiences.DeleteAsync(Host.Token, id, Cancel));
        Assert.Null(await Audiences.DeleteAsync(Host.Token, id, Cancel)); // gone already
        Assert.Equal(AudienceProblem.AudienceGone, Refused((await Audiences.FindAsync(Host.Token, id, Cancel)).Error).Problem);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a&b=c%26+d\"'\\/\r\n\t")]
    [InlineData("Größe 漢字 🦄‮")]
    [InlineData("{\"session\":1}&method=DELETE&payload=x")]
    public async Task A_name_arrives_as_it_is(string name)
    {
        var id = await Host.AnAudienceAsync(Works, name);

        Assert.Equal(name, Value(await Audiences.FindAsync(Host.Token, id, Cancel)).Name);
    }

    [Theory]
    [InlineData("me/accounts")]
    [InlineData("../debug_token")]
    [InlineData("1?fields=access_token")]
    [InlineData("")]
    public async Task An_id_that_is_none_never_becomes_an_address(string id)
    {
        var calls = Host.Calls.Count;

        Assert.Equal(AudienceProblem.AudienceGone, Refused((await Audiences.FindAsync(Host.Token, id, Cancel)).Error).Problem);
        Assert.Equal(AudienceProblem.AudienceGone, Refused(await Audiences.RenameAsync(Host.Token, id, "x", Cancel)).Problem);
        Assert.False((await Audiences.ListAsync(Host.Token, id, Cancel)).Succeeded);
        Assert.Null(await Audiences.DeleteAsync(Host.Token, id, Cancel));
        Assert.Equal(calls, Host.Calls.Count);
    }

    [Fact]
    public async Task Of_a_full_account_the_customer_lists_are_told_and_lookalikes_are_not()
    {
        var listed = Value(await Audiences.ListAsync(Host.Token, AudienceHost.AdAccount("500 audiences"), Cancel));

        Assert.Equal(500, listed.Count);
        Assert.Equal((1000L, 1100L, true), (listed[0].SizeFrom, listed[0].SizeTo, listed[0].IsReady));
    }

    [Fact]
    public async Task A_list_that_is_too_much_at_once_is_read_in_smaller_pages()
    {
        var account = AudienceHost.AdAccount("Asks for less");
        var before = Host.Calls.Count;

        Assert.Equal(500, Value(await Audiences.ListAsync(Host.Token, account, Cancel)).Count);

        Assert.Equal(
            ["100", "50", "25", "12", "12"], Host.Calls.Skip(before).Take(5).Select(c => c.Query["limit"]));
    }

    [Fact]
    public async Task A_web_page_in_place_of_an_answer_is_passing_trouble_and_a_read_is_repeated_where_a_send_is_not()
    {
        var account = AudienceHost.AdAccount("Answers a web page");
        var before = Host.Calls.Count;

        var read = await Audiences.ListAsync(Host.Token, account, Cancel);
        Assert.Equal(PlatformFailureKind.Transient, Assert.IsType<PlatformFailure>(read.Error).Kind);
        Assert.Equal(3, Host.Calls.Count - before);

        var made = await Audiences.CreateAsync(Host.Token, account, "x", "y", Cancel);
        Assert.Equal(PlatformFailureKind.Transient, Assert.IsType<PlatformFailure>(made.Error).Kind);
        Assert.Equal(4, Host.Calls.Count - before);
    }

    [Fact]
    public async Task People_are_taken_out_of_all_audiences_of_an_account()
    {
        var (first, second) = (await Host.AnAudienceAsync(Works), await Host.AnAudienceAsync(Works, "Other"));
        Value(await Host.SendAsync(Works, first, AudienceAction.Add, 601, 1, true, 1, 2));
        Value(await Host.SendAsync(Works, second, AudienceAction.Add, 602, 1, true, 2, 3));

        Assert.Null(await Audiences.RemoveEverywhereAsync(Host.Token, Works, AudienceHost.Keys, [People.Row(2)], Cancel));

        Assert.Equal(People.Of(1), Host.Members.Of(first));
        Assert.Equal(People.Of(3), Host.Members.Of(second));
    }

    [Fact]
    public async Task The_account_tells_whether_it_is_ready()
    {
        var works = new AudienceAccount(IsActive: true, HasBusiness: true, HasTerms: true);
        Assert.Equal(works, await AccountAsync("Works"));
        Assert.Equal(works with { HasTerms = false }, await AccountAsync("Terms not accepted"));
        Assert.Equal(works with { IsActive = false }, await AccountAsync("Account disabled"));
        Assert.Equal(works with { HasBusiness = false }, await AccountAsync("No business portfolio"));

        async Task<AudienceAccount> AccountAsync(string name) =>
            Value(await Audiences.FindAccountAsync(Host.Token, AudienceHost.AdAccount(name), Cancel));
    }

    [Fact]
    public async Task An_agency_works_on_what_was_shared_with_it_and_on_nothing_else()
    {
        var agency = new AccessToken(Host.Get<FacebookTokens>().IssueForDemo(FacebookAgencyAdmin.Key));
        var business = FacebookWorld.FindBusiness(FacebookAgencyAdmin.BrightsideAgencyId)!;
        Assert.Equal(
            PlatformFailureKind.NotFound,
            Assert.IsType<PlatformFailure>((await Audiences.CreateAsync(agency, Works, "x", "y", Cancel)).Error).Kind);

        Host.Get<FacebookSharing>().Confirm(AudienceHost.AccountNamed("Works"), business);
        Assert.True((await Audiences.CreateAsync(agency, Works, "x", "y", Cancel)).Succeeded);

        Host.Get<FacebookSharing>().Remove(Works, business.Id);
        Host.Get<FacebookSharing>().Add(AudienceHost.AccountNamed("Works"), business, ["ANALYZE"], FacebookShareStatus.Confirmed);
        Assert.Equal(
            AudienceProblem.NoWriteRight, Refused((await Audiences.CreateAsync(agency, Works, "x", "y", Cancel)).Error).Problem);
        Host.Get<FacebookSharing>().Remove(Works, business.Id);
    }

    [Fact]
    public async Task Nothing_of_people_stands_in_an_address()
    {
        var id = await Host.AnAudienceAsync(Works);
        Value(await Host.SendAsync(Works, id, AudienceAction.Add, 701, 1, true, 9));
        Value(await Host.SendAsync(Works, id, AudienceAction.Remove, 702, 1, true, 9));

        var sent = Host.Calls.TakeLast(2).ToList();
        Assert.All(sent, c => Assert.DoesNotContain(c.Query.Values, v => v.Contains(People.Values(9)[0], StringComparison.Ordinal)));
        Assert.Equal(
            $$"""{"schema":["EMAIL","FN","EXTERN_ID"],"data":[{{JsonSerializer.Serialize(People.Values(9))}}]}""", sent[0].Form["payload"]);
        Assert.Equal("DELETE", sent[1].Form["method"]);
        Assert.Empty(Host.Members.Of(id));
    }
}
