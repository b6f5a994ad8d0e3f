using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace OnboardingPortal.Bench.Circuits;

/// <summary>The SignalR connection under a circuit: a bare WebSocket that speaks <c>blazorpack</c>.</summary>
internal sealed class HubConnection : IAsyncDisposable
{
    private const string Handshake = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e";
    private const string HandshakeAccepted = "{}\u001e";
    private static readonly TimeSpan _pingInterval = TimeSpan.FromSeconds(15);     // the server gives up after 30
    private static readonly TimeSpan _answerLimit = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<object?>> _pending = new();
    private readonly Func<HubInvocation, Task> _received;
    private int _lastInvocation;
    private Task _loops = Task.CompletedTask;

    private HubConnection(Func<HubInvocation, Task> received) => _received = received;

    /// <summary>Bytes of all calls into the page so far, length prefixes included; neither pings nor the WebSocket's framing.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>Ends when the server closed the connection, or faults with what broke it.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <param name="page">The page whose circuit this is: it gives the origin.</param>
    /// <param name="cookies">Those that the page was fetched with.</param>
    /// <param name="received">Called in order; the next message is read when it is done.</param>
    public static async Task<HubConnection> OpenAsync(
        Uri page, CookieContainer cookies, Func<HubInvocation, Task> received, CancellationToken cancellationToken)
    {
        var connection = new HubConnection(received);
        connection._socket.Options.Cookies = cookies;
        connection._socket.Options.SetRequestHeader("Origin", page.GetLeftPart(UriPartial.Authority));
        var hub = new UriBuilder(page) { Scheme = page.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = "/_blazor", Query = "" };
        await connection._socket.ConnectAsync(hub.Uri, cancellationToken);
        await connection.ShakeHandsAsync(cancellationToken);
        connection.Ended = connection.ReadAsync();
        connection._loops = Task.WhenAll(connection.Ended, connection.PingAsync());
        return connection;
    }

    public Task SendAsync(string target, params object?[] arguments) => SendAsync(HubMessage.Invocation(null, target, arguments));

    /// <exception cref="InvalidOperationException">The hub refused the call.</exception>
    /// <exception cref="TimeoutException">It did not answer within a minute.</exception>
    public async Task<object?> InvokeAsync(string target, object?[] arguments, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastInvocation).ToString(CultureInfo.InvariantCulture);
        var completion = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = completion;
        await SendAsync(HubMessage.Invocation(id, target, arguments));
        return await completion.Task.WaitAsync(_answerLimit, cancellationToken);
    }

    public Task SendCloseAsync() => SendAsync(HubMessage.Close);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);     // a broken connection already showed in Ended
        _socket.Dispose();
        _sending.Dispose();
        _closing.Dispose();
    }

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        await _socket.SendAsync(Encoding.UTF8.GetBytes(Handshake), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        var buffer = new byte[256];
        var answer = await _socket.ReceiveAsync(buffer, cancellationToken);
        var text = Encoding.UTF8.GetString(buffer, 0, answer.Count);
        if (text != HandshakeAccepted)
        {
            throw new InvalidOperationException($"The hub refused the handshake: {text}");
        }
    }

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync(_closing.Token);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, _closing.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(_pingInterval);
        while (!Ended.IsCompleted && await timer.WaitForNextTickAsync(_closing.Token))
        {
            await SendAsync(HubMessage.Ping);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            await ReadMessagesAsync();
        }
        finally
        {
            foreach (var completion in _pending.Values)
            {
                completion.TrySetException(new IOException("The connection ended before the hub answered."));
            }
        }
    }

    private async Task ReadMessagesAsync()
    {
        var buffer = new byte[8 * 1024];
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var part = await _socket.ReceiveAsync(buffer.AsMemory(filled), _closing.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            filled += part.Count;
            var read = 0;
            while (TryRead(buffer.AsSpan(read, filled - read), out var message, out var length))
            {
                read += length;
                await HandleAsync(message, length);
            }

            buffer.AsSpan(read, filled - read).CopyTo(buffer);
            filled -= read;
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> received, out object?[] message, out int length)
    {
        var complete = HubMessage.TryReadFrame(received, out var body, out length);
        message = complete ? (object?[])new MessagePackReader(body).Read()! : [];
        return complete;
    }

    private Task HandleAsync(object?[] message, int length)
    {
        switch ((long)message[0]!)
        {
            case HubMessage.InvocationKind:
                ReceivedBytes += length;
                return _received(new((string)message[3]!, (object?[])message[4]!));
            case HubMessage.CompletionKind:
                Complete(message);
                return Task.CompletedTask;
            case HubMessage.CloseKind when message[1] is string error:
                throw new IOException($"The hub closed the connection: {error}");
            default:
                return Task.CompletedTask;
        }
    }

    /// <param name="message">Kind, headers, invocation id, then 1 and an error, 2 (no result), or 3 and the result.</param>
    private void Complete(object?[] message)
    {
        if (!_pending.TryRemove((string)message[2]!, out var completion))
        {
            return;
        }

        if ((long)message[3]! == 1)
        {
            completion.TrySetException(new InvalidOperationException((string)message[4]!));
            return;
        }

        completion.TrySetResult(message.Length > 4 ? message[4] : null);
    }
}
