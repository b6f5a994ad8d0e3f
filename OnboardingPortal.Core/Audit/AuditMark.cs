using System.Globalization;

namespace OnboardingPortal.Core.Audit;

/// <summary>An entry's place in its agency's chain, and its seal.</summary>
internal readonly record struct AuditMark(AgencyId Agency, long Sequence, byte[] Seal)
{
    private const int SealDigits = 64; // HMAC-SHA256 in hex

    /// <summary>A line of the file; null for anything else.</summary>
    public static AuditMark? Parse(string line) =>
        line.Split(' ') is [_, var agency, var sequence, { Length: SealDigits } seal]
        && long.TryParse(agency, NumberStyles.None, CultureInfo.InvariantCulture, out var owner)
        && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && seal.All(char.IsAsciiHexDigit)
            ? new AuditMark(AgencyId.From(owner), place, Convert.FromHexString(seal))
            : null;

    public string ToLine(DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture,
        $"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {Agency.Value} {Sequence} {Convert.ToHexStringLower(Seal)}\n");
}
