using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>What programs do with the API.</summary>
[Collection(OfTheAgency)]
public sealed class ApiTests(BrowserFixture fixture) : ApiTest(fixture)
{
    private const string Syncs = "/api/v1/syncs";

    [Fact]
    public async Task A_request_is_made_mailed_read_sent_again_given_out_and_deleted()
    {
        var key = await AKey();
        var made = await CallAsync(
            key, "POST", Requests,
            """{"services": ["mailchimp", "mailchimp"], "message": "Grüße — 你好", "language": "de", "recipients": ["api-one@customer.example", "api-two@customer.example"]}""");
        Assert.Equal(("201", "Pending"), (made.Short, made["status"]));
        Assert.Equal($"{Requests}/{made["id"]}", made.Headers.Location!.OriginalString);
        await Fixture.Portal.MailToAsync("api-two@customer.example", Cancel);

        var read = await CallAsync(key, "GET", $"{Requests}/{made["id"]}");
        Assert.Equal(("200", "Grüße — 你好", "de", "Pending"), (read.Short, read["message"], read["language"], read["status"]));
        Assert.Equal(made["requestedAt"], read["requestedAt"]);
        Assert.Equal(
            ["api-one@customer.example", "api-two@customer.example"],
            read.Body!["recipients"]!.AsArray().Select(r => (string)r!["email"]!));
        // the mail lies there a moment before the outbox knows
        Assert.Contains((string?)read.Body["recipients"]![1]!["mail"], (string?[])["Queued", "Sent"]);
        Assert.Equal("mailchimp", (string?)Assert.Single(read.Body["services"]!.AsArray())!["service"]);
        Assert.Contains(
            read.Body["timeline"]!.AsArray(),
            e => (string?)e!["kind"] == "RequestCreated" && (string?)e["actor"] == "Demo owner (API: Test)");

        var tooSoon = await CallAsync(key, "POST", $"{Requests}/{made["id"]}/resend");
        Assert.Equal("429 SentJustNow", tooSoon.Short);
        Assert.InRange(tooSoon.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        await using (var db = Node.Get<PortalDbContextFactory>().Create(Owner.Agency))
        {
            var (id, earlier) = (RequestId.From(long.Parse(made["id"]!, CultureInfo.InvariantCulture)), DateTimeOffset.Parse(
                made["requestedAt"]!, CultureInfo.InvariantCulture).AddMinutes(-5));
            await db.EmailMessages.Where(m => m.RequestId == id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.QueuedAt, earlier), Cancel);
        }

        Assert.Equal("2", (await CallAsync(key, "POST", $"{Requests}/{made["id"]}/resend"))["mails"]);
        Assert.StartsWith(
            new Uri(Fixture.Portal.Address, "/r/").AbsoluteUri, (await CallAsync(key, "POST", $"{Requests}/{made["id"]}/link"))["link"],
            StringComparison.Ordinal);
        Assert.Equal("204", (await CallAsync(key, "DELETE", $"{Requests}/{made["id"]}")).Short);
        foreach (var (method, path) in new[] { ("GET", ""), ("DELETE", ""), ("POST", "/resend"), ("POST", "/link") })
        {
            Assert.Equal("404 RequestNotFound", (await CallAsync(key, method, $"{Requests}/{made["id"]}{path}")).Short);
        }

        var draft = await CallAsync(key, "POST", Requests, """{"services": ["mailchimp"]}""");
        Assert.Equal(("201", "Draft"), (draft.Short, draft["status"]));
        Assert.Equal("422 AddressMissing", (await CallAsync(key, "POST", $"{Requests}/{draft["id"]}/resend")).Short);
        Assert.Equal("204", (await CallAsync(key, "DELETE", $"{Requests}/{draft["id"]}")).Short);
    }

    [Fact]
    public async Task A_call_that_arrives_often_makes_one_request_and_one_mail_also_at_the_same_instant()
    {
        var key = await AKey();
        const string body = """{"services": ["mailchimp"], "recipients": ["api-once@customer.example"]}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(_ => CallAsync(key, "POST", Requests, body, ("Idempotency-Key", "call-1"))));
        var late = await CallAsync(
            key, "POST", Requests, """{ "recipients":["api-once@customer.example"], "services":["mailchimp"] }""",
            ("Idempotency-Key", "call-1"));

        Assert.All(answers, a => Assert.Equal(("201", answers[0].Text), (a.Short, a.Text)));
        Assert.Equal(5, answers.Count(IsRepeat));
        Assert.True(IsRepeat(late));
        Assert.Equal(answers[0].Text, late.Text);
        Assert.Equal(
            "422 IdempotencyKeyReused",
            (await CallAsync(key, "POST", Requests, """{"services": ["mailchimp"]}""", ("Idempotency-Key", "call-1"))).Short);
        Assert.Equal("400 IdempotencyKeyRefused", (await CallAsync(key, "POST", Requests, body, ("Idempotency-Key", "two words"))).Short);
        await using var db = Node.Get<PortalDbContextFactory>().Create(Owner.Agency);
        Assert.Equal(1, await db.EmailMessages.CountAsync(m => m.To == "api-once@customer.example", Cancel));
        Assert.Equal("204", (await CallAsync(key, "DELETE", $"{Requests}/{late["id"]}")).Short);

        static bool IsRepeat(ApiAnswer answer) => answer.Headers.Contains("Idempotency-Replayed");
    }

    [Fact]
    public async Task Lists_are_read_page_by_page_filtered_and_searched()
    {
        var key = await AKey();
        List<string> made = [];
        for (var i = 0; i < 5; i++)
        {
            made.Add(
                (await CallAsync(
                    key, "POST", Requests, $$"""{"services": ["mailchimp"], "recipients": ["page-{{i}}@paging.example"]}"""))["id"]!);
        }

        Assert.Equal(Enumerable.Reverse(made), await AllAsync(key, $"{Requests}?search=paging.example&limit=2"));
        Assert.Equal(Enumerable.Reverse(made), await AllAsync(key, $"{Requests}?search=paging&status=Pending&limit=5"));
        Assert.Empty(await AllAsync(key, $"{Requests}?search=paging&status=Draft"));
        Assert.All(
            (await CallAsync(key, "GET", $"{Requests}?search=paging&status=Pending")).Body!["items"]!.AsArray(),
            item => Assert.Equal("Pending", (string?)item!["status"]));
        foreach (var (query, wrong) in new[]
        {
            ("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("limit=-1", "limit"), ("cursor=x", "cursor"),
            ("cursor=", "cursor"), ("cursor=99999999999999999999", "cursor"),
            ("status=Deleted", "status"), ("status=1", "status"), ("status=pending", "status"),
            ($"search={new string('x', 101)}", "search"),
        })
        {
            var answer = await CallAsync(key, "GET", $"{Requests}?{query}");
            Assert.Equal("400 QueryRefused", answer.Short);
            Assert.Contains($"The parameter {wrong} ", answer["detail"], StringComparison.Ordinal);
        }

        foreach (var id in made) Assert.Equal("204", (await CallAsync(key, "DELETE", $"{Requests}/{id}")).Short);
    }

    [Fact]
    public async Task Connections_are_listed_without_credentials_and_only_the_agencys_own()
    {
        var (_, link) = await Node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var client = await Node.Get<LinkService>()
            .IdentifyAsync(new Uri(link).Segments[^1], new Visitor("The baker", "client@customer.example"), null, Cancel);
        List<string> made = [];
        for (var i = 0; i < 3; i++)
        {
            var signIn = new PlatformSignIn(
                new PlatformAccount($"api-account-{i}", $"API Bakery {i}", null),
                new PlatformCredentials("api-client-secret", null, null, null));
            made.Add((await Node.Get<ClientAccounts>().AttachAsync(client.Value, MailchimpDefaults.Key, signIn, Cancel)).Value.ToString());
        }

        var key = await AKey();
        var first = await CallAsync(key, "GET", "/api/v1/connections?limit=2");
        Assert.Equal([made[2], made[1]], first.Ids);
        Assert.Equal(("mailchimp", "Account", "Working", "Client"), Described(first.Body!["items"]![0]!));
        Assert.Equal(made[0], (await CallAsync(key, "GET", $"/api/v1/connections?limit=1&cursor={first["next"]}")).Ids.Single());
        Assert.DoesNotContain("api-client-secret", (await CallAsync(key, "GET", "/api/v1/connections")).Text, StringComparison.Ordinal);
        Assert.Equal("400 QueryRefused", (await CallAsync(key, "GET", "/api/v1/connections?limit=0")).Short);
        var foreign = await AKey(await Node.UserAsync("owner@other.test", Cancel));
        Assert.Empty((await CallAsync(foreign, "GET", "/api/v1/connections")).Ids.Intersect(made));
        foreach (var id in made)
            await Node.Get<ConnectedAccounts>()
                .RevokeAsync(client.Value, ConnectionId.From(long.Parse(id, CultureInfo.InvariantCulture)), Cancel);

        static (string?, string?, string?, string?) Described(JsonNode item) =>
            ((string?)item["service"], (string?)item["kind"], (string?)item["status"], (string?)item["managedBy"]);
    }

    [Fact]
    public async Task Data_syncs_are_listed_read_and_run_where_the_key_may_and_sees_them()
    {
        var (request, _) = await Node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var (older, newer) = (await ASyncAsync(request, hasPlan: true), await ASyncAsync(request, hasPlan: false));
        var key = await AKey();

        Assert.Equal([newer, older], (await CallAsync(key, "GET", Syncs)).Ids.Intersect([older, newer]));
        var next = await CallAsync(key, "GET", $"{Syncs}?limit=1&cursor={newer}");
        Assert.Equal([older], next.Ids);
        var item = next.Body!["items"]![0]!;
        Assert.Equal(
            (request.ToString(), "mailchimp", "Newsletter", "New", "Manual"),
            ((string?)item["requestId"], (string?)item["service"], (string?)item["list"], (string?)item["status"], (string?)item["every"]));
        Assert.Equal(newer, (string?)(await CallAsync(key, "GET", $"{Syncs}/{newer}")).Body!["sync"]!["id"]);
        Assert.Equal("400 QueryRefused", (await CallAsync(key, "GET", $"{Syncs}?cursor=x")).Short);

        Assert.Equal("409 SyncNeedsPlan", (await CallAsync(key, "POST", $"{Syncs}/{newer}/run")).Short);
        var run = await CallAsync(key, "POST", $"{Syncs}/{older}/run");
        Assert.Equal(("202", older, $"{Syncs}/{older}"), (run.Short, run["id"], run.Headers.Location!.OriginalString));
        Assert.Equal("404 SyncNotFound", (await CallAsync(key, "POST", $"{Syncs}/nothing/run")).Short);

        var reads = await AKey(scopes: ApiScope.ReadSyncs);
        Assert.Equal("200", (await CallAsync(reads, "GET", Syncs)).Short);
        Assert.Equal("403 ApiScopeMissing", (await CallAsync(reads, "POST", $"{Syncs}/{older}/run")).Short);
        Assert.Equal("403 ApiScopeMissing", (await CallAsync(await AKey(scopes: ApiScope.RunSyncs), "GET", Syncs)).Short);
        var foreign = await AKey(await Node.UserAsync("owner@other.test", Cancel));
        Assert.Empty((await CallAsync(foreign, "GET", Syncs)).Ids.Intersect([older, newer]));
        Assert.Equal("404 SyncNotFound", (await CallAsync(foreign, "GET", $"{Syncs}/{newer}")).Short);
        Assert.Equal("404 SyncNotFound", (await CallAsync(foreign, "POST", $"{Syncs}/{older}/run")).Short);
        await using var db = Node.Get<PortalDbContextFactory>().Create(Owner.Agency);
        await db.AudienceSyncs.Where(s => s.RequestId == request).ExecuteDeleteAsync(Cancel);
    }

    [Fact]
    public void The_document_describes_the_API_and_nothing_else()
    {
        var paths = Program.Document["paths"]!.AsObject();
        Assert.All(paths, path => Assert.StartsWith("/api/v1/", path.Key, StringComparison.Ordinal));
        var operations = paths.SelectMany(path => path.Value!.AsObject().Select(o => (Name: $"{o.Key} {path.Key}", Operation: o.Value!)))
            .ToList();
        Assert.Equal(10, operations.Count);
        var walk = new OpenApiWalk(Program.Document);
        foreach (var (name, operation) in operations)
        {
            Assert.True(operation["security"]![0]!["apiKey"] is not null, name);
            Assert.All(
                ["summary", "description", "operationId"],
                word => Assert.False(string.IsNullOrWhiteSpace((string?)operation[word]), $"{name}: {word}"));
            Assert.All(["401", "403", "429"], status => Assert.NotNull(operation["responses"]![status]));
        }

        // Each example is one.
        foreach (var (name, schema) in Program.Document["components"]!["schemas"]!.AsObject())
        {
            foreach (var example in schema!["examples"]?.AsArray() ?? []) Assert.Empty(walk.Problems(example, schema, name));
            foreach (var (property, described) in schema["properties"]?.AsObject() ?? [])
                Assert.True(described!.ToJsonString().Contains("description", StringComparison.Ordinal), $"{name}.{property}");
        }

        Assert.Equal("bearer", (string?)Program.Document["components"]!["securitySchemes"]!["apiKey"]!["scheme"]);
    }

    /// <summary>A sync of a list that nobody reads, for its account does not exist.</summary>
    private async Task<string> ASyncAsync(RequestId request, bool hasPlan)
    {
        var id = AudienceSyncId.New(TimeProvider.System);
        var terms = new SyncTerms(
            ConnectionId.From(1), "list", "Newsletter", null, AssetId.From(1), null, "List", [new SyncColumn("email", "Email", MatchKey.Email)],
            null, "They agreed when they signed up.", true, SyncInterval.Manual);
        await using var db = Node.Get<PortalDbContextFactory>().Create(Owner.Agency);
        db.AudienceSyncs.Add(new AudienceSync(
            id, Owner, terms, new SyncPair(request, MailchimpDefaults.Key, request, "act_1"), "List", [1], TimeProvider.System.GetUtcNow()));
        await db.SaveChangesAsync(Cancel);
        await db.AudienceSyncs.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.HasPlan, hasPlan), Cancel);
        return id.ToString();
    }

    private async Task<IReadOnlyList<string>> AllAsync(string key, string address)
    {
        List<string> ids = [];
        for (string? next = ""; next is not null;)
        {
            var page = await CallAsync(key, "GET", next.Length == 0 ? address : $"{address}&cursor={next}");
            ids.AddRange(page.Ids);
            next = page["next"];
        }

        return ids;
    }
}
