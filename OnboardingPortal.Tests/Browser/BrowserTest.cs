using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>A test in Chromium against a portal in a process of its own.</summary>
[Collection(Collection)]
public abstract class BrowserTest(BrowserFixture fixture) : IAsyncDisposable
{
    public const string Collection = "Browser";

    /// <summary>For the tests of the platforms, which run beside the others: the machine has more than one core.</summary>
    public const string Platforms = "Browser at the platforms";

    /// <summary>For the tests of users, settings and looks, which change what the demo agency is.</summary>
    public const string OfTheAgency = "Browser of the agency";

    protected BrowserFixture Fixture { get; } = fixture;

    /// <summary>
    /// Closes all that the test opened, and fails it if a page broke the content security policy. By its contexts: Chromium forgets to
    /// close a page that is on its way to another one, and nobody would end that wait.
    /// </summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var context in Fixture.Chromium.Contexts.ToList()) await context.CloseAsync();
        var breaches = Fixture.TakeBreaches();
        Assert.True(breaches.Count == 0, string.Join('\n', breaches));
    }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    protected static IPageAssertions Expect(IPage page) => Assertions.Expect(page);
}

[CollectionDefinition(BrowserTest.Collection)]
public sealed class SharedBrowser : ICollectionFixture<BrowserFixture>;

[CollectionDefinition(BrowserTest.OfTheAgency)]
public sealed class SharedBrowserOfTheAgency : ICollectionFixture<BrowserFixture>;

[CollectionDefinition(BrowserTest.Platforms)]
public sealed class SharedBrowserAtThePlatforms : ICollectionFixture<BrowserFixture>;
