using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace OnboardingPortal.App.Hosting;

/// <summary>
/// The live pages of this node. When the host stops it asks them to pause: each takes its state into the browser and goes on with the next
/// server, as if nothing had been.
/// </summary>
internal sealed class OpenPages(IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, IJSRuntime> _pages = new();
    private int _isRegistered;

    public void Add(string circuit, IJSRuntime page)
    {
        _pages[circuit] = page;
        // The last to register is called first: SignalR, which closes every connection, registers before its first page is there.
        if (Interlocked.Exchange(ref _isRegistered, 1) == 0) lifetime.ApplicationStopping.Register(PauseAll);
    }

    public void Remove(string circuit) => _pages.TryRemove(circuit, out _);

    private void PauseAll()
    {
        foreach (var (circuit, page) in _pages) _ = AskAsync(circuit, page);
        SpinWait.SpinUntil(() => _pages.IsEmpty, Patience);
    }

    private async Task AskAsync(string circuit, IJSRuntime page)
    {
        try
        {
            if (await page.InvokeAsync<bool>("portalRestarts")) return;
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException or InvalidOperationException)
        {
            // Gone already, or a page of another version.
        }

        Remove(circuit);
    }
}

/// <summary>Notes a live page while its browser is connected.</summary>
internal sealed class OpenPageHandler(OpenPages pages, IJSRuntime script) : CircuitHandler
{
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        pages.Add(circuit.Id, script);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        pages.Remove(circuit.Id);
        return Task.CompletedTask;
    }
}
