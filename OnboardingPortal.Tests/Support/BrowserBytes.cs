using Microsoft.JSInterop;

namespace OnboardingPortal.Tests.Support;

/// <summary>What a browser says as bytes.</summary>
internal sealed class BrowserBytes(byte[] content) : IJSStreamReference
{
    public long Length => content.Length;

    public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<Stream>(new MemoryStream(content, writable: false));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
