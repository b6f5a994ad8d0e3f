using System.Net;
using System.Text.RegularExpressions;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// Who gets what under every address the portal has. The addresses come from the portal, so that a new one without a row fails.
/// </summary>
[Collection(OfTheAgency)]
public sealed partial class RouteMatrixTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string SignIn = "302 /account/login, and back";
    private const string SignInAlone = "302 /account/login";
    private const string Denied = "302 /account/denied";

    /// <summary>
    /// What a GET answers to somebody unknown, a client of the request, a sub-user, a main user, and another agency's main user.
    /// </summary>
    private static readonly Dictionary<string, string[]> Rows = new()
    {
        // For agency users.
        ["/"] = [SignIn, SignIn, "200", "200", "200"],
        ["/collaboration"] = [SignIn, SignIn, "200", "200", "200"],
        ["/collaboration/requests"] = [SignIn, SignIn, "200", "200", "200"],
        ["/collaboration/requests/export"] = [SignIn, SignIn, "200", "200", "200"],
        ["/collaboration/requests/import"] = [SignIn, SignIn, "200", "200", "200"],
        ["/collaboration/requests/import/template"] = [SignIn, SignIn, "200", "200", "200"],
        ["/collaboration/requests/import/{Id:long}"] = [SignIn, SignIn, "404", "404", "404"], // a request's id names no import
        ["/collaboration/requests/import/{Id:long}/result"] = [SignIn, SignIn, "404", "404", "404"],
        ["/collaboration/requests/new"] = [SignIn, SignIn, "200", "200", "200"],
        ["/collaboration/requests/{Id:long}"] = [SignIn, SignIn, "200", "200", "404"],
        ["/collaboration/requests/{Id:long}/edit"] = [SignIn, SignIn, "200", "200", "404"],
        ["/data-sync"] = [SignIn, SignIn, "200", "200", "200"],
        ["/data-sync/new"] = [SignIn, SignIn, "200", "200", "200"],
        ["/data-sync/{Id:long}"] = [SignIn, SignIn, "404", "404", "404"], // a request's id names no sync
        ["/campaigns"] = [SignIn, SignIn, "200", "200", "200"],
        ["/campaigns/new"] = [SignIn, SignIn, "200", "200", "200"],
        ["/campaigns/{Id:long}"] = [SignIn, SignIn, "404", "404", "404"], // a request's id names no draft
        ["/settings"] = [SignIn, SignIn, "200", "200", "200"],
        ["/settings/data-sync-accounts"] = [SignIn, SignIn, "200", "200", "200"],
        ["/settings/facebook"] = [SignIn, SignIn, "200", "200", "200"],

        ["/account/profile"] = [SignIn, SignIn, "200", "200", "200"],
        ["/account/sessions"] = [SignIn, SignIn, "200", "200", "200"],
        ["/account/sessions/end-all"] = [SignInAlone, SignInAlone, "400", "400", "400"],
        ["/account/two-factor"] = [SignIn, SignIn, "200", "200", "200"],
        ["/account/passkeys/create"] = [SignInAlone, SignInAlone, "400", "400", "400"],
        ["/account/passkeys/add"] = [SignInAlone, SignInAlone, "400", "400", "400"],
        ["/account/profile/save"] = [SignInAlone, SignInAlone, "400", "400", "400"],
        ["/account/profile/password"] = [SignInAlone, SignInAlone, "400", "400", "400"],
        ["/account/two-factor/on"] = [SignInAlone, SignInAlone, "400", "400", "400"],
        ["/account/two-factor/off"] = [SignInAlone, SignInAlone, "400", "400", "400"],
        ["/account/two-factor/codes"] = [SignInAlone, SignInAlone, "400", "400", "400"],
        ["/account/proof"] = [SignInAlone, SignInAlone, "400", "400", "400"],

        // For main users.
        ["/collaboration/settings"] = [SignIn, SignIn, Denied, "200", "200"],
        ["/settings/api"] = [SignIn, SignIn, Denied, "200", "200"],
        ["/settings/api/reference/{documentName?}"] = [SignIn, SignIn, Denied, "200", "200"],
        ["/settings/audit"] = [SignIn, SignIn, Denied, "200", "200"],
        ["/settings/audit/export/{format:regex(^(csv|jsonl)$)}"] = [SignIn, SignIn, Denied, "200", "200"],
        ["/settings/email"] = [SignIn, SignIn, Denied, "200", "200"],
        ["/settings/platforms"] = [SignIn, SignIn, Denied, "200", "200"],
        ["/settings/templates"] = [SignIn, SignIn, Denied, "200", "200"],
        ["/settings/white-label"] = [SignIn, SignIn, Denied, "200", "200"],
        ["/settings/webhooks"] = [SignIn, SignIn, Denied, "200", "200"],
        ["/brand/draft/{id}"] = [SignIn, SignIn, Denied, "404", "404"], // nobody's draft
        ["/settings/users"] = [SignIn, SignIn, Denied, "200", "200"],

        // For who holds the link, and for participants of the request.
        ["/r/{Token}"] = ["200", "302 /onboarding", "200", "200", "200"],
        ["/r/{Token}/identify"] = ["200", "302 /onboarding", "200", "200", "200"],
        ["/r/stop/{Ticket}"] = Everybody("404"), // nobody's ticket
        ["/r/draft/{Token}"] = Everybody("404"), // a request's link shows no draft
        ["/onboarding/{Id:long}"] = ["403", "200", "403", "403", "403"],
        ["/onboarding/{Id:long}/done"] = ["403", "302 /onboarding", "403", "403", "403"],
        ["/connect/{platform}/start"] = Everybody("302 /connect/problem"), // no ticket
        ["/connect/{platform}/callback"] = Everybody("302 /connect/problem"), // no state
        ["/connect/{platform}/leave"] = Everybody("302 /connect/problem"), // no handle
        ["/connect/{platform}/return"] = Everybody("302 /connect/problem"), // no handle, and no agency's own host
        ["/connect/problem"] = Everybody("400"),

        // For programs with a key: no cookie of anybody is one.
        ["/api/v1/requests"] = Everybody("401"),
        ["/api/v1/requests/{id}"] = Everybody("401"),
        ["/api/v1/requests/{id}/resend"] = Everybody("401"),
        ["/api/v1/requests/{id}/link"] = Everybody("401"),
        ["/api/v1/connections"] = Everybody("401"),
        ["/api/v1/syncs"] = Everybody("401"),
        ["/api/v1/syncs/{id}"] = Everybody("401"),
        ["/api/v1/syncs/{id}/run"] = Everybody("401"),

        // For everybody.
        ["/openapi/v1.json"] = Everybody("200"),
        ["/health"] = Everybody("200"),
        ["/health/live"] = Everybody("200"),
        ["/health/ready"] = Everybody("200"),
        ["/metrics"] = Everybody("404"), // no key is configured
        ["/settings/api/reference/scalar.js"] = Everybody("200"),
        ["/settings/api/reference/scalar.aspnetcore.js"] = Everybody("200"),
        ["/settings/api/reference/favicon.svg"] = Everybody("200"),
        ["/brand/{agency:long}/{hash}"] = Everybody("404"), // no such logo
        ["/account/login"] = ["200", "200", "302 /", "302 /", "302 /"],
        ["/account/forgot"] = Everybody("200"),
        ["/account/reset/{User:long}/{Code}"] = Everybody("410"), // no link of ours
        ["/account/invitation/{Token}"] = Everybody("404"), // a request's link invites nobody
        ["/account/login/code"] = Everybody(SignIn), // nobody gave a password a moment ago
        ["/account/session"] = ["401", "401", "204", "204", "204"],
        ["/account/passkeys/request"] = Everybody("400"),
        ["/account/denied"] = Everybody("403"),
        ["/account/logout"] = Everybody("400"), // a form post without its token
        ["/setup"] = Everybody("404"), // the first user is there
        ["/webhooks/sendgrid"] = Everybody("404"), // no key is configured
        ["/language/{language}"] = Everybody("302 /"),
        ["/error"] = Everybody("500"),
        ["/not-found"] = Everybody("404"),
        ["/_framework/opaque-redirect"] = ["404", "404", "400", "400", "400"],
        ["/{**path:file}"] = Everybody("404"),

        // Circuits: only from a page of ours, for somebody known.
        ["/_blazor"] = ["403", "400", "400", "400", "400"],
        ["/_blazor/negotiate"] = ["403", "405", "405", "405", "405"],
        ["/_blazor/initializers/"] = ["403", "200", "200", "200", "200"],
        ["/_blazor/disconnect/"] = ["403", "405", "405", "405", "405"],

        // Development only.
        ["/dev/mailbox/"] = Everybody("200"),
        ["/dev/mailbox/{id}"] = Everybody("404"),
        ["/dev/mailbox/{id}/html"] = Everybody("404"),
        ["/sandbox/**"] = Everybody("404"),
    };

    [Fact]
    public void Every_route_has_a_row_and_every_row_a_route() =>
        Assert.Equal(
            PortalRoutes.All().Select(r => r.Split(' ')[^1]).Distinct().Order(StringComparer.Ordinal),
            Rows.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Each_route_answers_each_kind_of_person_as_its_row_says()
    {
        await using var node = new SecondNode(Fixture.Portal);
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        using var somebody = new Visitor(Fixture.Portal.Address);
        using var client = new Visitor(Fixture.Portal.Address);
        await client.SubmitAsync(link + "/identify", Cancel, ("name", "The baker"), ("email", "client@bakery.example"));
        using var subUser = await Visitor.SignInAsync(Fixture.Portal.Address, "member@demo.test", "Demo-Member-1!", Cancel);
        using var mainUser = await Visitor.SignInAsync(Fixture.Portal.Address, "owner@demo.test", "Demo-Owner-1!", Cancel);
        using var stranger = await Visitor.SignInAsync(Fixture.Portal.Address, "owner@other.test", "Demo-Owner-2!", Cancel);
        Visitor[] people = [somebody, client, subUser, mainUser, stranger];

        var examples = new Dictionary<string, string>
        {
            ["{Id:long}"] = id.ToString(),
            ["{Token}"] = new Uri(link).Segments[^1],
            ["{Ticket}"] = "forged",
            ["{platform}"] = "mailchimp",
            ["{language}"] = "de",
            ["{format:regex(^(csv|jsonl)$)}"] = "csv",
            ["{documentName?}"] = "",
            ["{**path:file}"] = "nothing.txt",
            ["{agency:long}"] = "1",
            ["{hash}"] = new('0', 64),
            ["{User:long}"] = "1",
            ["{Code}"] = "dead",
            ["{id}"] = "nothing",
            ["/**"] = "/nowhere",
        };
        var wrong = new List<string>();
        foreach (var route in PortalRoutes.All())
        {
            var (method, path) = route.Split(' ') is [var verb, var rest] && verb != "ANY" ? (verb, rest) : ("GET", route.Split(' ')[^1]);
            var address = examples.Aggregate(path, (made, example) => made.Replace(example.Key, example.Value, StringComparison.Ordinal));
            for (var i = 0; i < people.Length; i++)
            {
                var expected = Rows[path][i];
                // A page takes posts of its own forms alone: who may see it is refused without the form's token, who may not learns nothing
                // more.
                var takesForms = path is not ("/r/stop/{Ticket}" or "/webhooks/sendgrid" or "/language/{language}")
                    && !path.StartsWith("/api/", StringComparison.Ordinal);
                if (method == "POST" && takesForms && (expected is not (SignIn or SignInAlone or Denied) || path == "/account/login/code"))
                    expected = "400";
                var answer = await people[i].AskAsync(method, address, Cancel);
                if (answer != expected) wrong.Add($"{route} as {(Person)i}: {answer} instead of {expected}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static string[] Everybody(string answer) => [answer, answer, answer, answer, answer];

    private enum Person
    {
        Somebody,
        Client,
        SubUser,
        MainUser,
        OtherAgencysMainUser,
    }

    /// <summary>A browser without a screen: cookies, forms, no following of redirects.</summary>
    private sealed partial class Visitor : IDisposable
    {
        private readonly HttpClient _http;

        public Visitor(Uri portal) =>
            _http = new HttpClient(
                new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
            { BaseAddress = portal };

        public static async Task<Visitor> SignInAsync(Uri portal, string email, string password, CancellationToken cancellationToken)
        {
            var visitor = new Visitor(portal);
            await visitor.SubmitAsync("/account/login", cancellationToken, ("Input.Email", email), ("Input.Password", password));
            return visitor;
        }

        /// <summary>Fills in the page's form and sends it with all its hidden fields.</summary>
        public async Task SubmitAsync(string page, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
        {
            var html = await _http.GetStringAsync(page, cancellationToken);
            var own = html.Split("<form").First(form => form.Contains($"name=\"{fields[0].Name}\"", StringComparison.Ordinal));
            var form = HiddenField().Matches(own).Select(m => (Name: m.Groups[1].Value, Value: WebUtility.HtmlDecode(m.Groups[2].Value)))
                .Concat(fields)
                .Select(f => new KeyValuePair<string, string>(f.Name, f.Value));
            using var content = new FormUrlEncodedContent(form);
            using var answer = await _http.PostAsync(page, content, cancellationToken);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        /// <summary>The status, and for a redirect the path it leads to.</summary>
        public async Task<string> AskAsync(string method, string address, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var to = answer.Headers.Location is { } location ? " " + new Uri(_http.BaseAddress!, location).AbsolutePath : "";
            var back = answer.Headers.Location?.OriginalString.Contains("?returnUrl=", StringComparison.Ordinal) == true
                && to.EndsWith("/login", StringComparison.Ordinal) ? ", and back" : "";
            return (int)answer.StatusCode + OwnNumber().Replace(to, "") + back;
        }

        public void Dispose() => _http.Dispose();

        [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" ?/?>""")]
        private static partial Regex HiddenField();

        [GeneratedRegex(@"/\d+$")]
        private static partial Regex OwnNumber();
    }
}
