using System.Buffers.Binary;
using System.Text;

namespace OnboardingPortal.Bench.Circuits;

internal enum RenderFrameKind
{
    Element = 1,
    Text = 2,
    Attribute = 3,
    Component = 4,
    Region = 5,
    ElementReference = 6,
    ComponentReference = 7,
    Markup = 8,
}

/// <param name="Name">Of an element or attribute, else null.</param>
/// <param name="Value">Of an attribute, a text or a piece of markup, else null.</param>
/// <param name="HandlerId">What an event must name to reach this attribute's handler; 0 when it has none.</param>
internal readonly record struct RenderFrame(RenderFrameKind Kind, string? Name, string? Value, ulong HandlerId);

/// <summary>
/// What the server sends for one render: here the new frames (text, attributes, handlers), not the edits that place them.
/// </summary>
/// <seealso href="https://github.com/dotnet/aspnetcore/blob/v10.0.0/src/Components/Server/src/Circuits/RenderBatchWriter.cs"/>
internal sealed class RenderBatch(byte[] data)
{
    private const int FrameLength = 20;
    private const int FramesPointer = 16;            // both counted from the end
    private const int StringsPointer = 4;

    public int Length => data.Length;

    /// <summary>Every new text and piece of markup in document order.</summary>
    public IEnumerable<string> Texts =>
        Frames.Where(frame => frame.Kind is RenderFrameKind.Text or RenderFrameKind.Markup).Select(frame => frame.Value ?? "");

    public IEnumerable<RenderFrame> Frames
    {
        get
        {
            var start = ReadInt32(data.Length - FramesPointer);
            var count = ReadInt32(start);
            for (var index = 0; index < count; index++)
            {
                yield return ReadFrame(start + sizeof(int) + (FrameLength * index));
            }
        }
    }

    /// <param name="attribute">Such as <c>onclick</c>.</param>
    /// <exception cref="InvalidOperationException">No such handler, or more than one, is new in this batch.</exception>
    public ulong SingleHandler(string attribute) =>
        Frames.Single(frame => frame.Name == attribute && frame.HandlerId != 0).HandlerId;

    private RenderFrame ReadFrame(int position)
    {
        var kind = (RenderFrameKind)ReadInt32(position);
        return kind switch
        {
            RenderFrameKind.Element => new(kind, ReadString(position + 8), null, 0),
            RenderFrameKind.Text or RenderFrameKind.Markup => new(kind, null, ReadString(position + 4), 0),
            RenderFrameKind.Attribute => new(kind, ReadString(position + 4), ReadString(position + 8), ReadUInt64(position + 12)),
            _ => new(kind, null, null, 0),
        };
    }

    private string? ReadString(int indexPosition)
    {
        var index = ReadInt32(indexPosition);
        if (index < 0)
        {
            return null;
        }

        var position = ReadInt32(ReadInt32(data.Length - StringsPointer) + (sizeof(int) * index));
        using var reader = new BinaryReader(new MemoryStream(data, position, data.Length - position, writable: false), Encoding.UTF8);
        return reader.ReadString();
    }

    private int ReadInt32(int position) => BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(position));

    private ulong ReadUInt64(int position) => BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(position));
}
