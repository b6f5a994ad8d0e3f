using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OnboardingPortal.Tests.Support;

/// <summary>A name server that knows TXT records and answers over UDP, as RFC 1035 says.</summary>
public sealed class NameServer : IAsyncDisposable
{
    private const int HeaderLength = 12;
    private const ushort NoSuchName = 3;
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _answering;

    public NameServer() => _answering = AnswerAsync();

    public IPEndPoint Address => (IPEndPoint)_socket.Client.LocalEndPoint!;

    /// <summary>A name's records, each in pieces of at most 255 bytes.</summary>
    public Dictionary<string, string[][]> Texts { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _answering;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var asked = await _socket.ReceiveAsync(_stop.Token);
                await _socket.SendAsync(AnswerTo(asked.Buffer), asked.RemoteEndPoint, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                // the end of the test
            }
        }
    }

    private byte[] AnswerTo(byte[] asked)
    {
        var labels = new List<string>();
        var at = HeaderLength;
        for (; asked[at] > 0; at += asked[at] + 1) labels.Add(Encoding.ASCII.GetString(asked, at + 1, asked[at]));
        var question = asked[HeaderLength..(at + 5)]; // the name's end, type and class
        var records = Texts.GetValueOrDefault(string.Join('.', labels));
        byte[] data = [.. (records ?? []).SelectMany(RecordOf)];
        var header = new byte[HeaderLength];
        asked.AsSpan(0, 2).CopyTo(header); // the query's id
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(0x8180 | (records is null ? NoSuchName : 0)));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)(records?.Length ?? 0));
        return [.. header, .. question, .. data];
    }

    private static byte[] RecordOf(string[] pieces)
    {
        byte[] text = [.. pieces.SelectMany(piece => (byte[])[(byte)piece.Length, .. Encoding.ASCII.GetBytes(piece)])];
        byte[] start = [0xC0, HeaderLength, 0, 16, 0, 1, 0, 0, 0, 60, (byte)(text.Length >> 8), (byte)text.Length];
        return [.. start, .. text];
    }
}
