using System.Buffers.Binary;
using System.Collections;
using System.Security.Cryptography;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;

namespace OnboardingPortal.Core.DataSync;

/// <summary>A person on their way: what is sent of them, and their place in the roster.</summary>
/// <param name="Person">Their keyed hash, which is also the <c>EXTERN_ID</c>.</param>
/// <param name="Sent">The keyed hash of what is sent of them.</param>
/// <param name="Matched">The hashes that are sent; none where only the person is sent.</param>
/// <param name="Place">Their place in the pass's roster.</param>
internal readonly record struct SyncRow(UInt128 Person, ulong Sent, MatchedPerson Matched, int Place)
{
    /// <summary>The most bytes of a row in memory, about.</summary>
    public static readonly int Memory = 80 + (MatchKeys.All.Count * MatchedPerson.HashLength);

    /// <summary>Adds the row to a hash of what is sent.</summary>
    public void HashInto(IncrementalHash hash)
    {
        Span<byte> person = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(person, Person);
        hash.AppendData(person);
        hash.AppendData(Matched.Packed);
    }
}

/// <summary>Rows as they are sent.</summary>
internal sealed class SyncSentRows(IReadOnlyList<SyncRow> rows, bool withId) : IReadOnlyList<AudienceRow>
{
    public int Count => rows.Count;

    public AudienceRow this[int index] => Sent(rows[index]);

    public IEnumerator<AudienceRow> GetEnumerator() => rows.Select(Sent).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private AudienceRow Sent(SyncRow row) => new(row.Matched, withId ? row.Person : null);
}

/// <summary>One call's worth of people.</summary>
internal sealed class SyncParcel(SyncAction action, IReadOnlyList<SyncRow> rows, bool isLast, ushort day)
{
    public SyncAction Action => action;

    public IReadOnlyList<SyncRow> Rows => rows;

    public bool IsLast => isLast;

    /// <summary>Facebook's session; set when it is about to leave.</summary>
    public long Session { get; set; }

    public int Sequence { get; set; }

    /// <summary>Whether it is written down.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>How often it was tried in vain.</summary>
    public int Failures { get; set; }

    /// <summary>Whether it is not known if Facebook has it.</summary>
    public bool IsUncertain { get; set; }

    public byte[] Hash { get; } = HashOf(action, rows, isLast);

    /// <summary>The people as a roster keeps them once Facebook has the parcel.</summary>
    public byte[] Entries()
    {
        var entries = new byte[rows.Count * Roster.EntryLength];
        for (var i = 0; i < rows.Count; i++)
        {
            Roster.Write(
                entries.AsSpan(i * Roster.EntryLength, Roster.EntryLength), rows[i].Person,
                action == SyncAction.Everywhere ? Roster.OptedOut : rows[i].Sent, day);
        }

        return entries;
    }

    private static byte[] HashOf(SyncAction action, IReadOnlyList<SyncRow> rows, bool isLast)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([(byte)action, isLast ? (byte)1 : (byte)0]);
        foreach (var row in rows) row.HashInto(hash);
        return hash.GetHashAndReset();
    }
}
