using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NJsonSchema;
using OnboardingPortal.Tests.Architecture;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// SendGrid's Mail Send on this machine: holds every body against its own OpenAPI document and answers as it says, or as a test wants.
/// </summary>
public sealed class SendGridStub : IAsyncDisposable
{
    public const string Key = "SG.0123456789abcdef.key-of-these-tests";

    private static readonly Lazy<Task<JsonSchema>> Schema = new(ReadAsync);
    private readonly WebApplication _app;

    private SendGridStub(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>What came, in its order.</summary>
    public ConcurrentQueue<JsonObject> Bodies { get; } = new();

    /// <summary>Answers instead of the usual <c>202</c>.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public static async Task<SendGridStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new SendGridStub(builder.Build());
        stub._app.MapPost("/v3/mail/send", stub.TakeAsync);
        await stub._app.StartAsync();
        stub.Address = new Uri(stub._app.Urls.Single());
        return stub;
    }

    /// <summary>Answers with a status and an error body as SendGrid has it.</summary>
    public void Refuse(
        int status, string message, string? field = null, params (string Name, string Value)[] headers) => Answer = async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsJsonAsync(new { errors = new[] { new { message, field, help = (string?)null } } });
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        if ((await Schema.Value).Validate(body) is { Count: > 0 } problems)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError; // which no test takes for success
            await context.Response.WriteAsJsonAsync(
                new { errors = new[] { new { message = $"Not as specified: {string.Join(", ", problems)}" } } });
            return;
        }

        Bodies.Enqueue(JsonNode.Parse(body)!.AsObject());
        if (Answer is { } answer)
        {
            await answer(context);
        }
        else if (context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync("""{"errors":[{"message":"authorization required","field":"null","help":{}}]}""");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers["X-Message-Id"] = "14c5d75ce93.dfd.64b469";
        }
    }

    /// <summary>The document, in which an object has what it lists and nothing else, so that a misspelt name fails.</summary>
    private static Task<JsonSchema> ReadAsync()
    {
        var document = JsonNode.Parse(Repository.Specification("sendgrid-mail-v3.json")
            .Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal))!;
        Close(document);
        var schemas = document["components"]!["schemas"]!.AsObject();
        var mail = schemas["MailSend"]!.DeepClone().AsObject();
        mail["definitions"] = schemas.DeepClone();
        return JsonSchema.FromJsonAsync(mail.ToJsonString());
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) Close(item);
        }
        else if (node is JsonObject item)
        {
            foreach (var (_, value) in item.ToList()) Close(value);
            if (item["type"]?.ToString() == "object" && item.ContainsKey("properties")) item["additionalProperties"] = false;
        }
    }
}
