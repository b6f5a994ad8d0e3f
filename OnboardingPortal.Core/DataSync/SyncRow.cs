using System.Buffers.Binary;
using System.Collections;
using System.Numerics;
using System.Security.Cryptography;

namespace OnboardingPortal.Core.DataSync;

/// <summary>A person on their way: what is sent of them, packed, and their place in the roster.</summary>
/// <param name="Person">Their keyed hash, which is also the <c>EXTERN_ID</c>.</param>
/// <param name="Sent">The keyed hash of what is sent of them.</param>
/// <param name="Cells">Which cells have a value (16 bits), then 32 bytes each; empty where only the person is sent.</param>
/// <param name="Place">Their place in the pass's roster.</param>
internal readonly record struct SyncRow(UInt128 Person, ulong Sent, byte[] Cells, int Place)
{
    /// <summary>The most bytes of a row in memory, about.</summary>
    public const int Memory = 80 + (SyncColumns.Max * HashLength);

    private const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>The id by which the person can be taken out without being known: 32 lower-case hex digits.</summary>
    public string ExternalId => Person.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Packs what the matcher made.</summary>
    public static byte[] Pack(IReadOnlyList<string> cells)
    {
        ushort has = 0;
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length > 0) has |= (ushort)(1 << i);
        }

        var packed = new byte[2 + (HashLength * BitOperations.PopCount(has))];
        BinaryPrimitives.WriteUInt16BigEndian(packed, has);
        var rest = packed.AsSpan(2);
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length == 0) continue;
            Convert.FromHexString(cells[i], rest[..HashLength], out _, out _);
            rest = rest[HashLength..];
        }

        return packed;
    }

    /// <summary>The bytes of one cell; empty where there is none.</summary>
    public static ReadOnlySpan<byte> CellOf(ReadOnlySpan<byte> packed, int cell)
    {
        var has = BinaryPrimitives.ReadUInt16BigEndian(packed);
        if ((has & (1 << cell)) == 0) return [];
        return packed.Slice(2 + (HashLength * BitOperations.PopCount((uint)(has & ((1 << cell) - 1)))), HashLength);
    }

    /// <summary>The row as it is sent: a value for each column, and last the id where it is sent, too.</summary>
    public string[] Unpack(int columns, bool withId)
    {
        var row = new string[withId ? columns + 1 : columns];
        for (var i = 0; i < columns; i++)
        {
            var cell = Cells.Length == 0 ? [] : CellOf(Cells, i);
            row[i] = cell.Length == 0 ? "" : Convert.ToHexStringLower(cell);
        }

        if (withId) row[columns] = ExternalId;
        return row;
    }

    /// <summary>Adds the row to a hash of what is sent.</summary>
    public void HashInto(IncrementalHash hash)
    {
        Span<byte> person = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(person, Person);
        hash.AppendData(person);
        hash.AppendData(Cells);
    }
}

/// <summary>Rows as they are sent, each made when it is written: those of a whole call would be ten megabytes of text.</summary>
internal sealed class SyncSentRows(IReadOnlyList<SyncRow> rows, int columns, bool withId) : IReadOnlyList<IReadOnlyList<string>>
{
    public int Count => rows.Count;

    public IReadOnlyList<string> this[int index] => rows[index].Unpack(columns, withId);

    public IEnumerator<IReadOnlyList<string>> GetEnumerator() => rows.Select(r => r.Unpack(columns, withId)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
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
