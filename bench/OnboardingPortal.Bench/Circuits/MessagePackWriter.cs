using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OnboardingPortal.Bench.Circuits;

/// <summary>Writes what a circuit's hub needs of MessagePack: nil, booleans, integers, strings and short arrays.</summary>
/// <seealso href="https://github.com/msgpack/msgpack/blob/master/spec.md"/>
internal sealed class MessagePackWriter
{
    private const byte Nil = 0xc0;
    private const byte False = 0xc2;
    private const byte True = 0xc3;
    private const byte FixedMap = 0x80;
    private const byte FixedArray = 0x90;
    private const byte Int64 = 0xd3;
    private const byte String32 = 0xdb;
    private const int FixedArrayLimit = 16;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public MessagePackWriter WriteNil() => WriteByte(Nil);

    public MessagePackWriter WriteBoolean(bool value) => WriteByte(value ? True : False);

    public MessagePackWriter WriteEmptyMap() => WriteByte(FixedMap);

    /// <param name="length">At most 15: the values written next are the elements.</param>
    public MessagePackWriter WriteArrayHeader(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(length, FixedArrayLimit);
        return WriteByte((byte)(FixedArray | length));
    }

    public MessagePackWriter WriteInteger(long value)
    {
        if (value is >= 0 and <= sbyte.MaxValue)
        {
            return WriteByte((byte)value);
        }

        WriteByte(Int64);
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
        return this;
    }

    public MessagePackWriter WriteString(string value)
    {
        WriteByte(String32);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(value));
        _buffer.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(value, _buffer);
        return this;
    }

    /// <param name="value">An argument of a hub method: null, boolean, 32 or 64 bit integer or string.</param>
    public MessagePackWriter WriteValue(object? value) => value switch
    {
        null => WriteNil(),
        bool boolean => WriteBoolean(boolean),
        int integer => WriteInteger(integer),
        long integer => WriteInteger(integer),
        string text => WriteString(text),
        _ => throw new ArgumentException($"A hub method takes no {value.GetType()}.", nameof(value)),
    };

    private MessagePackWriter WriteByte(byte value)
    {
        _buffer.Write([value]);
        return this;
    }
}
