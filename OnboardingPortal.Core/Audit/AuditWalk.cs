namespace OnboardingPortal.Core.Audit;

/// <summary>Goes through the chain of one agency, entry by entry in their order, and collects where it breaks.</summary>
/// <param name="key">The chain's key; null when it is lost: then only the record outside the database says anything.</param>
/// <param name="keyFrom">The place in the chain from which on entries are sealed under this key.</param>
/// <param name="recorded">The seals that the record outside the database knows, by their place.</param>
internal sealed class AuditWalk(byte[]? key, long keyFrom, ILookup<long, byte[]> recorded)
{
    private readonly List<AuditBreak> _breaks = [];

    /// <summary>Where the walk is: the place and seal of the entry last taken, as the database has them.</summary>
    public long Sequence { get; private set; }

    /// <inheritdoc cref="Sequence"/>
    public byte[] Seal { get; private set; } = [];

    /// <summary>How many entries are as they were written.</summary>
    public long Checked { get; private set; }

    /// <summary>How many entries are the same in the record outside the database.</summary>
    public long Recorded { get; private set; }

    /// <summary>How many entries without a seal there were when that was last sealed.</summary>
    public long Older { get; private set; }

    /// <summary>What was found.</summary>
    public IReadOnlyList<AuditBreak> Breaks => _breaks;

    /// <summary>Looks at the next entry.</summary>
    public void Take(AuditEvent item)
    {
        var sequence = item.Sequence!.Value;
        var isBehindGap = sequence > Sequence + 1;
        if (isBehindGap) Add(AuditBreakKind.Missing, Sequence + 1);
        if (key is not null && sequence >= keyFrom) Check(key, item, isBehindGap);
        if (recorded[sequence].Any(seal => !seal.AsSpan().SequenceEqual(item.Seal))) Add(AuditBreakKind.Differs, sequence, item.At);
        else if (recorded.Contains(sequence)) Recorded++;
        Sequence = sequence;
        Seal = item.Seal ?? [];
    }

    /// <summary>Adds what is wrong with the chain as a whole.</summary>
    public void Add(AuditBreakKind kind, long sequence, DateTimeOffset? at = null, AuditEvent? note = null)
    {
        if (_breaks.Count < AuditVerdict.MaxBreaks) _breaks.Add(new AuditBreak(kind, sequence, at, note));
    }

    private void Check(byte[] chainKey, AuditEvent item, bool isBehindGap)
    {
        if (item.Kind == AuditKind.ChainBroken && AuditFinding.Read(item.Detail) is { } finding && AuditChain.IsSealed(chainKey, [], item))
        {
            Checked++;
            Older = finding.Unchained;
            Add(finding.Kind, finding.Sequence, item.At, item);
        }
        else if (isBehindGap)
        {
            return; // it is bound to an entry that is gone; the one after it shows whether its seal is still the one it had
        }
        else if (AuditChain.IsSealed(chainKey, Seal, item))
        {
            Checked++;
            if (item.Kind == AuditKind.OlderEntriesCounted)
                Older = long.Parse(item.Detail!, System.Globalization.CultureInfo.InvariantCulture);
        }
        else
        {
            Add(AuditBreakKind.Changed, item.Sequence!.Value, item.At);
        }
    }
}
