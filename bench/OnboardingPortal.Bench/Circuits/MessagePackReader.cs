using System.Buffers.Binary;
using System.Text;

namespace OnboardingPortal.Bench.Circuits;

/// <summary>Reads the MessagePack values of a hub message: integers as <see cref="long"/>, arrays as arrays of objects.</summary>
/// <seealso href="https://github.com/msgpack/msgpack/blob/master/spec.md"/>
internal ref struct MessagePackReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;

    /// <exception cref="InvalidDataException">A type that Blazor's hub does not send.</exception>
    public object? Read()
    {
        var type = Take(1)[0];
        return type switch
        {
            <= 0x7f => (long)type,
            <= 0x8f => ReadMap(type & 0x0f),
            <= 0x9f => ReadArray(type & 0x0f),
            <= 0xbf => ReadString(type & 0x1f),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 => ReadBytes(Take(1)[0]),
            0xc5 => ReadBytes(ReadUInt16()),
            0xc6 => ReadBytes(ReadInt32()),
            0xcc => (long)Take(1)[0],
            0xcd => (long)ReadUInt16(),
            0xce => (long)BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint))),
            0xcf => checked((long)BinaryPrimitives.ReadUInt64BigEndian(Take(sizeof(ulong)))),
            0xd0 => (long)(sbyte)Take(1)[0],
            0xd1 => (long)BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short))),
            0xd2 => (long)ReadInt32(),
            0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long))),
            0xd9 => ReadString(Take(1)[0]),
            0xda => ReadString(ReadUInt16()),
            0xdb => ReadString(ReadInt32()),
            0xdc => ReadArray(ReadUInt16()),
            0xde => ReadMap(ReadUInt16()),
            >= 0xe0 => (long)(sbyte)type,
            _ => throw new InvalidDataException($"MessagePack type 0x{type:x2} is not one that the hub sends."),
        };
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _message.Slice(_position, count);
        _position += count;
        return taken;
    }

    private ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    private int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    private string ReadString(int length) => Encoding.UTF8.GetString(Take(length));

    private byte[] ReadBytes(int length) => Take(length).ToArray();

    private object?[] ReadArray(int length)
    {
        var values = new object?[length];
        for (var index = 0; index < length; index++)
        {
            values[index] = Read();
        }

        return values;
    }

    private Dictionary<object, object?> ReadMap(int length)
    {
        var values = new Dictionary<object, object?>(length);
        for (var index = 0; index < length; index++)
        {
            values[Read() ?? throw new InvalidDataException("A map's key is nil.")] = Read();
        }

        return values;
    }
}
