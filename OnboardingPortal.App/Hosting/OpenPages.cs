using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.JSInterop;

namespace OnboardingPortal.App.Hosting;

/// <summary>
/// The live pages of this node, by their connections. When the host stops it asks them to pause: each takes its state into the browser,
/// hangs up and goes on with the next server, as if nothing had been.
/// </summary>
internal sealed class OpenPages(IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, IJSRuntime> _pages = new();
    private int _isRegistered;

    public void Add(string connection, IJSRuntime page)
    {
        _pages[connection] = page;
        // The last to register is called first: SignalR, which closes every connection, registers before its first page is there.
        if (Interlocked.Exchange(ref _isRegistered, 1) == 0) lifetime.ApplicationStopping.Register(PauseAll);
    }

    public void Remove(string connection) => _pages.TryRemove(connection, out _);

    private void PauseAll()
    {
        foreach (var (connection, page) in _pages) _ = AskAsync(connection, page);
        SpinWait.SpinUntil(() => _pages.IsEmpty, Patience);
    }

    private async Task AskAsync(string connection, IJSRuntime page)
    {
        try
        {
            if (await page.InvokeAsync<bool>("portalRestarts")) return;
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException
            or InvalidOperationException)
        {
            // Gone already, or a page of another version.
        }

        Remove(connection);
    }
}

/// <summary>
/// Tells <see cref="OpenPages"/> which connection a circuit has, and lets a browser that pauses its page wait until it has the page's
/// state: Blazor answers while the state is still being written, the browser hangs up on that answer, and the state stays with a server
/// that may be stopping.
/// </summary>
internal sealed class PageConnections(OpenPages pages) : IHubFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly AsyncLocal<string?> Connection = new();           // through which what is being done was asked for
    private static readonly AsyncLocal<TaskCompletionSource?> Pausing = new(); // ends with the circuit that is being paused

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        Connection.Value = invocationContext.Context.ConnectionId;
        if (invocationContext.HubMethodName != "PauseCircuit") return await next(invocationContext);
        var closed = Pausing.Value = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = await next(invocationContext);
        // Where the browser has said something else meanwhile, its word that it has the state is not heard before the answer.
        await closed.Task.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return answer;
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        pages.Remove(context.Context.ConnectionId);
        return next(context, exception);
    }

    /// <summary>One page's circuit.</summary>
    internal sealed class Handler(OpenPages pages, IJSRuntime script) : CircuitHandler
    {
        public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            if (Connection.Value is { } connection) pages.Add(connection, script);
            return Task.CompletedTask;
        }

        public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            Pausing.Value?.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
