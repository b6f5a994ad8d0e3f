using Microsoft.AspNetCore.TestHost;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Accounts;
using OnboardingPortal.Sandbox.ActiveCampaign;
using OnboardingPortal.Sandbox.OAuth;

namespace OnboardingPortal.Tests.Support;

/// <summary>All stand-in platforms in the test's own process, behind <see cref="StubHttp"/>, on the clock of the portal.</summary>
public sealed class RehearsedPlatforms : IAsyncDisposable
{
    private readonly WebApplication _sandbox;
    private readonly HttpMessageInvoker _server;
    private readonly string _folder;
    private readonly TestPortal _portal;

    private RehearsedPlatforms(TestPortal portal, WebApplication sandbox, string folder)
    {
        (_portal, _sandbox, _folder) = (portal, sandbox, folder);
        _server = new HttpMessageInvoker(sandbox.GetTestServer().CreateHandler());
    }

    /// <summary>What a portal is configured with that calls them.</summary>
    public static Dictionary<string, string?> Settings => new() { ["Platforms:Sandbox"] = "true" };

    public static async Task<RehearsedPlatforms> StartAsync(TestPortal portal, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(TestDatabase.Folder, $"{Guid.NewGuid():N}-sandbox");
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Settings).AddInMemoryCollection(
            new Dictionary<string, string?> { ["Portal:DataDirectory"] = folder });
        builder.Services.AddSingleton<TimeProvider>(portal.Clock).AddSandbox(builder.Configuration);
        var sandbox = builder.Build();
        sandbox.MapSandbox();
        await sandbox.StartAsync(cancellationToken);
        var platforms = new RehearsedPlatforms(portal, sandbox, folder);
        (portal.Http.Sandbox, portal.Beside) = (platforms.AnswerAsync, platforms);
        return platforms;
    }

    public T Get<T>()
        where T : notnull => _sandbox.Services.GetRequiredService<T>();

    public SandboxPerson Person(PlatformKey platform, string name) =>
        Get<StandIns>().Find(platform.Value)!.People.Single(p => p.Name == name);

    /// <summary>Connects a test person's account as the wizard does, without the pages in between.</summary>
    public async Task<ConnectionId> ConnectAsync(ClientCaller client, SandboxPerson person, CancellationToken cancellationToken)
    {
        var platform = new PlatformKey(person.Platform);
        var signIn = await SignInAsync(_portal.Get<PlatformClients>().Get(platform), person, cancellationToken);
        Assert.True(signIn.Succeeded, $"{person.Platform}: {signIn.Error}");
        var attached = await _portal.Get<ClientAccounts>().AttachAsync(client, platform, signIn.Value, cancellationToken);
        Assert.True(attached.Succeeded, $"{person.Platform}: {attached.Error}");
        return attached.Value;
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _sandbox.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private Task<Result<PlatformSignIn>> SignInAsync(IPlatformClient client, SandboxPerson person, CancellationToken cancellationToken)
    {
        var home = new Uri(StubServer.Address);
        if (client is IKeyPlatform keys)
        {
            return keys.ConnectAsync(
                new Uri(home, $"{ActiveCampaignApp.Path[1..]}/{person.Key}").AbsoluteUri,
                Get<ActiveCampaignKeys>().Of((AccountPerson)person), cancellationToken);
        }

        var call = new AuthorizeCall(ConnectPurpose.Client, "the-state", new Uri(home, "connect/callback"), CodeVerifier: "none");
        var scopes = ((OAuthStandIn)Get<StandIns>().Find(person.Platform)!).ScopeWords.Keys;
        var granted = new AuthorizeRequest(call.RedirectAddress.AbsoluteUri, call.State, [.. scopes]) { AsksForOffline = true };
        return ((ISignInPlatform)client).SignInAsync(
            Get<SandboxSignIns>().IssueCode(person.Platform, person.Key, granted), call, cancellationToken);
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var passed = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (name, values) in request.Headers) passed.Headers.TryAddWithoutValidation(name, values);
        if (request.Content is { } content)
        {
            passed.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellationToken));
            foreach (var (name, values) in content.Headers) passed.Content.Headers.TryAddWithoutValidation(name, values);
        }

        try
        {
            var answer = await _server.SendAsync(passed, cancellationToken);
            answer.RequestMessage = request;
            return answer;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("The connection was cut.", exception);
        }
    }
}
