using System.Buffers;
using System.Buffers.Binary;

namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>
/// The people of one audience. What comes is written to its file before it counts, so that a killed portal has lost nobody; a batch of
/// which only a part was written counts as not sent.
/// </summary>
internal sealed class AudiencePeople
{
    private const int HeadLength = 8;
    private const int PersonLength = 16;
    private const int ExternalLength = 8;

    private readonly string _file;
    private readonly SortedBuckets<UInt128> _people = new(p => (int)(p >> 116));
    private readonly SortedBuckets<AudienceExternal> _externals = new(e => (int)(e.Id >> 52));

    public AudiencePeople(string file)
    {
        _file = file;
        if (File.Exists(file))
            Load();
    }

    public int Count => _people.Count;

    /// <summary>How much room they take, in bytes.</summary>
    public long Room => (16L * _people.Room) + (18L * _externals.Room);

    public IEnumerable<UInt128> All => _people.All;

    public bool Contains(UInt128 person) => _people.Contains(person);

    public void Add(ReadOnlySpan<AudienceEntry> entries, DateTimeOffset now)
    {
        var day = AudienceExternal.DayOf(now);
        Write(isRemoval: false, day, entries);
        Apply(isRemoval: false, day, entries);
    }

    /// <summary>Takes out who is meant; an external id alone means somebody only while it is known.</summary>
    public void Remove(ReadOnlySpan<AudienceEntry> entries, DateTimeOffset now)
    {
        var day = AudienceExternal.DayOf(now);
        Write(isRemoval: true, day, entries);
        Apply(isRemoval: true, day, entries);
    }

    /// <summary>How many would be left without these.</summary>
    public int CountWithout(ReadOnlySpan<AudienceEntry> entries, DateTimeOffset now)
    {
        var found = new HashSet<UInt128>();
        foreach (var entry in entries)
        {
            if (PersonOf(entry, AudienceExternal.DayOf(now)) is { } person && _people.Contains(person))
                found.Add(person);
        }

        return Count - found.Count;
    }

    private void Apply(bool isRemoval, ushort day, ReadOnlySpan<AudienceEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (isRemoval)
            {
                if (PersonOf(entry, day) is { } person)
                    _people.Remove(person);
                continue;
            }

            if (entry.Person != 0)
                _people.Put(entry.Person);
            if (entry.Person != 0 && entry.External != 0)
                _externals.Put(new(entry.External, (ulong)(entry.Person >> 64), day));
            else if (entry.External != 0 && PersonOf(entry, day) is { } known)
                _people.Put(known);
        }
    }

    private UInt128? PersonOf(AudienceEntry entry, ushort day)
    {
        if (entry.Person != 0)
            return entry.Person;
        if (_externals.FirstFrom(new(entry.External, 0, 0)) is not { } known || known.Id != entry.External
            || day - known.Day > AudienceExternal.Life)
            return null;
        var first = _people.FirstFrom((UInt128)known.Person << 64);
        return (ulong?)(first >> 64) == known.Person ? first : null;
    }

    private void Write(bool isRemoval, ushort day, ReadOnlySpan<AudienceEntry> entries)
    {
        var rowLength = PersonLength + ExternalLength;
        var length = HeadLength + (entries.Length * rowLength);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        var rest = bytes.AsSpan(0, length);
        BinaryPrimitives.WriteUInt16LittleEndian(rest, isRemoval ? (ushort)1 : (ushort)0);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], day);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], entries.Length);
        rest = rest[HeadLength..];
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(rest, entry.Person);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[PersonLength..], entry.External);
            rest = rest[rowLength..];
        }

        using (var file = new FileStream(_file, PrivateFiles.New(FileMode.Append)))
            file.Write(bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Load()
    {
        using var file = new FileStream(_file, FileMode.Open, FileAccess.ReadWrite);
        var head = new byte[HeadLength];
        var whole = 0L;
        while (file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false) == HeadLength)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)) * (PersonLength + ExternalLength);
            var bytes = ArrayPool<byte>.Shared.Rent(length);
            if (file.ReadAtLeast(bytes.AsSpan(0, length), length, throwOnEndOfStream: false) < length)
                break;
            Apply(
                BinaryPrimitives.ReadUInt16LittleEndian(head) == 1, BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(2)),
                Entries(bytes.AsSpan(0, length)));
            ArrayPool<byte>.Shared.Return(bytes);
            whole = file.Position;
        }

        file.SetLength(whole);
    }

    private static AudienceEntry[] Entries(ReadOnlySpan<byte> bytes)
    {
        var entries = new AudienceEntry[bytes.Length / (PersonLength + ExternalLength)];
        foreach (ref var entry in entries.AsSpan())
        {
            entry = new(BinaryPrimitives.ReadUInt128LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[PersonLength..]));
            bytes = bytes[(PersonLength + ExternalLength)..];
        }

        return entries;
    }
}
