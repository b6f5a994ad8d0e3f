using System.Buffers;
using System.Text;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>
/// The parameters of a call that may carry thousands of rows: the <c>payload</c> stays bytes, in a buffer that is lent, so that a million
/// rows pass without strings of several megabytes.
/// </summary>
internal sealed class GraphForm : IDisposable
{
    private const string PayloadName = "payload";
    private const int FirstLength = 64 * 1024;

    /// <summary>For all threads together: the shared one keeps buffers for each.</summary>
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(64 * 1024 * 1024, maxArraysPerBucket: 1);

    private byte[] _buffer = [];

    private GraphForm(Dictionary<string, string> parameters) => Parameters = parameters;

    /// <summary>Query and form together, but for the payload, which stands here without its text.</summary>
    public Dictionary<string, string> Parameters { get; }

    /// <summary>Null when there is none.</summary>
    public ReadOnlyMemory<byte>? Payload { get; private set; }

    public static async Task<GraphForm> ReadAsync(HttpRequest request)
    {
        var form = new GraphForm(request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()));
        if (form.Parameters.TryGetValue(PayloadName, out var inQuery))
        {
            form.Payload = Encoding.UTF8.GetBytes(inQuery);
            form.Parameters[PayloadName] = "";
        }

        if (request.HasFormContentType)
            form.Split(await form.FillAsync(request));
        return form;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            Pool.Return(_buffer);
        _buffer = [];
    }

    private async Task<int> FillAsync(HttpRequest request)
    {
        _buffer = Pool.Rent((int)Math.Min(request.ContentLength + 1 ?? FirstLength, 64 * 1024 * 1024));
        var length = 0;
        while (await request.Body.ReadAsync(_buffer.AsMemory(length), request.HttpContext.RequestAborted) is > 0 and var read)
        {
            length += read;
            if (length < _buffer.Length)
                continue;
            var larger = Pool.Rent(_buffer.Length * 2);
            _buffer.CopyTo(larger, 0);
            Pool.Return(_buffer);
            _buffer = larger;
        }

        return length;
    }

    private void Split(int length)
    {
        var start = 0;
        while (start < length)
        {
            var end = _buffer.AsSpan(start, length - start).IndexOf((byte)'&');
            end = end < 0 ? length : start + end;
            var middle = _buffer.AsSpan(start, end - start).IndexOf((byte)'=');
            var name = Encoding.UTF8.GetString(Decode(start, middle < 0 ? end : start + middle).Span);
            var value = middle < 0 ? ReadOnlyMemory<byte>.Empty : Decode(start + middle + 1, end);
            if (name == PayloadName)
                Payload = value;
            Parameters[name] = name == PayloadName ? "" : Encoding.UTF8.GetString(value.Span);
            start = end + 1;
        }
    }

    /// <summary>Decodes in place: what is decoded is never longer.</summary>
    private ReadOnlyMemory<byte> Decode(int start, int end)
    {
        var (from, to) = (start, start);
        while (from < end)
        {
            var isEscape = _buffer[from] == '%' && from + 3 <= end
                && char.IsAsciiHexDigit((char)_buffer[from + 1]) && char.IsAsciiHexDigit((char)_buffer[from + 2]);
            _buffer[to++] = isEscape
                ? (byte)((Digit(_buffer[from + 1]) << 4) | Digit(_buffer[from + 2]))
                : _buffer[from] == '+' ? (byte)' ' : _buffer[from];
            from += isEscape ? 3 : 1;
        }

        return _buffer.AsMemory(start, to - start);

        static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
    }
}
