using System.Net;
using System.Net.WebSockets;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>Whoever holds a link takes no room from others, and whoever held one that is gone takes none at all.</summary>
[Collection(Browser.BrowserTest.Platforms)]
public sealed class CircuitRoomTests
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
        var (holder, colleague, baker) = (await ComeInAsync(portal, link), await ComeInAsync(portal, link), await ComeInAsync(portal,
            another));
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
        SubmitAsync(portal, new Uri(link + "/identify"), ("name", "The baker"), ("email", "client@bakery.example"));

    private static Task<string> SignInAsync(PortalProcess portal) => SubmitAsync(
        portal, new Uri(portal.Address, "/account/login"), ("Input.Email", "owner@demo.test"), ("Input.Password", "Demo-Owner-1!"));

    /// <returns>The cookies that the browser has then.</returns>
    private static async Task<string> SubmitAsync(PortalProcess portal, Uri page, params (string Name, string Value)[] fields)
    {
        using var browser = new PlainBrowser(portal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(page, Cancel, fields)).Status);
        return string.Join("; ", browser.CookiesOf(portal.Address).Select(cookie => $"{cookie.Key}={cookie.Value}"));
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
            // its status says it
            await Record.ExceptionAsync(
                () => socket.ConnectAsync(new UriBuilder(portal.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Cancel));
            return socket.HttpStatusCode;
        }

        public void Dispose()
        {
            foreach (var socket in _open) socket.Dispose();
        }
    }
}
