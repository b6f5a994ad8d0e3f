using OnboardingPortal.Tests.Browser;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(BrowserTestsFirst))]

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// Begins the long rows of tests in Chromium first: the many short tests fill the time beside them, and nothing long is left for the end.
/// </summary>
public sealed class BrowserTestsFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(c => c.TestCollectionDisplayName.StartsWith(BrowserTest.Collection, StringComparison.Ordinal))
            .ThenBy(c => c.UniqueID, StringComparer.Ordinal)];
}
