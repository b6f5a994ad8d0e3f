using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>Whoever holds a link takes no room from others, and whoever held one that is gone takes none at all.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed partial class CircuitRoomTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_holder_of_a_link_takes_only_so_many_circuits_and_leaves_room_for_other_clients_and_for_users()
    {
        await using var portal = await PortalProcess.StartAsync(
            ("Circuits__MostPerParticipant", "2"), ("Circuits__MostPerRequest", "3"), ("Circuits__MostPerAddress", "6"));
        await using var node = new SecondNode(portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var (_, another) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var (holder, madeUp, third) = (await ComeInAsync(portal, link), await ComeInAsync(portal, link), await ComeInAsync(portal, link));
        var baker = await ComeInAsync(portal, another);
        var user = await SignInAsync(portal);
        using var sockets = new Sockets(portal);

        HttpStatusCode[] took =
        [
            await sockets.OpenAsync(holder), await sockets.OpenAsync(holder), await sockets.OpenAsync(holder), // two of one participant
            await sockets.OpenAsync(madeUp), await sockets.OpenAsync(third), // three of one request
            await sockets.OpenAsync(baker), await sockets.OpenAsync(baker),
            await sockets.OpenAsync(user), await sockets.OpenAsync(user),
        ];

        const HttpStatusCode opened = HttpStatusCode.SwitchingProtocols, full = HttpStatusCode.ServiceUnavailable;
        Assert.Equal([opened, opened, full, opened, full, opened, opened, opened, opened], took);
    }

    [Fact]
    public async Task The_cookie_of_a_deleted_request_opens_nothing()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var node = new SecondNode(portal);
        var (id, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var cookies = await ComeInAsync(portal, link);
        using var sockets = new Sockets(portal);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await sockets.OpenAsync(cookies));

        await node.Get<RequestService>().DeleteAsync(await node.UserAsync("owner@demo.test", Cancel), id, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, await sockets.OpenAsync(cookies));
        Assert.Equal(HttpStatusCode.Forbidden, await NegotiateAsync(portal, cookies));
    }

    [Fact]
    public async Task Whoever_begins_too_many_connections_a_minute_waits_and_nobody_else_does()
    {
        await using var portal = await PortalProcess.StartAsync(("Circuits__MostHandshakes", "5"));
        await using var node = new SecondNode(portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var (_, another) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var (holder, colleague, baker) = (await ComeInAsync(portal, link), await ComeInAsync(portal, link), await ComeInAsync(portal, another));
        var user = await SignInAsync(portal);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++) answers.Add(await NegotiateAsync(portal, holder));

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 5), HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.TooManyRequests, await NegotiateAsync(portal, colleague)); // who may be made up
        using var sockets = new Sockets(portal);
        Assert.Equal(HttpStatusCode.TooManyRequests, await sockets.OpenAsync(holder));
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(portal, baker));
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(portal, user));
    }

    private static Task<string> ComeInAsync(PortalProcess portal, string link) =>
        SubmitAsync(portal, link + "/identify", "identify", ("name", "The baker"), ("email", "client@bakery.example"));

    private static Task<string> SignInAsync(PortalProcess portal) =>
        SubmitAsync(portal, "/account/login", "login", ("Input.Email", "owner@demo.test"), ("Input.Password", "Demo-Owner-1!"));

    /// <summary>Sends a page's form as a browser does.</summary>
    /// <returns>The cookies that the browser has then.</returns>
    private static async Task<string> SubmitAsync(PortalProcess portal, string page, string form, params (string Name, string Value)[] fields)
    {
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        using var http = new HttpClient(handler) { BaseAddress = portal.Address };
        var html = (await http.GetStringAsync(page, Cancel)).Split("<form").First(f => f.Contains($"name=\"{fields[0].Name}\"", StringComparison.Ordinal));
        using var content = new FormUrlEncodedContent(
            HiddenField().Matches(html).Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))).Concat(fields).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await http.PostAsync(page, content, Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{form}: {answer.StatusCode}");
        return cookies.GetCookieHeader(portal.Address);
    }

    private static async Task<HttpStatusCode> NegotiateAsync(PortalProcess portal, string cookies)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Address, "/_blazor/negotiate?negotiateVersion=1"));
        request.Headers.Add("Cookie", cookies);
        request.Headers.Add("Origin", portal.Address.GetLeftPart(UriPartial.Authority));
        using var answer = await http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" ?/?>""")]
    private static partial Regex HiddenField();

    /// <summary>Connections to the hub that stay open until the test is over.</summary>
    private sealed class Sockets(PortalProcess portal) : IDisposable
    {
        private readonly List<ClientWebSocket> _open = [];

        public async Task<HttpStatusCode> OpenAsync(string cookies)
        {
            var socket = new ClientWebSocket();
            _open.Add(socket);
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.SetRequestHeader("Cookie", cookies);
            socket.Options.SetRequestHeader("Origin", portal.Address.GetLeftPart(UriPartial.Authority));
            await Record.ExceptionAsync(() => socket.ConnectAsync(new UriBuilder(portal.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Cancel)); // its status says it
            return socket.HttpStatusCode;
        }

        public void Dispose()
        {
            foreach (var socket in _open) socket.Dispose();
        }
    }
}
