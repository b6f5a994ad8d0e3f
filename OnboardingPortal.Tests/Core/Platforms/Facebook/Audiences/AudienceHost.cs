using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Facebook.Audiences;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

/// <summary>
/// The sandbox on a port of its own, and the portal's client that calls it over HTTP, on one clock. Every call is held to Facebook's
/// specification.
/// </summary>
public sealed class AudienceHost : IAsyncDisposable
{
    private const string Graph = "/sandbox/facebook/graph/v25.0/";
    private const int LongestNoted = 200_000;

    private readonly WebApplication _app;

    private AudienceHost(WebApplication app, FakeTime clock) => (_app, Clock) = (app, clock);

    public FakeTime Clock { get; }

    /// <summary>Every call that reached the sandbox.</summary>
    public ConcurrentQueue<StubCall> Calls { get; } = new();

    /// <summary>Where it listens.</summary>
    public Uri Address => Get<PortalAddress>().Listening;

    public AudienceMembers Members => Get<AudienceMembers>();

    internal FacebookAudiences Audiences => Get<FacebookAudiences>();

    /// <summary>Of the person whose ad accounts show troubles; good again after each call.</summary>
    internal AccessToken Token => new(Get<FacebookTokens>().IssueForDemo("data-sync-troubles"));

    /// <param name="folder">Where the sandbox keeps what outlives it.</param>
    /// <param name="clock">Of a host before this one; null = a new one.</param>
    /// <param name="settings">What it is configured with beyond the usual.</param>
    public static async Task<AudienceHost> StartAsync(string folder, FakeTime? clock = null, params (string Name, string Value)[] settings)
    {
        clock ??= new FakeTime();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder, EnvironmentName = "Test" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platforms:Facebook:Sandbox"] = "true",
            ["Platforms:RetryPause"] = "00:00:00",
            ["Portal:DataDirectory"] = folder,
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<PortalAddress>().AddPlatformCalls().AddFacebook();
        builder.Services.AddSandbox(builder.Configuration);
        var host = new AudienceHost(builder.Build(), clock);
        host._app.Use(host.NoteAsync);
        host._app.MapSandbox();
        await host._app.StartAsync();
        return host;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>The id of an ad account of the person with troubles.</summary>
    public static string AdAccount(string name) => AccountNamed(name).Id;

    public static FacebookAdAccount AccountNamed(string name) =>
        FacebookWorld.Assets.OfType<FacebookAdAccount>().Single(a => a.Name == name);

    /// <summary>A new audience on an ad account.</summary>
    internal async Task<string> AnAudienceAsync(string adAccount, string name = "Newsletter")
    {
        var made = await Audiences.CreateAsync(Token, adAccount, name, "sync 1", TestContext.Current.CancellationToken);
        Assert.True(made.Succeeded, $"Refused: {made.Error}");
        return made.Value;
    }

    internal async Task<Result<AudienceReceipt>> SendAsync(
        string adAccount, string audience, AudienceAction action, long session, int sequence, bool isLast, params int[] people) =>
        await Audiences.SendAsync(
            Token, adAccount, audience,
            new AudienceBatch(action, session, sequence, isLast, people.Length, Keys, [.. people.Select(People.Row)]),
            TestContext.Current.CancellationToken);

    /// <summary>What is known of <see cref="People"/>.</summary>
    internal static IReadOnlyList<MatchKey> Keys { get; } = [MatchKey.Email, MatchKey.FirstName];

    /// <summary>Goes on when nothing that was spent counts any more.</summary>
    public void Rest() => Clock.Advance(TimeSpan.FromMinutes(11));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Assert.All(Calls, c => Assert.Null(GraphSpec.ProblemOf(c)));
        Assert.All(Calls, c => Assert.Equal(64, c.Query["appsecret_proof"].Length));
        Assert.All(Calls, c => Assert.False(string.IsNullOrEmpty(c.Token)));
    }

    private async Task NoteAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (long.TryParse(request.Headers[SandboxGraph.TimeHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
        {
            var now = new DateTimeOffset(ticks, TimeSpan.Zero);
            lock (Clock)
            {
                if (now > Clock.Now) Clock.SetUtcNow(now); // several callers have clocks of their own: the latest counts
            }
        }

        if (request.Path.Value is { } path && path.StartsWith(Graph, StringComparison.Ordinal))
        {
            var body = "";
            if (request.ContentLength is > 0 and < LongestNoted)
            {
                request.EnableBuffering();
                using var reader = new StreamReader(request.Body, leaveOpen: true);
                body = await reader.ReadToEndAsync(http.RequestAborted);
                request.Body.Position = 0;
            }

            Calls.Enqueue(new StubCall(
                new HttpMethod(request.Method), GraphStub.Address + path[Graph.Length..],
                request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
                body.Length == 0 ? Payload(request) : QueryHelpers.ParseQuery(body).ToDictionary(p => p.Key, p => p.Value.ToString()),
                request.Headers.Authorization.ToString().Split(' ')[^1],
                request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), body));
        }

        await next(http);
    }

    /// <summary>What stands for a body too long to note.</summary>
    private static Dictionary<string, string> Payload(HttpRequest request) =>
        request.ContentLength > 0 ? new() { ["payload"] = "{}", ["session"] = "{}" } : [];
}
