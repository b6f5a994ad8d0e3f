using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

public abstract class NewRequestTests(DatabaseProvider database) : PortalTest(database)
{
    private static RequestTerms Plain => new("Hello", [Mailchimp], null, null, null);

    [Fact]
    public async Task A_saved_request_is_a_draft_whose_link_does_not_exist_yet()
    {
        var id = Value(await Requests.CreateAsync(Owner, Plain, Cancel));

        var details = await DetailsOf(id);
        Assert.Equal(RequestStatus.Draft, details.Status);
        Assert.Null(details.Request.LinkTokenHash);
        Assert.Null(details.Request.ExpiresAt);
        Assert.Equal(AuditKind.RequestCreated, Assert.Single(details.Events).Kind);
        Assert.Equal(Owner.Name, details.Events[0].ActorName);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    [InlineData("Hello \u0007 there")]
    [InlineData("Hello\0")]
    public async Task A_message_must_have_words_and_nothing_that_cannot_be_shown(string message) =>
        await RefusesAsync(Plain with { Message = message }, nameof(RequestTerms.Message));

    [Fact]
    public async Task A_message_may_be_as_long_as_the_limit_and_not_longer()
    {
        await RefusesAsync(Plain with { Message = new string('m', OnboardingRequest.MessageMaxLength + 1) }, nameof(RequestTerms.Message));

        var longest = string.Concat(Enumerable.Repeat("😀", OnboardingRequest.MessageMaxLength / 2));
        var id = Value(await Requests.CreateAsync(Owner, Plain with { Message = longest }, Cancel));
        Assert.Equal(longest, (await DetailsOf(id)).Request.Message);
    }

    [Fact]
    public async Task Something_must_be_asked_for() => await RefusesAsync(Plain with { Platforms = [] }, nameof(RequestTerms.Platforms));

    [Fact]
    public async Task An_unknown_platform_cannot_be_asked_for() =>
        await RefusesAsync(Plain with { Platforms = [new PlatformKey("myspace")] }, nameof(RequestTerms.Platforms));

    [Fact]
    public async Task Platforms_stay_in_the_order_in_which_they_are_asked_for()
    {
        PlatformKey[] asked = [Mailchimp, new("hubspot"), new("activecampaign")];
        var request = await ARequest().Asking(asked).SentAsync();
        await KeepsOrderAsync(request, asked);

        asked = [new("salesforce"), .. asked.Reverse()];
        Assert.Null(await Portal.Get<RequestEditor>().SaveAsync(Owner, request.Id, new RequestTerms("Hello", asked, null, null), Cancel));
        await KeepsOrderAsync(request, asked);
    }

    private async Task KeepsOrderAsync(GivenRequest request, PlatformKey[] asked)
    {
        Assert.Equal(asked, (await DetailsOf(request.Id)).Request.Platforms.Select(p => p.Platform));
        Assert.Equal(asked, (await RowOf(request.Id)).Accounts.Select(a => new PlatformKey(a.Platform)));
    }

    [Fact]
    public async Task A_platform_asked_for_twice_counts_once()
    {
        var id = Value(await Requests.CreateAsync(Owner, Plain with { Platforms = [Mailchimp, Mailchimp] }, Cancel));

        Assert.Single((await DetailsOf(id)).Request.Platforms);
    }

    [Theory]
    [InlineData("xx")]
    [InlineData("EN")]
    [InlineData("")]
    public async Task A_language_must_be_one_the_portal_speaks(string language) =>
        await RefusesAsync(Plain with { Language = language }, nameof(RequestTerms.Language));

    [Fact]
    public async Task Facebook_needs_a_Facebook_user_and_a_Business_Manager() => await RefusesAsync(
        Plain with { Platforms = [Facebook] }, nameof(RequestTerms.FacebookUserId), nameof(RequestTerms.BusinessManagerId));

    [Fact]
    public async Task The_Facebook_user_must_be_Admin_of_the_Business_Manager()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var input = Plain with { Platforms = [Facebook], FacebookUserId = user };

        foreach (var business in new[] { "555000999", "12345" })
        {
            Assert.IsType<BusinessManagerRefused>(
                (await Requests.CreateAsync(Owner, input with { BusinessManagerId = business }, Cancel)).Error);
        }

        var id = Value(await Requests.CreateAsync(Owner, input with { BusinessManagerId = RequestBuilder.Business.ExternalId }, Cancel));
        Assert.Equal(RequestBuilder.Business.Name, (await DetailsOf(id)).Request.BusinessManagerName);
    }

    [Fact]
    public async Task Another_agencys_Facebook_user_counts_as_none()
    {
        var theirs = await RequestBuilder.AFacebookUserAsync(Portal, Stranger);
        var input = Plain with { Platforms = [Facebook], FacebookUserId = theirs, BusinessManagerId = RequestBuilder.Business.ExternalId };

        Assert.IsType<BusinessManagerRefused>((await Requests.CreateAsync(Owner, input, Cancel)).Error);
    }

    [Fact]
    public async Task A_removed_Facebook_user_cannot_receive_anything_any_more()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        new GraphStub(Http).Delete("me/permissions", """{"success":true}""");
        Assert.IsType<NotAllowed>((await Portal.Get<AgencyFacebookService>().RemoveAsync(Member, user, Cancel)).Error);
        Value(await Portal.Get<AgencyFacebookService>().RemoveAsync(Owner, user, Cancel));

        var input = Plain with { Platforms = [Facebook], FacebookUserId = user, BusinessManagerId = RequestBuilder.Business.ExternalId };
        Assert.IsType<BusinessManagerRefused>((await Requests.CreateAsync(Owner, input, Cancel)).Error);
    }

    private async Task RefusesAsync(RequestTerms input, params string[] fields)
    {
        var refused = Assert.IsType<InputRefused>((await Requests.CreateAsync(Owner, input, Cancel)).Error);
        Assert.Equal(fields.Order(), refused.Fields.Keys.Order());
        Assert.All(refused.Fields.Values, Assert.NotEmpty);
        Assert.Equal(0, await Table.CountAsync(Owner.Scope, null, null, Cancel));
    }
}

public sealed class NewRequestTestsOnSqlite() : NewRequestTests(DatabaseProvider.Sqlite);

public sealed class NewRequestTestsOnPostgres() : NewRequestTests(DatabaseProvider.Postgres);
