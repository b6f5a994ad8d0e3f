using System.Collections.Frozen;

namespace OnboardingPortal.Core.Matching.Cells;

/// <summary>
/// A state, province or region in small letters from a to z. Those of the United States and Canada are their two letters: their names are
/// known in every list, since they hardly mean another place.
/// </summary>
internal static class StateCell
{
    private const string Codes =
        """
        al alabama, ak alaska, az arizona, ar arkansas, ca california, co colorado, ct connecticut, de delaware, fl florida, ga georgia,
        hi hawaii, id idaho, il illinois, in indiana, ia iowa, ks kansas, ky kentucky, la louisiana, me maine, md maryland,
        ma massachusetts, mi michigan, mn minnesota, ms mississippi, mo missouri, mt montana, ne nebraska, nv nevada, nh newhampshire,
        nj newjersey, nm newmexico, ny newyork, nc northcarolina, nd northdakota, oh ohio, ok oklahoma, or oregon, pa pennsylvania,
        ri rhodeisland, sc southcarolina, sd southdakota, tn tennessee, tx texas, ut utah, vt vermont, va virginia, wa washington,
        wv westvirginia, wi wisconsin, wy wyoming, dc districtofcolumbia, dc washingtondc, pr puertorico, gu guam, vi usvirginislands,
        as americansamoa, mp northernmarianaislands, ab alberta, bc britishcolumbia, mb manitoba, nb newbrunswick,
        nl newfoundlandandlabrador, nl newfoundland, ns novascotia, nt northwestterritories, nu nunavut, on ontario,
        pe princeedwardisland, qc quebec, sk saskatchewan, yt yukon
        """;

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByName = Codes
        .Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenDictionary(line => line[3..], line => line[..2]).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <returns>How many characters were written; 0 when nothing is left.</returns>
    public static int Write(ReadOnlySpan<char> text, string? country, Span<char> into)
    {
        var length = CellText.WriteLatin(text, into);
        var name = into[..length];
        return !IsElsewhere(name, country) && ByName.TryGetValue(name, out var code) ? CellText.Put(code, into) : length;
    }

    private static bool IsElsewhere(ReadOnlySpan<char> name, string? country) => country switch
    {
        "BG" => name is "montana",
        "LR" => name is "maryland",
        "UY" => name is "florida",
        _ => false,
    };
}
