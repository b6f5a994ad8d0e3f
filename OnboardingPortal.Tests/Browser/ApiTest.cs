using OnboardingPortal.Core.Api;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// The API as a program meets it: over HTTP, at a portal in a process of its own. Each answer is held to the OpenAPI document.
/// </summary>
public abstract class ApiTest(BrowserFixture fixture) : BrowserTest(fixture), IAsyncLifetime
{
    protected const string Requests = "/api/v1/requests";

    private protected ApiProgram Program { get; private set; } = null!;

    protected SecondNode Node { get; } = new(fixture.Portal);

    protected AgencyCaller Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Program = await ApiProgram.StartAsync(Fixture.Portal.Address, Cancel);
        Owner = await Node.UserAsync("owner@demo.test", Cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Program.Dispose();
        await Node.DisposeAsync();
        await base.DisposeAsync();
    }

    private protected Task<ApiAnswer> CallAsync(
        string? key, string method, string address, string? body = null, params (string Name, string Value)[] headers) =>
        Program.CallAsync(key, method, address, body, Cancel, headers);

    protected async Task<string> AKey(AgencyCaller? user = null, params ApiScope[] scopes) => (await Node.Get<ApiKeys>().CreateAsync(
        user ?? Owner, new NewApiKey("Test", scopes.Length == 0 ? Enum.GetValues<ApiScope>() : scopes), Cancel)).Value.Secret;
}
