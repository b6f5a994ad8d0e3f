using Microsoft.AspNetCore.TestHost;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Facebook.Campaigns;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// The sandbox's Facebook in the test's own process, behind <see cref="StubHttp"/>: so each call is held against Facebook's specification
/// as well. Answers can be lost on their way.
/// </summary>
public sealed class RehearsedGraph : IAsyncDisposable
{
    private readonly WebApplication _sandbox;
    private readonly HttpMessageInvoker _server;
    private readonly string _folder;

    private RehearsedGraph(WebApplication sandbox, string folder)
    {
        _sandbox = sandbox;
        _folder = folder;
        _server = new HttpMessageInvoker(sandbox.GetTestServer().CreateHandler());
    }

    /// <summary>What happens to a call beside being answered; null = nothing.</summary>
    public Func<HttpRequestMessage, GraphLoss>? Loses { get; set; }

    public FacebookCampaigns Campaigns => _sandbox.Services.GetRequiredService<FacebookCampaigns>();

    public FacebookSharing Sharing => _sandbox.Services.GetRequiredService<FacebookSharing>();

    public string TokenOf(string person) => _sandbox.Services.GetRequiredService<FacebookTokens>().IssueForDemo(person);

    public static async Task<RehearsedGraph> StartAsync(TestPortal portal, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(TestDatabase.Folder, $"{Guid.NewGuid():N}-sandbox");
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Platforms:Facebook:Sandbox"] = "true", ["Portal:DataDirectory"] = folder });
        builder.Services.AddSingleton<TimeProvider>(portal.Clock).AddSandbox(builder.Configuration);
        var sandbox = builder.Build();
        sandbox.MapSandbox();
        await sandbox.StartAsync(cancellationToken);
        var graph = new RehearsedGraph(sandbox, folder);
        (portal.Http.Graph, portal.Beside) = (graph.AnswerAsync, graph);
        return graph;
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _sandbox.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var loss = Loses?.Invoke(request) ?? GraphLoss.None;
        if (loss == GraphLoss.Before) throw new HttpRequestException("The call was lost on its way.");
        var path = request.RequestUri!.AbsoluteUri[GraphStub.Address.Length..];
        using var passed = new HttpRequestMessage(request.Method, new Uri($"http://localhost{FacebookApp.GraphPath}/v25.0/{path}"));
        passed.Headers.Authorization = request.Headers.Authorization;
        if (request.Content is { } content)
        {
            passed.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellationToken));
            passed.Content.Headers.ContentType = content.Headers.ContentType;
        }

        HttpResponseMessage answer;
        try
        {
            answer = await _server.SendAsync(passed, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("The connection was cut.", exception);
        }

        if (loss == GraphLoss.None) return answer;
        answer.Dispose();
        throw loss == GraphLoss.Killed
            ? new NodeKilledException()
            : new HttpRequestException("The answer was lost on its way.");
    }
}

/// <summary>What is lost of a call.</summary>
public enum GraphLoss
{
    None,

    /// <summary>The call: Facebook never hears of it.</summary>
    Before,

    /// <summary>The answer: Facebook has done what it was told.</summary>
    After,

    /// <summary>The node, after Facebook has done what it was told.</summary>
    Killed,
}

/// <summary>Stands for the end of a process: nothing catches it.</summary>
public sealed class NodeKilledException : Exception;
