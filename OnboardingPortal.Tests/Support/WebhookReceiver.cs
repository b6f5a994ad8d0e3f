using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OnboardingPortal.Tests.Support;

/// <summary>Somebody else's server on this machine, which webhooks call over real HTTP.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>What came, in the order in which it came.</summary>
    public ConcurrentQueue<WebhookCall> Calls { get; } = new();

    /// <summary>What it answers; at first 204.</summary>
    public Func<HttpContext, WebhookCall, Task> Answer { get; set; } = (http, _) => AnswerAsync(http, StatusCodes.Status204NoContent);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<WebhookReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    public static Task AnswerAsync(HttpContext http, int status, string text = "", string? retryAfter = null)
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        return text.Length == 0 ? Task.CompletedTask : http.Response.WriteAsync(text);
    }

    /// <summary>Answers nothing until whoever called gives up.</summary>
    public static Task StallAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        http.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var call = new WebhookCall(
            http.Request.Method, http.Request.Path,
            http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), body);
        Calls.Enqueue(call);
        await Answer(http, call);
    }
}

/// <summary>A call of a webhook, as its receiver sees it.</summary>
public sealed record WebhookCall(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>How many of the signatures are of this secret, computed as the specification says and not as the portal does.</summary>
    public int SignaturesOf(string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret.Split('_', 2)[1]));
        var signed = Encoding.UTF8.GetBytes(Id + "." + Headers["webhook-timestamp"] + "." + Body);
        var expected = "v1," + Convert.ToBase64String(hmac.ComputeHash(signed));
        return Headers["webhook-signature"].Split(' ').Count(s => s == expected);
    }
}
