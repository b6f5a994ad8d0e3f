using System.Buffers.Binary;
using System.Numerics;

namespace OnboardingPortal.Core.DataSync;

/// <summary>
/// Whom an audience holds, in memory: 26 bytes a person, found by a table of their keyed hashes. A million people take 36 MB. Not for
/// several threads at once.
/// </summary>
internal sealed class Roster
{
    /// <summary>16 bytes of the person, 8 of what was sent of them, 2 of the day.</summary>
    public const int EntryLength = 26;

    /// <summary>What stands in the place of what was sent where the person opted out and was taken out everywhere.</summary>
    public const ulong OptedOut = 0;

    /// <summary>What stands there where nobody knows what Facebook has of them.</summary>
    public const ulong InDoubt = 1;

    private const int ChunkBits = 11; // some fifty kilobytes of entries: a short list takes little
    private const int ChunkSize = 1 << ChunkBits;
    private const int SlotBits = 13; // some thirty kilobytes of the table
    private const int SlotSize = 1 << SlotBits;
    private const long MostExpected = 2_000_000; // a list may claim to be longer than it is
    // Pinned, so that they are neither moved nor counted by the collector when it decides how much garbage it lets gather beside them; in
    // pieces, so that those of a roster before are used again.
    private readonly List<byte[]> _entries = [];
    private readonly List<RosterMarks[]> _marks = [];
    private int[][] _table = TableOf(SlotSize);

    /// <summary>How many entries there are, dropped ones too.</summary>
    public int Count { get; private set; }

    /// <summary>How many people are in the audience.</summary>
    public int People { get; private set; }

    /// <summary>How many bytes it takes.</summary>
    public long Memory => ((long)_entries.Count * ChunkSize * (EntryLength + sizeof(RosterMarks))) + ((long)Slots * sizeof(int));

    private int Slots => _table.Length << SlotBits;

    /// <summary>The place of a person; -1 when they are not known.</summary>
    public int Find(UInt128 person)
    {
        var mask = Slots - 1;
        for (var slot = (int)(uint)person & mask; SlotAt(slot) is var taken and not 0; slot = (slot + 1) & mask)
        {
            if (PersonAt(taken - 1) == person) return taken - 1;
        }

        return -1;
    }

    /// <summary>Puts a person in, or something else in the place of what is known of them.</summary>
    /// <returns>Their place.</returns>
    public int Put(UInt128 person, ulong sent, ushort day)
    {
        var place = Find(person);
        if (place < 0) place = Append(person);
        else if (IsIn(place)) People--;
        var entry = EntryAt(place);
        BinaryPrimitives.WriteUInt64BigEndian(entry[16..], sent);
        BinaryPrimitives.WriteUInt16BigEndian(entry[24..], day);
        MarkAt(place) &= ~RosterMarks.Dropped;
        if (IsIn(place)) People++;
        return place;
    }

    /// <summary>Takes a person out, if they are known.</summary>
    public void Drop(UInt128 person)
    {
        var place = Find(person);
        if (place < 0) return;
        if (IsIn(place)) People--;
        MarkAt(place) |= RosterMarks.Dropped;
    }

    /// <summary>Makes the table as large as so many people need, instead of doubling it on the way there.</summary>
    public void Expect(long people)
    {
        var length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(people, 0, MostExpected) * 2);
        if (length > Slots) Grow(length);
    }

    /// <summary>Forgets everybody and keeps the memory, for the next one to be loaded.</summary>
    public void Reset()
    {
        (Count, People) = (0, 0);
        foreach (var slots in _table) Array.Clear(slots);
    }

    /// <summary>Takes everybody out of the audience; who opted out stays known.</summary>
    public void DropAll()
    {
        for (var place = 0; place < Count; place++)
        {
            if (IsIn(place)) Drop(PersonAt(place));
        }
    }

    /// <summary>Lays over what a batch did.</summary>
    /// <param name="action">What it does.</param>
    /// <param name="state">What is known of it: whom one may have reached or not, is in doubt.</param>
    /// <param name="entries">Its people.</param>
    public void Lay(SyncAction action, SyncBatchState state, ReadOnlySpan<byte> entries)
    {
        var isKnown = state == SyncBatchState.Confirmed;
        if (state == SyncBatchState.Refused || (action == SyncAction.Everywhere && !isKnown)) return;
        if (action != SyncAction.Remove && isKnown)
        {
            Load(entries);
            return;
        }

        for (; entries.Length >= EntryLength; entries = entries[EntryLength..])
        {
            var person = BinaryPrimitives.ReadUInt128BigEndian(entries);
            if (isKnown) Drop(person);
            else Put(person, InDoubt, BinaryPrimitives.ReadUInt16BigEndian(entries[24..]));
        }
    }

    public UInt128 PersonAt(int place) => BinaryPrimitives.ReadUInt128BigEndian(EntryAt(place));

    public ulong SentAt(int place) => BinaryPrimitives.ReadUInt64BigEndian(EntryAt(place)[16..]);

    public ushort DayAt(int place) => BinaryPrimitives.ReadUInt16BigEndian(EntryAt(place)[24..]);

    /// <summary>What was noticed of a person while reading; kept in memory alone.</summary>
    public ref RosterMarks MarkAt(int place) => ref _marks[place >> ChunkBits][place & (ChunkSize - 1)];

    /// <summary>Whether a person is in the audience.</summary>
    public bool IsIn(int place) => SentAt(place) != OptedOut && !MarkAt(place).HasFlag(RosterMarks.Dropped);

    /// <summary>Takes over entries as they are stored.</summary>
    public void Load(ReadOnlySpan<byte> entries)
    {
        for (; entries.Length >= EntryLength; entries = entries[EntryLength..])
        {
            Put(
                BinaryPrimitives.ReadUInt128BigEndian(entries), BinaryPrimitives.ReadUInt64BigEndian(entries[16..]),
                BinaryPrimitives.ReadUInt16BigEndian(entries[24..]));
        }
    }

    /// <summary>Copies the entries that were not dropped from a place on.</summary>
    /// <param name="place">Where to begin; moves on.</param>
    /// <param name="most">The most entries.</param>
    public byte[] Store(ref int place, int most)
    {
        var bytes = new byte[most * EntryLength];
        var length = 0;
        for (; place < Count && length < bytes.Length; place++)
        {
            if (MarkAt(place).HasFlag(RosterMarks.Dropped)) continue;
            EntryAt(place).CopyTo(bytes.AsSpan(length));
            length += EntryLength;
        }

        return length == bytes.Length ? bytes : bytes[..length];
    }

    public static void Write(Span<byte> entry, UInt128 person, ulong sent, ushort day)
    {
        BinaryPrimitives.WriteUInt128BigEndian(entry, person);
        BinaryPrimitives.WriteUInt64BigEndian(entry[16..], sent);
        BinaryPrimitives.WriteUInt16BigEndian(entry[24..], day);
    }

    private Span<byte> EntryAt(int place) =>
        _entries[place >> ChunkBits].AsSpan((place & (ChunkSize - 1)) * EntryLength, EntryLength);

    private int Append(UInt128 person)
    {
        if (Count >> ChunkBits == _entries.Count)
        {
            _entries.Add(GC.AllocateArray<byte>(ChunkSize * EntryLength, pinned: true));
            _marks.Add(new RosterMarks[ChunkSize]);
        }

        if ((Count + 1) * 2 > Slots) Grow(Slots * 2);
        var place = Count++;
        MarkAt(place) = RosterMarks.None;
        BinaryPrimitives.WriteUInt128BigEndian(EntryAt(place), person);
        Enter(person, place);
        return place;
    }

    private void Grow(int length)
    {
        _table = TableOf(length);
        for (var place = 0; place < Count; place++) Enter(PersonAt(place), place);
    }

    private void Enter(UInt128 person, int place)
    {
        var mask = Slots - 1;
        var slot = (int)(uint)person & mask;
        while (SlotAt(slot) != 0) slot = (slot + 1) & mask;
        SlotAt(slot) = place + 1;
    }

    private ref int SlotAt(int slot) => ref _table[slot >> SlotBits][slot & (SlotSize - 1)];

    private static int[][] TableOf(int length) =>
        [.. Enumerable.Range(0, length >> SlotBits).Select(_ => GC.AllocateArray<int>(SlotSize, pinned: true))];
}

/// <summary>What was noticed of a person of a roster.</summary>
[Flags]
internal enum RosterMarks : byte
{
    None = 0,

    /// <summary>They are in the list.</summary>
    Seen = 1,

    /// <summary>They opted out.</summary>
    Out = 2,

    /// <summary>They are no longer in the audience.</summary>
    Dropped = 4,

    /// <summary>They were not known before this reading.</summary>
    New = 8,

    /// <summary>They count as new or changed.</summary>
    Changed = 16,
}
