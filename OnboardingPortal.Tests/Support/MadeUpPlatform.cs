using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// A platform that exists nowhere else: adding one takes this class and its registration. Its refresh tokens work once, and whoever uses
/// one a second time loses everything, as careful servers do it.
/// </summary>
public sealed class MadeUpPlatform(TimeProvider clock) : ISignInPlatform
{
    public static readonly PlatformKey Key = new("madeup");

    private readonly Lock _lock = new();
    private int _generation = 1;

    public PlatformDescriptor Descriptor { get; } = new(Key, "Made-up CRM", PlatformGrants.Account);

    public bool IsConfigured => true;

    public PlatformSetup Setup =>
        new([PlatformSetting.Public("Platforms:MadeUp", "ClientId", "made-up")], ["contacts"], new Uri("https://madeup.example/apps"));

    /// <summary>How often a refresh was asked for.</summary>
    public int Refreshes { get; private set; }

    /// <summary>How often access was taken back.</summary>
    public int Revocations { get; private set; }

    /// <summary>Whose account every token opens.</summary>
    public string Account { get; set; } = "account-1";

    /// <summary>What every call fails with; null = it works.</summary>
    public PlatformFailureKind? Trouble { get; set; }

    /// <summary>What a refresh waits for before it answers.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Whether everything was revoked because a refresh token was used twice.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Credentials that the platform accepts at present.</summary>
    public PlatformCredentials Issue(TimeSpan life)
    {
        lock (_lock) return new PlatformCredentials($"access-{_generation}", $"refresh-{_generation}", clock.GetUtcNow() + life, null);
    }

    /// <summary>The platform forgets the access token, as after a change of a session policy.</summary>
    public void ForgetAccessToken() => _forgotten = $"access-{_generation}";

    private string? _forgotten;

    public Uri AuthorizeAddress(AuthorizeCall call) => new($"https://madeup.example/authorize?state={call.State}");

    public Task<Result<PlatformSignIn>> SignInAsync(string code, AuthorizeCall call, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PlatformSignIn>>(
            new PlatformSignIn(new PlatformAccount(Account, "Blue Bakery", null), Issue(TimeSpan.FromHours(1)), "contacts"));

    public Task<PlatformSetupVerdict> CheckSetupAsync(Uri redirectAddress, CancellationToken cancellationToken) =>
        Task.FromResult(PlatformSetupVerdict.Works);

    public Task<Result<PlatformAccount>> IdentifyAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        if (Trouble is { } trouble) return Task.FromResult<Result<PlatformAccount>>(new PlatformFailure(Key, trouble));
        var lives = !IsBroken && credentials.AccessToken == $"access-{_generation}" && credentials.AccessToken != _forgotten
            && credentials.ExpiresAt > clock.GetUtcNow();
        return Task.FromResult<Result<PlatformAccount>>(lives
            ? new PlatformAccount(Account, "Blue Bakery", null)
            : new PlatformFailure(Key, PlatformFailureKind.AuthExpired));
    }

    public async Task<Result<PlatformCredentials>> RefreshAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        lock (_lock) Refreshes++;
        await Gate;
        lock (_lock)
        {
            if (Trouble is { } trouble) return new PlatformFailure(Key, trouble);
            if (credentials.RefreshToken != $"refresh-{_generation}") IsBroken = true;
            if (IsBroken) return new PlatformFailure(Key, PlatformFailureKind.AuthExpired);
            _generation++;
        }

        return Issue(TimeSpan.FromHours(1));
    }

    public Task<Result<bool>> RevokeAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        Revocations++;
        return Task.FromResult<Result<bool>>(Trouble is { } trouble ? new PlatformFailure(Key, trouble) : true);
    }
}
