using System.Globalization;
using OnboardingPortal.Sandbox.Facebook;

namespace OnboardingPortal.Tests.Support;

/// <summary>Takes calls to Graph to a sandbox that listens somewhere, perhaps in another process, and tells it the caller's time.</summary>
internal sealed class SandboxGraph(Uri sandbox, TimeProvider clock) : HttpMessageHandler
{
    /// <summary>What the caller's clock says, as ticks of UTC.</summary>
    public const string TimeHeader = "X-Test-Time";

    private readonly HttpMessageInvoker _server = new(new SocketsHttpHandler());

    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsoluteUri[GraphStub.Address.Length..];
        using var passed = new HttpRequestMessage(request.Method, new Uri(sandbox, $"{FacebookApp.GraphPath}/v25.0/{path}"));
        passed.Headers.Authorization = request.Headers.Authorization;
        passed.Headers.Add(TimeHeader, clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture));
        if (request.Content is { } content)
        {
            passed.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellationToken));
            passed.Content.Headers.ContentType = content.Headers.ContentType;
        }

        return await _server.SendAsync(passed, cancellationToken);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        AnswerAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _server.Dispose();
        base.Dispose(disposing);
    }
}
