using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Net;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Reads the address that somebody typed for an endpoint.</summary>
public sealed class WebhookAddress(PublicConnector connector, IOptions<PlatformsOptions> platforms)
{
    /// <summary>Reads an address as far as that is possible without asking a name server.</summary>
    /// <param name="typed">As typed; hostile text, surrounding blanks do not count.</param>
    /// <param name="address">The address, when nothing is wrong with it.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    internal WebhookAddressProblem? Read(string? typed, out Uri? address)
    {
        address = null;
        var text = typed?.Trim() ?? "";
        if (text.Length == 0) return WebhookAddressProblem.Missing;
        if (text.Length > WebhookEndpoint.UrlMaxLength) return WebhookAddressProblem.TooLong;
        if (text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Host.Length == 0) return WebhookAddressProblem.Malformed;
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && IsHere(uri)))
        {
            return uri.Scheme == Uri.UriSchemeHttp ? WebhookAddressProblem.NotHttps : WebhookAddressProblem.Malformed;
        }

        if (!IsUsualPort(uri) && !IsHere(uri)) return WebhookAddressProblem.Port;
        if (uri.UserInfo.Length > 0) return WebhookAddressProblem.UserInfo;
        if (uri.Fragment.Length > 0 || text.Contains('#', StringComparison.Ordinal)) return WebhookAddressProblem.Fragment;
        if (uri.AbsoluteUri.Length > WebhookEndpoint.UrlMaxLength) return WebhookAddressProblem.TooLong;
        address = uri;
        return null;
    }

    /// <summary>Whether an address leads to where the portal may call; asked again whenever it connects.</summary>
    internal async Task<bool> MayBeCalledAsync(Uri address, CancellationToken cancellationToken) =>
        IsHere(address) || (IsUsualPort(address) && (await connector.ResolveAsync(address.IdnHost, cancellationToken)).Count > 0);

    /// <summary>
    /// Web servers listen on these; behind others stands what nobody calls a webhook, such as a mail server or a database.
    /// </summary>
    private static bool IsUsualPort(Uri address) => address.Port is 443 or 8443;

    /// <summary>Whether the address is on this machine, and that may be called: only while platforms are rehearsed.</summary>
    private bool IsHere(Uri address) => platforms.Value.Sandbox && PublicConnector.LoopbackOf(address.IdnHost).Count > 0;
}

/// <summary>What can be wrong with the address of an endpoint.</summary>
internal enum WebhookAddressProblem
{
    /// <summary>None was typed.</summary>
    Missing,

    /// <summary>It is longer than <see cref="WebhookEndpoint.UrlMaxLength"/>.</summary>
    TooLong,

    /// <summary>It is no absolute web address.</summary>
    Malformed,

    /// <summary>It is not encrypted.</summary>
    NotHttps,

    /// <summary>It names a port other than 443 and 8443.</summary>
    Port,

    /// <summary>It holds a name or password.</summary>
    UserInfo,

    /// <summary>It ends with a fragment, which is never sent.</summary>
    Fragment,

    /// <summary>It leads to no public address.</summary>
    NotPublic,
}
