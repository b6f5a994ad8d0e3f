using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.ActiveCampaign;

/// <summary>Reads the API URL that somebody typed. Only an account's own host at ActiveCampaign passes.</summary>
/// <seealso href="https://developers.activecampaign.com/reference/url" />
public sealed partial class ActiveCampaignAddress(IOptions<ActiveCampaignOptions> options, PortalAddress portal)
{
    private readonly ActiveCampaignOptions _options = options.Value;

    /// <summary>The stand-in's address within this very process; null unless it is on.</summary>
    internal Uri? Sandbox => _options.SandboxAddress is { } path ? new Uri(portal.Listening, path) : null;

    /// <summary>Reads an address.</summary>
    /// <param name="typed">As typed; hostile text. A missing <c>https://</c> is forgiven, and whatever follows the host is left out:
    /// people copy what their browser shows.</param>
    /// <returns>The account's address with a trailing slash, without <c>api/3</c>, or a <see cref="PlatformAddressRefused"/>.</returns>
    public Result<Uri> Read(string typed)
    {
        var text = typed.Trim();
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)) return Refused(AddressProblem.Malformed);
        if (Sandbox is not null) return ReadSandbox(uri);
        if (uri.Scheme != Uri.UriSchemeHttps)
            return Refused(uri.Scheme == Uri.UriSchemeHttp ? AddressProblem.NotHttps : AddressProblem.Malformed);
        if (uri.UserInfo.Length > 0 || !uri.IsDefaultPort) return Refused(AddressProblem.Malformed);
        var suffixes = _options.HostSuffixes.Count > 0 ? _options.HostSuffixes : ActiveCampaignDefaults.HostSuffixes;
        var isTheirs = uri.HostNameType == UriHostNameType.Dns
            && suffixes.Any(s => uri.IdnHost.EndsWith(s, StringComparison.OrdinalIgnoreCase) && uri.IdnHost.Length > s.Length);
        return isTheirs ? new Uri($"https://{uri.IdnHost}/") : Refused(AddressProblem.Elsewhere);
    }

    private Result<Uri> ReadSandbox(Uri uri)
    {
        // The browser knows the portal by its public address; this process calls itself where it listens.
        var under = new[] { portal.Public, portal.Listening }.Select(own => new Uri(own, _options.SandboxAddress!))
            .FirstOrDefault(own => own.IsBaseOf(uri));
        if (under is null || uri.UserInfo.Length > 0) return Refused(AddressProblem.Elsewhere);
        var account = Account().Match(under.MakeRelativeUri(uri).OriginalString);
        return account.Success ? new Uri(Sandbox!, $"{account.Groups[1].Value}/") : Refused(AddressProblem.Malformed);
    }

    private static PlatformAddressRefused Refused(AddressProblem reason) => new(ActiveCampaignDefaults.Key, reason);

    [GeneratedRegex("^([a-z0-9-]+)(?:[/?#].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Account();
}
