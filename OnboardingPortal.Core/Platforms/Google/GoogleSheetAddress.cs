using System.Globalization;
using System.Text.RegularExpressions;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>A spreadsheet, and a sheet of it.</summary>
/// <param name="Spreadsheet">Google's id of the file.</param>
/// <param name="Sheet">Google's number of the sheet, which stays when it is renamed or moved; null = none in particular.</param>
internal sealed partial record GoogleSheetAddress(string Spreadsheet, long? Sheet)
{
    private const string Host = "docs.google.com";

    /// <summary>The key of the sheet as a list.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Spreadsheet}/{Sheet}");

    /// <summary>Reads a key of a list.</summary>
    /// <param name="key">Hostile text.</param>
    /// <returns>Null for text that is none.</returns>
    public static GoogleSheetAddress? Of(string key) =>
        ListKey().Match(key) is { Success: true } match ? new(match.Groups["id"].Value, Number(match.Groups["sheet"].Value)) : null;

    /// <summary>Reads the address of a spreadsheet as it stands in the browser, or its id alone.</summary>
    /// <param name="typed">Hostile text.</param>
    /// <returns>The spreadsheet and the sheet that was open; or a <see cref="PlatformAddressRefused"/>.</returns>
    /// <seealso href="https://developers.google.com/workspace/sheets/api/guides/concepts" />
    public static Result<GoogleSheetAddress> Read(string typed)
    {
        var text = typed.Trim();
        if (Id().IsMatch(text)) return new GoogleSheetAddress(text, null);
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        if (text.Any(char.IsControl) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0
            || !uri.IsDefaultPort) return Refused(AddressProblem.Malformed);
        if (uri.Scheme != Uri.UriSchemeHttps) return Refused(AddressProblem.NotHttps);
        if (!uri.Host.Equals(Host, StringComparison.OrdinalIgnoreCase)) return Refused(AddressProblem.Elsewhere);
        if (Path().Match(uri.AbsolutePath) is not { Success: true } match) return Refused(AddressProblem.Malformed);
        var open = OpenSheet().Match(uri.Query + uri.Fragment);
        return new GoogleSheetAddress(match.Groups["id"].Value, open.Success ? Number(open.Groups["sheet"].Value) : null);
    }

    private static PlatformAddressRefused Refused(AddressProblem problem) => new(GoogleDefaults.SheetsKey, problem);

    private static long Number(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{20,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^/(?:a/[^/]+/)?spreadsheets/(?:u/[0-9]+/)?d/(?<id>[A-Za-z0-9_-]{20,100})(?:/|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"[?&#]gid=(?<sheet>[0-9]{1,12})(?:[&#]|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex OpenSheet();

    [GeneratedRegex(@"^(?<id>[A-Za-z0-9_-]{20,100})/(?<sheet>[0-9]{1,12})\z", RegexOptions.CultureInvariant)]
    private static partial Regex ListKey();
}
