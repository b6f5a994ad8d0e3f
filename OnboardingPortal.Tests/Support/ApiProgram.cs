using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OnboardingPortal.Tests.Support;

/// <summary>A program that calls the API over HTTP and holds every answer to the OpenAPI document.</summary>
internal sealed class ApiProgram : IDisposable
{
    private readonly HttpClient _http;
    private readonly OpenApiWalk _document;

    private ApiProgram(HttpClient http, OpenApiWalk document) => (_http, _document) = (http, document);

    /// <summary>Reads the document as anybody can.</summary>
    public static async Task<ApiProgram> StartAsync(Uri portal, CancellationToken cancellationToken)
    {
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal };
        return new ApiProgram(http, new OpenApiWalk(JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json", cancellationToken))!));
    }

    public JsonNode Document => _document.Document;

    /// <summary>Calls; an answer that the document does not describe fails the test.</summary>
    /// <param name="key">The key; null = none.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="address">Path and query.</param>
    /// <param name="body">JSON; null = no body.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <param name="headers">Further headers.</param>
    public async Task<ApiAnswer> CallAsync(
        string? key, string method, string address, string? body, CancellationToken cancellationToken,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.Remove(name);
            if (name == "Content-Type") request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.ExpectContinue = body?.Length > 100_000; // one that is too long is refused before it is sent
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var answer = new ApiAnswer(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), text, response.Headers);
        _document.Check(method, address, (int)answer.Status, response.Content.Headers.ContentType?.MediaType, answer.Body);
        return answer;
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, JsonNode? Body, string Text, HttpResponseHeaders Headers)
{
    /// <summary>The status and, of a problem, its code.</summary>
    public string Short => (int)Status >= 400 ? $"{(int)Status} {Body!["code"]}" : $"{(int)Status}";

    /// <summary>A member of the body as text.</summary>
    public string? this[string name] => Body![name]?.ToString();

    /// <summary>The ids of a list's items.</summary>
    public IReadOnlyList<string> Ids => [.. Body!["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())];
}
