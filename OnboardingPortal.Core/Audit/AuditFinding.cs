using System.Globalization;

namespace OnboardingPortal.Core.Audit;

/// <summary>
/// What the portal found wrong before it went on with a chain: the detail of an entry of <see cref="AuditKind.ChainBroken"/>.
/// </summary>
/// <param name="Kind">How the chain breaks.</param>
/// <param name="Sequence">The entry concerned, see each <see cref="AuditBreakKind"/>.</param>
/// <param name="Unchained">How many entries had no seal at that time.</param>
public sealed record AuditFinding(AuditBreakKind Kind, long Sequence, long Unchained)
{
    /// <summary>
    /// Whether the chain got a new key because the one of before was lost: entries before this one cannot be checked any more.
    /// </summary>
    public bool IsKeyLost => Kind is AuditBreakKind.EndMissing or AuditBreakKind.KeyChanged;

    /// <summary>Reads an entry's detail; null for one that is none of this.</summary>
    public static AuditFinding? Read(string? detail) =>
        detail?.Split(' ') is [var kind, var sequence, var unchained]
        && Enum.TryParse<AuditBreakKind>(kind, out var how) && Enum.IsDefined(how)
        && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && long.TryParse(unchained, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new AuditFinding(how, place, count)
            : null;

    /// <summary>As the entry keeps it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Sequence} {Unchained}");
}
