using OnboardingPortal.Core.Platforms.Facebook.Audiences;

namespace OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

/// <summary>A test over HTTP against a sandbox of its class.</summary>
public abstract class AudienceTest(AudienceTest.Fixture fixture) : IClassFixture<AudienceTest.Fixture>, IAsyncLifetime
{
    /// <summary>An ad account on which nothing goes wrong.</summary>
    protected static string Works { get; } = AudienceHost.AdAccount("Works");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected AudienceHost Host => fixture.Host;

    internal FacebookAudiences Audiences => Host.Audiences;

    public ValueTask InitializeAsync()
    {
        Host.Rest();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static T Value<T>(Result<T> result)
    {
        Assert.True(result.Succeeded, $"Refused: {result.Error}");
        return result.Value;
    }

    internal static AudienceRefused Refused(PortalError? error) => Assert.IsType<AudienceRefused>(error);

    /// <summary>The sandbox of a class, with files of its own.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-test-audiences-");

        public AudienceHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await AudienceHost.StartAsync(_folder.FullName);

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
