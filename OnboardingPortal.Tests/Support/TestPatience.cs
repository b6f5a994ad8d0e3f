using System.Collections.Concurrent;
using System.Reflection;
using OnboardingPortal.Tests.Support;
using Xunit.v3;

[assembly: TestPatience]

namespace OnboardingPortal.Tests.Support;

/// <summary>
/// Ends a test that waits for what never comes: its token is cancelled long after the slowest test is over, so that it fails and is named.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestPatienceAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Timer> _running = [];

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var context = TestContext.Current;
        _running[test.UniqueID] = new Timer(_ => context.CancelCurrentTest(), null, Limit, Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out var timer)) timer.Dispose();
    }
}
