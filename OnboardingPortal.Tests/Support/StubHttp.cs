using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace OnboardingPortal.Tests.Support;

/// <summary>A call as it left the portal.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Address">Scheme, host and path.</param>
/// <param name="Query">What stands behind the question mark.</param>
/// <param name="Form">The body, where it is a form.</param>
/// <param name="Token">The bearer token; null when there is none.</param>
/// <param name="Headers">The headers without those of the body.</param>
/// <param name="Body">The body as text.</param>
public sealed record StubCall(
    HttpMethod Method, string Address, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Form, string? Token,
    IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>An answer.</summary>
/// <param name="Body">JSON, unless the content type says otherwise.</param>
/// <param name="Status">Its status.</param>
/// <param name="ContentType">Its content type.</param>
public sealed record StubAnswer(string Body, HttpStatusCode Status = HttpStatusCode.OK, string ContentType = "application/json")
{
    /// <summary>Its headers without those of the body.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the connection breaks after the body, which is not whole.</summary>
    public bool BreaksOff { get; init; }
}

/// <summary>Stands in for the internet: answers what a test recorded and throws on every other call.</summary>
public sealed class StubHttp : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<(HttpMethod Method, string Address, Func<StubCall, Task<StubAnswer>> Answer)> _answers = [];
    private readonly List<StubCall> _calls = [];

    /// <summary>Every call so far, in its order.</summary>
    public IReadOnlyList<StubCall> Calls
    {
        get
        {
            lock (_lock) return [.. _calls];
        }
    }

    /// <summary>The calls of an address, without its query.</summary>
    public IReadOnlyList<StubCall> CallsOf(string address) => [.. Calls.Where(c => c.Address == address)];

    /// <summary>Who answers every call to Graph that nobody recorded an answer to; null = such a call throws.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? Graph { get; set; }

    /// <summary>Who answers every call to the sandbox that nobody recorded an answer to; null = such a call throws.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? Sandbox { get; set; }

    public void Forget()
    {
        lock (_lock) _calls.Clear();
    }

    public void On(HttpMethod method, string address, string body, HttpStatusCode status = HttpStatusCode.OK) =>
        On(method, address, _ => new StubAnswer(body, status));

    public void On(HttpMethod method, string address, Func<StubCall, StubAnswer> answer) =>
        On(method, address, call => Task.FromResult(answer(call)));

    /// <summary>Records an answer; a later record of the same address replaces an earlier one.</summary>
    public void On(HttpMethod method, string address, Func<StubCall, Task<StubAnswer>> answer)
    {
        lock (_lock) _answers.Insert(0, (method, address, answer));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = new StubCall(
            request.Method, request.RequestUri!.GetLeftPart(UriPartial.Path), Pairs(request.RequestUri.Query), Pairs(body),
            request.Headers.Authorization?.Parameter,
            request.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value)), body);
        Func<StubCall, Task<StubAnswer>>? recorded;
        lock (_lock)
        {
            _calls.Add(call);
            recorded = _answers.Find(a => a.Method == call.Method && a.Address == call.Address).Answer;
        }

        if (call.Address.StartsWith(GraphStub.Address, StringComparison.Ordinal) && GraphSpec.ProblemOf(call) is { } problem)
            throw new InvalidOperationException(problem);
        if (recorded is null && Graph is { } graph && call.Address.StartsWith(GraphStub.Address, StringComparison.Ordinal))
            return await graph(request, cancellationToken);
        if (recorded is null && Sandbox is { } sandbox && request.RequestUri.AbsolutePath.StartsWith("/sandbox/", StringComparison.Ordinal))
            return await sandbox(request, cancellationToken);
        if (recorded is null) throw new InvalidOperationException($"Nobody recorded an answer to {call.Method} {call.Address}.");
        var answer = await recorded(call);
        var response = new HttpResponseMessage(answer.Status)
        {
            RequestMessage = request,
            Content = answer.BreaksOff
                ? await BrokenOffAsync(answer.Body, cancellationToken)
                : new StringContent(answer.Body, Encoding.UTF8, answer.ContentType),
        };
        foreach (var (name, value) in answer.Headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static async Task<StreamContent> BrokenOffAsync(string body, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(body), cancellationToken);
        await pipe.Writer.CompleteAsync(new IOException("The connection broke."));
        return new StreamContent(pipe.Reader.AsStream());
    }

    /// <summary>The values of a form or a query.</summary>
    public static Dictionary<string, string> Pairs(string text) =>
        QueryHelpers.ParseQuery(text).ToDictionary(p => p.Key, p => p.Value.ToString());
}
