using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>Saved starts of new requests.</summary>
public abstract class RequestTemplatesTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly TemplateInput Shop = new(
        "  Shops ", new RequestTerms(" Hello, dear shop. ", [Mailchimp, Mailchimp], null, null));

    private RequestTemplates Templates => Portal.Get<RequestTemplates>();

    [Fact]
    public async Task A_main_user_keeps_a_template_and_every_user_of_the_agency_sees_it()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);

        var id = Value(
            await Templates.SaveAsync(
                Owner, null,
                Asking(Shop.Terms with
                {
                    Platforms = [Facebook, Mailchimp],
                    FacebookUserId = user,
                    BusinessManagerId = RequestBuilder.Business.ExternalId
                }), Cancel));

        var template = Assert.Single(await Templates.ListAsync(Member, Cancel));
        Assert.Equal((id, "Shops", "Hello, dear shop.", false), (template.Id, template.Name, template.Message, template.IsDefault));
        Assert.Equal((user, RequestBuilder.Business.ExternalId), (template.FacebookUserId, template.BusinessManagerId));
        Assert.Equal([Facebook, Mailchimp], template.Platforms);
        Assert.Equal((AuditKind.TemplateSaved, "Shops"), await NewestEventAsync());
    }

    [Fact]
    public async Task Changing_one_keeps_its_place_and_without_Facebook_no_Business_Manager_is_kept()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var id = Value(
            await Templates.SaveAsync(
                Owner, null,
                Asking(Shop.Terms with
                {
                    Platforms = [Facebook],
                    FacebookUserId = user,
                    BusinessManagerId = RequestBuilder.Business.ExternalId
                }),
                Cancel));
        Assert.Null(await Templates.MakeDefaultAsync(Owner, id, Cancel));

        Assert.Equal(
            id, Value(
                await Templates.SaveAsync(
                    Owner, id, new TemplateInput(
                        "Shops", Shop.Terms with { FacebookUserId = user, BusinessManagerId = RequestBuilder.Business.ExternalId }),
                    Cancel)));

        var template = Assert.Single(await Templates.ListAsync(Owner, Cancel));
        Assert.Equal(
            (true, (AgencyFacebookUserId?)null, (string?)null), (template.IsDefault, template.FacebookUserId, template.BusinessManagerId));
        Assert.Equal([Mailchimp], template.Platforms);
    }

    [Fact]
    public async Task A_template_may_leave_message_services_and_Business_Manager_open()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);

        await SaveAsync("Nothing yet", new RequestTerms("", [], null, null));
        await SaveAsync("A user only", new RequestTerms("", [Facebook], user, null));
        await SaveAsync("Facebook only", new RequestTerms("", [Facebook], null, null));

        async Task SaveAsync(string name, RequestTerms terms) =>
            Value(await Templates.SaveAsync(Owner, null, new TemplateInput(name, terms), Cancel));
    }

    [Theory]
    [InlineData("", "m", nameof(TemplateInput.Name))]
    [InlineData("   ", "m", nameof(TemplateInput.Name))]
    [InlineData("a\nb", "m", nameof(TemplateInput.Name))]
    [InlineData("81", "m", nameof(TemplateInput.Name))]
    [InlineData("Name", "4001", nameof(RequestTerms.Message))]
    [InlineData("Name", "bell\a", nameof(RequestTerms.Message))]
    public async Task What_breaks_the_rules_is_refused_at_its_field(string name, string message, string field)
    {
        var input = new TemplateInput(
            name == "81" ? new string('x', 81) : name, Shop.Terms with { Message = message == "4001" ? new string('x', 4001) : message });

        Assert.Equal(
            field, Assert.Single(Assert.IsType<InputRefused>((await Templates.SaveAsync(Owner, null, input, Cancel)).Error).Fields).Key);
        Assert.Empty(await Templates.ListAsync(Owner, Cancel));
    }

    [Fact]
    public async Task An_unknown_service_a_foreign_user_and_a_business_where_they_are_not_Admin_are_refused()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var facebook = Shop.Terms with { Platforms = [Facebook] };

        Assert.IsType<InputRefused>(
            (await Templates.SaveAsync(Owner, null, Asking(Shop.Terms with { Platforms = [new PlatformKey("nowhere")] }), Cancel)).Error);
        foreach (var input in new RequestTerms[]
        {
            facebook with { FacebookUserId = user, BusinessManagerId = "555000999" },
            facebook with { FacebookUserId = user, BusinessManagerId = "1" },
            facebook with { BusinessManagerId = RequestBuilder.Business.ExternalId },
            facebook with { FacebookUserId = AgencyFacebookUserId.From(1), BusinessManagerId = RequestBuilder.Business.ExternalId },
        })
        {
            Assert.IsType<BusinessManagerRefused>((await Templates.SaveAsync(Owner, null, Asking(input), Cancel)).Error);
        }
    }

    [Fact]
    public async Task No_two_of_an_agency_have_one_name_also_when_both_are_saved_at_once()
    {
        Value(await Templates.SaveAsync(Owner, null, Shop, Cancel));
        Assert.Equal(new TemplateNameTaken("Shops"), (await Templates.SaveAsync(Owner, null, Shop, Cancel)).Error);
        Value(await Templates.SaveAsync(Stranger, null, Shop, Cancel));

        var results = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => Task.Run(() => Templates.SaveAsync(Owner, null, Shop with { Name = "Race" }, Cancel))));

        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.IsType<TemplateNameTaken>(r.Error));
    }

    [Fact]
    public async Task At_most_one_is_the_default()
    {
        var (first, second) = (Value(await Templates.SaveAsync(Owner, null, Shop, Cancel)), Value(
            await Templates.SaveAsync(Owner, null, Shop with { Name = "Others" }, Cancel)));
        var foreign = Value(await Templates.SaveAsync(Stranger, null, Shop, Cancel));
        Assert.Null(await Templates.MakeDefaultAsync(Stranger, foreign, Cancel));

        Assert.Null(await Templates.MakeDefaultAsync(Owner, first, Cancel));
        Assert.Null(await Templates.MakeDefaultAsync(Owner, second, Cancel));
        Assert.Equal([second], await DefaultsAsync(Owner));
        Assert.Equal((AuditKind.TemplateMadeDefault, "Others"), await NewestEventAsync());

        Assert.Null(await Templates.MakeDefaultAsync(Owner, null, Cancel));
        Assert.Empty(await DefaultsAsync(Owner));
        Assert.Equal((AuditKind.TemplateNoLongerDefault, "Others"), await NewestEventAsync());
        Assert.Equal([foreign], await DefaultsAsync(Stranger));
    }

    [Fact]
    public async Task A_deleted_one_is_gone_and_noted()
    {
        var id = Value(await Templates.SaveAsync(Owner, null, Shop, Cancel));

        Assert.Null(await Templates.DeleteAsync(Owner, id, Cancel));

        Assert.Empty(await Templates.ListAsync(Owner, Cancel));
        Assert.Equal((AuditKind.TemplateDeleted, "Shops"), await NewestEventAsync());
        Assert.IsType<TemplateNotFound>(await Templates.DeleteAsync(Owner, id, Cancel));
        Assert.IsType<TemplateNotFound>(await Templates.MakeDefaultAsync(Owner, id, Cancel));
        Assert.IsType<TemplateNotFound>((await Templates.SaveAsync(Owner, id, Shop, Cancel)).Error);
    }

    [Fact]
    public async Task A_hundred_are_the_most()
    {
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            for (var i = 0; i < RequestTemplate.MaxTemplates; i++)
            {
                var template = new RequestTemplate(RequestTemplateId.New(Clock), Owner.Agency, Clock.Now);
                template.Change($"Template {i}", new RequestTerms("", [], null, null));
                db.Add(template);
            }

            await db.SaveChangesAsync(Cancel);
        }

        Assert.IsType<TooManyTemplates>((await Templates.SaveAsync(Owner, null, Shop, Cancel)).Error);
    }

    [Fact]
    public async Task A_sub_user_changes_nothing()
    {
        var id = Value(await Templates.SaveAsync(Owner, null, Shop, Cancel));

        Assert.IsType<NotAllowed>((await Templates.SaveAsync(Member, null, Shop with { Name = "Mine" }, Cancel)).Error);
        Assert.IsType<NotAllowed>((await Templates.SaveAsync(Member, id, Shop with { Name = "Mine" }, Cancel)).Error);
        Assert.IsType<NotAllowed>(await Templates.MakeDefaultAsync(Member, id, Cancel));
        Assert.IsType<NotAllowed>(await Templates.DeleteAsync(Member, id, Cancel));
        Assert.Equal("Shops", Assert.Single(await Templates.ListAsync(Owner, Cancel)).Name);
    }

    private static TemplateInput Asking(RequestTerms terms) => Shop with { Terms = terms };

    private async Task<RequestTemplateId[]> DefaultsAsync(AgencyCaller caller) =>
        [.. (await Templates.ListAsync(caller, Cancel)).Where(t => t.IsDefault).Select(t => t.Id)];

    private async Task<(AuditKind Kind, string? Detail)> NewestEventAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var newest = await db.AuditEvents.OrderByDescending(e => e.Id).FirstAsync(Cancel);
        return (newest.Kind, newest.Detail);
    }
}

public sealed class SqliteRequestTemplatesTests() : RequestTemplatesTests(DatabaseProvider.Sqlite);

public sealed class PostgresRequestTemplatesTests() : RequestTemplatesTests(DatabaseProvider.Postgres);
