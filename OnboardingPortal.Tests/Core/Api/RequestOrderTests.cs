using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Api;

/// <summary>Requests that programs make: one for each call, however often the call arrives.</summary>
public abstract class RequestOrderTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly RequestOrder Order = new(
        "Hello.", [Mailchimp], null, null, "de", ["hello@bakery.example", "HELLO@bakery.example", "info@bakery.example"]);

    private ApiCaller _caller = null!;

    private RequestOrders Orders => Portal.Get<RequestOrders>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _caller = await ACaller();
    }

    [Fact]
    public async Task An_order_with_recipients_is_saved_and_mailed_and_one_without_stays_a_draft()
    {
        var sent = Value(await Orders.CreateAsync(_caller, Order, null, Cancel));
        var draft = Value(await Orders.CreateAsync(_caller, Order with { Recipients = [] }, null, Cancel));

        Assert.Equal(["hello@bakery.example", "info@bakery.example"], sent.Recipients);
        var details = await DetailsOf(sent.Id);
        Assert.Equal(
            (RequestStatus.Pending, "de", "Hello.", sent.RequestedAt),
            (details.Status, details.Request.Language, details.Request.Message, details.Request.RequestedAt));
        Assert.Equal(["hello@bakery.example", "info@bakery.example"], details.Mails.Select(m => m.To));
        Assert.Equal(2, await Outbox.DeliverAsync(Cancel));
        Assert.Equal(RequestStatus.Draft, (await RowOf(draft.Id)).StoredStatus);
    }

    [Fact]
    public async Task What_an_order_leaves_out_is_as_the_agency_has_it()
    {
        Assert.Null(
            await Portal.Get<AgencyService>()
                .ChangeSettingsAsync(
                    Owner, TestPortal.NewSettings with { DefaultMessage = "Our usual words.", RequestLanguage = "de" }, Cancel));

        var made = Value(await Orders.CreateAsync(_caller, Order with { Message = null, Language = null }, null, Cancel));

        var request = (await DetailsOf(made.Id)).Request;
        Assert.Equal(("Our usual words.", "de"), (request.Message, request.Language));
    }

    [Fact]
    public async Task A_repeat_gets_the_same_and_sends_nothing_whatever_became_of_the_request()
    {
        var first = Value(await Orders.CreateAsync(_caller, Order, "call-1", Cancel));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(
            await Portal.Get<AgencyService>()
                .ChangeSettingsAsync(Owner, TestPortal.NewSettings with { DefaultMessage = "Other words." }, Cancel));

        var again = Value(await Orders.CreateAsync(_caller, Order, "call-1", Cancel));
        Assert.Equal((first.Id, true), (again.Id, again.IsRepeat));
        Assert.Equal(first.Recipients, again.Recipients);
        Assert.Equal(first.RequestedAt, again.RequestedAt, TimeSpan.FromMilliseconds(1));
        Value(await Requests.DeleteAsync(Owner, first.Id, Cancel));
        Assert.Equal(first.Id, Value(await Orders.CreateAsync(_caller, Order, "call-1", Cancel)).Id);

        Assert.Equal((1, 2), await CountAsync());
    }

    [Fact]
    public async Task Calls_that_arrive_at_the_same_instant_make_one_request_also_on_two_nodes()
    {
        await using var other = Portal.AnotherNode();
        RequestOrders[] nodes = [Orders, other.Get<RequestOrders>()];

        var made = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => nodes[i % 2].CreateAsync(_caller, Order, "call-1", Cancel), Cancel)));

        Assert.Single(made.Select(m => Value(m).Id).Distinct());
        Assert.Single(made, m => !m.Value.IsRepeat);
        Assert.Equal((1, 2), await CountAsync());
    }

    [Fact]
    public async Task The_same_name_with_something_else_is_refused_and_another_key_has_names_of_its_own()
    {
        var first = Value(await Orders.CreateAsync(_caller, Order, "call-1", Cancel));

        foreach (var other in new[]
        {
            Order with { Message = "Other." }, Order with { Recipients = ["hello@bakery.example"] },
            Order with { Services = [new PlatformKey("hubspot")] }, Order with { Language = null }
        })
        {
            Assert.IsType<IdempotencyKeyReused>((await Orders.CreateAsync(_caller, other, "call-1", Cancel)).Error);
        }

        Assert.Equal((1, 2), await CountAsync());
        Assert.NotEqual(first.Id, Value(await Orders.CreateAsync(await ACaller(), Order, "call-1", Cancel)).Id);
    }

    [Fact]
    public async Task After_a_day_a_call_is_forgotten_and_counts_as_new()
    {
        var first = Value(await Orders.CreateAsync(_caller, Order, "call-1", Cancel));
        Value(await Orders.CreateAsync(_caller, Order, "call-2", Cancel));
        Clock.Advance(RequestOrders.KeptFor - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Orders.ForgetAsync(Cancel));
        Assert.True(Value(await Orders.CreateAsync(_caller, Order, "call-1", Cancel)).IsRepeat);

        Clock.Advance(TimeSpan.FromSeconds(1));

        var anew = Value(await Orders.CreateAsync(_caller, Order, "call-1", Cancel)); // before the job comes round
        Assert.False(anew.IsRepeat);
        Assert.NotEqual(first.Id, anew.Id);
        Assert.Equal(1, await Orders.ForgetAsync(Cancel));
        Assert.True(Value(await Orders.CreateAsync(_caller, Order, "call-1", Cancel)).IsRepeat);
    }

    [Fact]
    public async Task An_address_is_what_it_is_in_the_form()
    {
        var made = Value(
            await Orders.CreateAsync(
                _caller, Order with { Recipients = ["Nora <nora@bakery.example>", "nora@bakery.example\u200b", "b@bäckerei.example"] },
                null, Cancel));

        Assert.Equal(["nora@bakery.example", "b@bäckerei.example"], made.Recipients);
        foreach (var address in new[]
        {
            "a.@bakery.example", "=?utf-8?q?a?=@bakery.example", "bäcker@bakery.example", "a(x)@bakery.example"
        })
        {
            Assert.Equal(
                [address],
                Assert.IsType<AddressesRefused>(
                    (await Orders.CreateAsync(_caller, Order with { Recipients = [address] }, null, Cancel)).Error).Addresses);
        }
    }

    [Fact]
    public async Task A_refused_order_leaves_nothing_behind_not_even_its_name()
    {
        Assert.IsType<AddressesRefused>(
            (await Orders.CreateAsync(
                _caller, Order with { Recipients = ["a@bakery.example, b@bakery.example"] }, "call-1", Cancel)).Error);
        Assert.IsType<AddressesRefused>(
            (await Orders.CreateAsync(
                _caller, Order with { Recipients = ["a@bakery.example\r\nBcc: thief@evil.example"] }, "call-1", Cancel)).Error);
        Assert.Equal(new TooManyAddresses(10_000), (await Orders.CreateAsync(
            _caller, Order with { Recipients = [.. Enumerable.Range(0, 10_000).Select(i => $"a{i}@bakery.example")] }, "call-1",
            Cancel)).Error);
        Assert.IsType<InputRefused>((await Orders.CreateAsync(_caller, Order with { Message = "\u0001" }, "call-1", Cancel)).Error);
        Assert.IsType<InputRefused>((await Orders.CreateAsync(_caller, Order with { Services = [] }, "call-1", Cancel)).Error);
        Assert.IsType<BusinessManagerRefused>(
            (await Orders.CreateAsync(
                _caller, Order with { Services = [Facebook], FacebookUserId = AgencyFacebookUserId.From(1), BusinessManagerId = "1" },
                "call-1", Cancel)).Error);
        foreach (var name in new[] { "", "two words", "ä", new string('x', IdempotencyKey.KeyMaxLength + 1) })
        {
            Assert.IsType<IdempotencyKeyRefused>((await Orders.CreateAsync(_caller, Order, name, Cancel)).Error);
        }

        Assert.Equal(
            new ApiScopeMissing(ApiScope.WriteRequests),
            (await Orders.CreateAsync(_caller with { Scopes = [ApiScope.ReadRequests] }, Order, "call-1", Cancel)).Error);
        Assert.Equal((0, 0), await CountAsync());
        Assert.False(Value(await Orders.CreateAsync(_caller, Order, "call-1", Cancel)).IsRepeat);
    }

    private async Task<ApiCaller> ACaller()
    {
        var keys = Portal.Get<ApiKeys>();
        var key = Value(await keys.CreateAsync(Owner, new NewApiKey("CRM", [ApiScope.WriteRequests]), Cancel));
        return Value(await keys.AuthenticateAsync(key.Secret, null, Cancel));
    }

    private async Task<(int Requests, int Mails)> CountAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return (await db.Requests.CountAsync(Cancel), await db.EmailMessages.CountAsync(Cancel));
    }
}

public sealed class RequestOrderTestsOnSqlite() : RequestOrderTests(DatabaseProvider.Sqlite);

public sealed class RequestOrderTestsOnPostgres() : RequestOrderTests(DatabaseProvider.Postgres);
