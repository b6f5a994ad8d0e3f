using System.Net;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.Tests.Core.Webhooks;

public abstract class WebhookServiceTests(DatabaseProvider database) : WebhookTest(database)
{
    protected override Dictionary<string, string?> Settings => [];

    [Fact]
    public async Task A_secret_is_shown_once_and_lies_protected_in_the_database()
    {
        var added = await AWebhook("https://hooks.bakery.example/portal?key=1");

        Assert.StartsWith("whsec_", added.Secret, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(added.Secret["whsec_".Length..]).Length);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var row = await db.WebhookEndpoints.SingleAsync(Cancel);
        Assert.DoesNotContain(added.Secret[10..], row.SecretProtected, StringComparison.Ordinal);
        Assert.DoesNotContain(Portal.Logs.Lines, l => l.Contains(added.Secret[10..], StringComparison.Ordinal));
        Assert.Equal(
            ("https://hooks.bakery.example/portal?key=1", Owner.Name, null, false),
            (row.Url, row.CreatedByName, row.DisabledAt, row.GaveUp));
    }

    [Theory]
    [InlineData("", "UrlMissing")]
    [InlineData("hooks.bakery.example", "UrlMalformed")]
    [InlineData("https://", "UrlMalformed")]
    [InlineData("https://hooks.bakery.example/a b", "UrlMalformed")]
    [InlineData("ftp://hooks.bakery.example/", "UrlMalformed")]
    [InlineData("file:///etc/passwd", "UrlMalformed")]
    [InlineData("http://hooks.bakery.example/", "UrlNotHttps")]
    [InlineData("http://localhost/", "UrlNotHttps")]
    [InlineData("https://hooks.bakery.example:22/", "UrlPort")]
    [InlineData("https://hooks.bakery.example:5432/", "UrlPort")]
    [InlineData("https://user:password@hooks.bakery.example/", "UrlUserInfo")]
    [InlineData("https://hooks.bakery.example/#part", "UrlFragment")]
    [InlineData("https://hooks.bakery.example/#", "UrlFragment")]
    [InlineData("https://localhost/", "UrlNotPublic")]
    [InlineData("https://127.0.0.1/", "UrlNotPublic")]
    [InlineData("https://2130706433/", "UrlNotPublic")]
    [InlineData("https://0x7f.1/", "UrlNotPublic")]
    [InlineData("https://[::1]:8443/", "UrlNotPublic")]
    [InlineData("https://[::ffff:10.0.0.1]/", "UrlNotPublic")]
    [InlineData("https://10.1.2.3/", "UrlNotPublic")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "UrlNotPublic")]
    [InlineData("https://inside.bakery.example/", "UrlNotPublic")]
    [InlineData("https://nobody.bakery.example/", "UrlNotPublic")]
    public async Task An_address_that_may_not_be_called_is_refused_and_says_why(string url, string why)
    {
        Portal.Names["inside.bakery.example"] = [IPAddress.Parse("93.184.215.14"), IPAddress.Parse("192.168.1.1")];
        Portal.Names["nobody.bakery.example"] = [];
        Portal.Names["localhost"] = [IPAddress.Loopback];
        var known = await AWebhook("https://hooks.bakery.example/");

        var refusals = new[]
        {
            (await Webhooks.AddAsync(Owner, new WebhookInput(url, []), Cancel)).Error,
            await Webhooks.ChangeAsync(Owner, known.Id, new WebhookInput(url, []), Cancel),
        };

        var words = Portal.Get<Microsoft.Extensions.Localization.IStringLocalizer<WebhookInputValidator>>();
        Assert.All(refusals, r => Assert.Equal(words[why, 500].Value, Assert.IsType<InputRefused>(r).Fields[nameof(WebhookInput.Url)]));
        Assert.Equal("https://hooks.bakery.example/", Assert.Single(Value(await Webhooks.ListAsync(Owner, Cancel))).Url);
    }

    [Fact]
    public async Task An_address_is_too_long_also_when_it_only_grows_so_by_being_written_out()
    {
        Assert.True(
            (await Webhooks.AddAsync(
                Owner, new WebhookInput("https://hooks.bakery.example/" + new string('a', 471), []), Cancel)).Succeeded);
        foreach (var path in new[] { new string('a', 472), new string('ä', 200) })
        {
            Assert.IsType<InputRefused>(
                (await Webhooks.AddAsync(Owner, new WebhookInput("https://hooks.bakery.example/" + path, []), Cancel)).Error);
        }
    }

    [Fact]
    public async Task A_type_that_does_not_exist_is_refused() =>
        Assert.Contains(
            "Types", Assert.IsType<InputRefused>(
                (await Webhooks.AddAsync(
                    Owner, new WebhookInput("https://hooks.bakery.example/", ["request.created", "test.event"]),
                    Cancel)).Error).Fields.Keys);

    [Fact]
    public async Task An_agency_has_at_most_twenty_also_when_two_main_users_add_at_once()
    {
        for (var i = 0; i < WebhookEndpoint.MaxEndpoints - 1; i++) await AWebhook($"https://hooks.bakery.example/{i}");

        var last = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(i => Task.Run(() => Webhooks.AddAsync(Owner, new WebhookInput($"https://hooks.bakery.example/last{i}", []), Cancel))));

        Assert.Single(last, r => r.Succeeded);
        Assert.All(last.Where(r => !r.Succeeded), r => Assert.IsType<TooManyWebhooks>(r.Error));
        Assert.Equal(20, Value(await Webhooks.ListAsync(Owner, Cancel)).Count);
        await AWebhook("https://hooks.harbour.example/", Stranger);
    }

    [Fact]
    public async Task Whoever_adds_changes_or_removes_stands_in_the_audit_trail()
    {
        var webhook = await AWebhook("https://hooks.bakery.example/");
        Assert.Null(
            await Webhooks.ChangeAsync(
                Owner, webhook.Id, new WebhookInput("https://other.bakery.example/", ["request.completed", "request.completed"]), Cancel));
        Assert.Null(await Webhooks.SwitchOffAsync(Owner, webhook.Id, Cancel));
        Assert.NotNull((await SummaryOf(webhook)).DisabledAt);
        Assert.Null(await Webhooks.SwitchOnAsync(Owner, webhook.Id, Cancel));
        Assert.Null(await Webhooks.SwitchOnAsync(Owner, webhook.Id, Cancel)); // it is on: nothing happens
        Assert.NotEqual(webhook.Secret, Value(await Webhooks.RenewSecretAsync(Owner, webhook.Id, Cancel)).Secret);
        Assert.Equal(Clock.Now.AddHours(24), (await SummaryOf(webhook)).OldSecretUntil);
        Assert.Equal(["request.completed"], (await SummaryOf(webhook)).Types);
        Assert.Null(await Webhooks.RemoveAsync(Owner, webhook.Id, Cancel));
        Assert.IsType<WebhookNotFound>(await Webhooks.RemoveAsync(Owner, webhook.Id, Cancel));

        var told = Value(await Portal.Get<AuditTrail>().ListAsync(Owner, new AuditQuery(AuditTopic.Settings), null, 50, Cancel)).Events;
        Assert.Equal(
            [AuditKind.WebhookRemoved, AuditKind.WebhookChanged, AuditKind.WebhookChanged, AuditKind.WebhookChanged,
                AuditKind.WebhookChanged, AuditKind.WebhookAdded], told.Select(e => e.Kind));
        Assert.Equal(("https://other.bakery.example/", Owner.Name, Owner.Address), (told[0].Detail, told[0].ActorName, told[0].Address));
    }

    [Fact]
    public async Task A_sub_user_is_refused_everything()
    {
        var webhook = await AWebhook("https://hooks.bakery.example/");
        await Log.SendTestAsync(Owner, webhook.Id, Cancel);
        var methods = new object[] { Webhooks, Log }.SelectMany(
            s => s.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(m => (Service: s, Method: m))).ToList();

        Assert.Equal(10, methods.Count);
        foreach (var (service, method) in methods)
        {
            var arguments = method.GetParameters().Select(p => p.ParameterType switch
            {
                var t when t == typeof(AgencyCaller) => Member,
                var t when t == typeof(WebhookEndpointId) => webhook.Id,
                var t when t == typeof(WebhookInput) => new WebhookInput("https://mine.bakery.example/", []),
                var t when t == typeof(CancellationToken) => Cancel,
                var t when t == typeof(int) => 10,
                var t => t.IsValueType ? Activator.CreateInstance(t) : null,
            }).ToArray();
            var task = (Task)method.Invoke(service, arguments)!;
            await task;
            var result = task.GetType().GetProperty("Result")!.GetValue(task);
            Assert.IsType<NotAllowed>(result as PortalError ?? result!.GetType().GetProperty("Error")!.GetValue(result));
        }

        Assert.Equal(
            ("https://hooks.bakery.example/", null), (await SummaryOf(webhook) is var known ? (known.Url, known.OldSecretUntil) : default));
    }

    [Fact]
    public async Task The_log_is_kept_for_thirty_days_and_an_old_secret_no_longer_than_it_signs()
    {
        var webhook = await AWebhook("https://hooks.bakery.example/");
        await Webhooks.RenewSecretAsync(Owner, webhook.Id, Cancel);
        await Log.SendTestAsync(Owner, webhook.Id, Cancel);
        Assert.Null(await Webhooks.SwitchOffAsync(Owner, webhook.Id, Cancel));
        Assert.Null(await Webhooks.SwitchOnAsync(Owner, webhook.Id, Cancel));
        Clock.Advance(TimeSpan.FromDays(29));
        await Log.SendTestAsync(Owner, webhook.Id, Cancel); // waits, and so is never too old
        Assert.Equal(0, await Portal.Get<WebhookPurge>().PurgeAsync(Cancel));
        await using (var db = Portal.Contexts.Create(Owner.Agency)) Assert.Null(
            (await db.WebhookEndpoints.SingleAsync(Cancel)).PreviousSecretProtected);

        Clock.Advance(TimeSpan.FromDays(40));

        Assert.Equal(1, await Portal.Get<WebhookPurge>().PurgeAsync(Cancel));
        Assert.Equal(WebhookDeliveryState.Queued, Assert.Single(await DeliveriesOf(webhook)).State);
    }

    [Fact]
    public async Task The_log_is_read_page_by_page_without_gap_or_overlap()
    {
        var webhook = await AWebhook("https://hooks.bakery.example/");
        for (var i = 0; i < 7; i++) Value(await Log.SendTestAsync(Owner, webhook.Id, Cancel));

        var paged = new List<WebhookDelivery>();
        for (WebhookDeliveryId? before = null; ; before = paged[^1].Id)
        {
            var page = Value(await Log.ListAsync(Owner, webhook.Id, before, 3, Cancel));
            paged.AddRange(page.Deliveries);
            if (!page.HasOlder) break;
        }

        Assert.Equal((await DeliveriesOf(webhook)).Reverse().Select(d => d.Id), paged.Select(d => d.Id));
        Assert.Equal(7, paged.Count);
    }

    [Fact]
    public async Task Nothing_can_be_sent_to_a_webhook_that_is_off()
    {
        var webhook = await AWebhook("https://hooks.bakery.example/");
        Value(await Log.SendTestAsync(Owner, webhook.Id, Cancel));
        Assert.Null(await Webhooks.SwitchOffAsync(Owner, webhook.Id, Cancel));

        Assert.IsType<WebhookSwitchedOff>((await Log.SendTestAsync(Owner, webhook.Id, Cancel)).Error);
        var dropped = Assert.Single(await DeliveriesOf(webhook));
        Assert.IsType<WebhookSwitchedOff>(await Log.RedeliverAsync(Owner, dropped.Id, Cancel));
        Assert.Equal(WebhookDeliveryState.Failed, dropped.State);
        await ARequest().SentAsync();
        Assert.Single(await DeliveriesOf(webhook));
    }
}

public sealed class WebhookServiceTestsOnSqlite() : WebhookServiceTests(DatabaseProvider.Sqlite);

public sealed class WebhookServiceTestsOnPostgres() : WebhookServiceTests(DatabaseProvider.Postgres);
