using System.Text.RegularExpressions;

namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>Finds the host that signs people in from whatever address of their Salesforce they copied out of the browser.</summary>
/// <seealso href="https://help.salesforce.com/s/articleView?id=sf.domain_name_url_formats.htm&amp;type=5" />
internal static partial class SalesforceHost
{
    /// <summary>Reads an address.</summary>
    /// <param name="typed">As typed; hostile text. What follows the host is left out.</param>
    /// <returns>The host; null for the one where everybody may sign in; or a <see cref="LoginHostRefused"/>.</returns>
    public static Result<string?> Read(string typed)
    {
        var refused = new LoginHostRefused(SalesforceDefaults.Key);
        var text = typed.Trim();
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        if (text.Any(char.IsControl) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || !IsPlainHttps(uri)) return refused;
        var host = uri.Host.TrimEnd('.').ToLowerInvariant();
        if (host.Length > 200) return refused;
        if (host == SalesforceDefaults.LoginAddress.Host) return default(string);
        if (host == SalesforceDefaults.SandboxHost || MyDomain().IsMatch(host)) return host;
        var machine = Instance().Match(host);
        if (machine.Success) return machine.Groups[1].Success ? SalesforceDefaults.SandboxHost : default(string);
        if (Shown().Match(host) is not { Success: true, Groups: var shown }) return refused;
        return $"{shown["name"].Value}{shown["part"].Value}.my.salesforce.com";
    }

    public static bool IsPlainHttps(Uri uri) => uri is { IsDefaultPort: true, UserInfo.Length: 0 } && uri.Scheme == Uri.UriSchemeHttps;

    [GeneratedRegex(SalesforceDefaults.MyDomainPattern, RegexOptions.CultureInvariant)]
    private static partial Regex MyDomain();

    [GeneratedRegex(SalesforceDefaults.ShownPattern, RegexOptions.CultureInvariant)]
    private static partial Regex Shown();

    [GeneratedRegex(SalesforceDefaults.InstancePattern, RegexOptions.CultureInvariant)]
    private static partial Regex Instance();
}
