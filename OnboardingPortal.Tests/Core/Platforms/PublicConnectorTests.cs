using System.Net;
using System.Net.Sockets;
using OnboardingPortal.Core.Net;

namespace OnboardingPortal.Tests.Core.Platforms;

/// <summary>Real sockets: what matters is whether anything is connected to.</summary>
public sealed class PublicConnectorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.31.196.1")]
    [InlineData("192.52.193.1")]
    [InlineData("192.168.1.1")]
    [InlineData("192.175.48.6")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2620:4f:8000::6")]
    public async Task An_address_that_is_not_public_is_never_connected_to(string address)
    {
        Assert.False(PublicConnector.IsPublic(IPAddress.Parse(address)));
        Assert.Empty(await Resolving(address).ResolveAsync("trap.api-us1.com", Cancel));
    }

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c")]
    public async Task A_public_address_may_be(string address)
    {
        Assert.True(PublicConnector.IsPublic(IPAddress.Parse(address)));
        Assert.Equal([IPAddress.Parse(address)], await Resolving(address).ResolveAsync("bakery.api-us1.com", Cancel));
    }

    [Fact]
    public async Task A_name_with_one_public_and_one_private_address_is_refused_whole() =>
        Assert.Empty(await Resolving("93.184.215.14", "10.0.0.1").ResolveAsync("rebinding.api-us1.com", Cancel));

    [Fact]
    public async Task A_name_that_nobody_knows_leads_nowhere() =>
        Assert.Empty(
            await new PublicConnector((_, _) => throw new SocketException((int)SocketError.HostNotFound)).ResolveAsync(
                "nobody.api-us1.com", Cancel));

    [Fact]
    public async Task What_the_name_resolves_to_when_connecting_decides_not_what_it_did_before()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answers = new Queue<string>(["93.184.215.14", "127.0.0.1"]);
        var connector = new PublicConnector((_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Dequeue()) }));
        Assert.NotEmpty(await connector.ResolveAsync("rebinding.api-us1.com", Cancel));

        using var http = Client(connector, exempt: null);
        await Assert.ThrowsAsync<HttpRequestException>(
            () => http.GetAsync(new Uri($"http://rebinding.api-us1.com:{Port(listener)}/"), Cancel));

        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Only_the_portals_own_address_is_exempt_and_only_with_its_port()
    {
        using var own = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        own.Start();
        other.Start();
        using var http = Client(Resolving("127.0.0.1"), new Uri($"http://localhost:{Port(own)}/sandbox/"));

        var call = http.GetAsync(new Uri($"http://localhost:{Port(own)}/sandbox/"), Cancel);
        using (var accepted = await own.AcceptTcpClientAsync(Cancel)) await accepted.GetStream()
            .WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, (await call).StatusCode);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://localhost:{Port(other)}/"), Cancel));
        Assert.False(other.Pending());
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static PublicConnector Resolving(params string[] addresses) =>
        new((_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));

    private static HttpClient Client(PublicConnector connector, Uri? exempt) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = (context, token) => connector.ConnectAsync(context, exempt, token),
    });
}
