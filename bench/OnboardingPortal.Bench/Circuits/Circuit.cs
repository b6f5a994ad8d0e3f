using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Bench.Servers;

namespace OnboardingPortal.Bench.Circuits;

/// <summary>
/// One open page of a Blazor Server application without a browser. It acknowledges every render and answers every script call
/// with null, as an idle tab would; disposing it is closing the tab.
/// </summary>
internal sealed class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan _renderLimit = TimeSpan.FromSeconds(60);

    private readonly Visitor _visitor;
    private readonly Uri _page;
    private readonly Lock _rendering = new();
    private readonly List<(Func<RenderBatch, bool> Until, TaskCompletionSource<RenderBatch> Found)> _waiting = [];
    private HubConnection _hub = null!;
    private string _secret = "";
    private long _eventReceiver = 1;
    private long _lastCall;

    private Circuit(Visitor visitor, Uri page) => (_visitor, _page) = (visitor, page);

    /// <summary>Raised on the reading thread for each batch, after its acknowledgement.</summary>
    public event Action<RenderBatch>? Rendered;

    /// <inheritdoc cref="HubConnection.ReceivedBytes"/>
    public long ReceivedBytes => _hub.ReceivedBytes;

    /// <summary>Bytes of all render batches so far.</summary>
    public long ReceivedBatchBytes { get; private set; }

    /// <summary>Fetches the page and opens its circuit.</summary>
    /// <param name="until">The render to wait for; the first one when null.</param>
    public static async Task<Circuit> OpenAsync(
        Visitor visitor, Uri page, Func<RenderBatch, bool>? until, CancellationToken cancellationToken)
    {
        var circuit = new Circuit(visitor, page);
        var markers = PageMarkers.Parse(await visitor.GetPageAsync(page, cancellationToken));
        circuit._hub = await HubConnection.OpenAsync(page, visitor.Cookies, circuit.HandleAsync, cancellationToken);
        circuit._secret = (string?)await circuit._hub.InvokeAsync(
            "StartCircuit", [new Uri(page, "/").AbsoluteUri, page.AbsoluteUri, "[]", markers.ApplicationState], cancellationToken)
            ?? throw new InvalidOperationException("The server opened no circuit.");

        var rendered = circuit.NextRenderAsync(until ?? (_ => true), cancellationToken);
        await circuit._hub.SendAsync("UpdateRootComponents", markers.Operations, markers.ApplicationState);
        await rendered;
        return circuit;
    }

    /// <summary>The next render that <paramref name="until"/> accepts. Ask before causing it.</summary>
    /// <exception cref="IOException">The circuit ended first.</exception>
    /// <exception cref="TimeoutException">No such render came within a minute.</exception>
    public async Task<RenderBatch> NextRenderAsync(Func<RenderBatch, bool> until, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<RenderBatch>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_rendering)
        {
            _waiting.Add((until, found));
        }

        await Task.WhenAny(found.Task, _hub.Ended).WaitAsync(_renderLimit, cancellationToken);
        ThrowIfEnded();
        return await found.Task;
    }

    /// <param name="handler">From the newest batch that rendered the element: a render may replace it.</param>
    /// <param name="arguments">The event as JSON.</param>
    public Task DispatchAsync(ulong handler, string eventName, string arguments)
    {
        var call = (++_lastCall).ToString(CultureInfo.InvariantCulture);
        var descriptor = new JsonObject { ["eventHandlerId"] = handler, ["eventName"] = eventName, ["eventFieldInfo"] = null };
        return _hub.SendAsync(
            "BeginInvokeDotNetFromJS", call, null, "DispatchEventAsync", _eventReceiver, $"[{descriptor.ToJsonString()},{arguments}]");
    }

    /// <summary>A figure about open circuits is worth nothing when one of them has ended.</summary>
    /// <exception cref="IOException">The circuit ended.</exception>
    public void ThrowIfEnded()
    {
        if (_hub.Ended.IsCompleted)
        {
            throw new IOException("The circuit ended.", _hub.Ended.Exception);
        }
    }

    /// <summary>Closes as a tab does, unload beacon included: without it the server keeps the circuit for three minutes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_hub.Ended.IsCompleted)
        {
            await CloseAsync();
        }

        await _hub.DisposeAsync();
    }

    private async Task CloseAsync()
    {
        await _hub.SendCloseAsync();
        using var beacon = new HttpRequestMessage(HttpMethod.Post, new Uri(_page, "/_blazor/disconnect"))
        {
            Content = new MultipartFormDataContent { { new StringContent(_secret), "circuitId" } },
        };
        beacon.Headers.Add("Origin", _page.GetLeftPart(UriPartial.Authority));          // as a browser says where a beacon comes from
        using var answer = await _visitor.SendAsync(beacon, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
    }

    private Task HandleAsync(HubInvocation invocation) => invocation.Target switch
    {
        "JS.RenderBatch" => HandleRenderAsync(invocation.Argument<long>(0), new(invocation.Argument<byte[]>(1))),
        "JS.BeginInvokeJS" => AnswerScriptCallAsync(
            invocation.Argument<long>(0), invocation.Argument<string>(1), invocation.Argument<string>(2)),
        "JS.Error" => throw new IOException($"The circuit failed: {invocation.Arguments[0]}"),
        _ => Task.CompletedTask,
    };

    private async Task HandleRenderAsync(long batchId, RenderBatch batch)
    {
        ReceivedBatchBytes += batch.Length;
        await _hub.SendAsync("OnRenderCompleted", batchId, null);
        Rendered?.Invoke(batch);
        lock (_rendering)
        {
            foreach (var (_, found) in _waiting.Where(waiting => waiting.Until(batch)))
            {
                found.SetResult(batch);
            }

            _waiting.RemoveAll(waiting => waiting.Found.Task.IsCompleted);
        }
    }

    private async Task AnswerScriptCallAsync(long call, string function, string arguments)
    {
        if (function == "Blazor._internal.attachWebRendererInterop")
        {
            _eventReceiver = (long)JsonNode.Parse(arguments)![1]!["__dotNetObject"]!;
        }

        if (call != 0)
        {
            await _hub.SendAsync("EndInvokeJSFromDotNet", call, true, $"[{call},true,null]");
        }
    }
}
