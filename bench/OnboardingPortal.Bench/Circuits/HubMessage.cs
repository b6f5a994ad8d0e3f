namespace OnboardingPortal.Bench.Circuits;

/// <summary>
/// A message of the hub protocol <c>blazorpack</c>: a length in base 128 (LEB128), then a MessagePack array that begins with the kind.
/// Blazor uses it for a circuit; no package speaks it outside the server.
/// </summary>
internal static class HubMessage
{
    public const int InvocationKind = 1;
    public const int CompletionKind = 3;
    public const int PingKind = 6;
    public const int CloseKind = 7;

    private const int SevenBits = 0x7f;

    public static byte[] Ping { get; } = Frame(new MessagePackWriter().WriteArrayHeader(1).WriteInteger(PingKind));

    public static byte[] Close { get; } = Frame(new MessagePackWriter().WriteArrayHeader(2).WriteInteger(CloseKind).WriteNil());

    /// <param name="invocationId">Null when no answer is wanted.</param>
    public static byte[] Invocation(string? invocationId, string target, ReadOnlySpan<object?> arguments)
    {
        var writer = new MessagePackWriter().WriteArrayHeader(6).WriteInteger(InvocationKind).WriteEmptyMap()
            .WriteValue(invocationId).WriteString(target).WriteArrayHeader(arguments.Length);
        foreach (var argument in arguments)
        {
            writer.WriteValue(argument);
        }

        return Frame(writer.WriteArrayHeader(0));
    }

    /// <summary>Finds the first message of <paramref name="received"/>.</summary>
    /// <returns>False when it has not wholly arrived.</returns>
    public static bool TryReadFrame(ReadOnlySpan<byte> received, out ReadOnlySpan<byte> message, out int frameLength)
    {
        message = default;
        frameLength = 0;
        var length = 0;
        for (var index = 0; index < received.Length; index++)
        {
            length |= (received[index] & SevenBits) << (7 * index);
            if (received[index] > SevenBits)
            {
                continue;
            }

            frameLength = index + 1 + length;
            if (frameLength > received.Length)
            {
                return false;
            }

            message = received[(index + 1)..frameLength];
            return true;
        }

        return false;
    }

    private static byte[] Frame(MessagePackWriter body)
    {
        var frame = new List<byte>(body.Written.Length + 5);
        var rest = body.Written.Length;
        while (rest > SevenBits)
        {
            frame.Add((byte)(rest & SevenBits | SevenBits + 1));
            rest >>= 7;
        }

        frame.Add((byte)rest);
        frame.AddRange(body.Written);
        return [.. frame];
    }
}
