using System.Net;
using System.Net.WebSockets;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Who opens a connection to the hub: a page of the portal, in the browser of somebody whom it knows.</summary>
[Collection(OfTheAgency)]
public sealed class CircuitGateTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData(null, HttpStatusCode.Forbidden)] // a program, or a page that hides where it is from
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.SwitchingProtocols)]
    public async Task A_web_socket_opens_only_from_a_page_of_the_portal_itself(string? origin, HttpStatusCode answer)
    {
        var page = await Fixture.OpenAsync();
        await new AgencyUser(page, new Words("en"), Fixture.Portal).SignInAsync();
        var cookies = await page.Context.CookiesAsync();
        var address = new UriBuilder(Fixture.Portal.Address) { Scheme = "ws", Path = "/_blazor" }.Uri;
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin == "own" ? Fixture.Portal.Address.GetLeftPart(UriPartial.Authority) : origin);

        var refused = await Record.ExceptionAsync(() => socket.ConnectAsync(address, Cancel));

        Assert.Equal(answer, socket.HttpStatusCode);
        Assert.Equal(answer == HttpStatusCode.SwitchingProtocols, refused is null);
    }
}
