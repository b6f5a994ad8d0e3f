using System.Runtime.CompilerServices;
using OnboardingPortal.Tests.Core.DataSync.Kills;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace OnboardingPortal.Tests;

/// <summary>Runs the tests as xUnit's own entry point does, or what a test starts in order to kill it.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] args) => args is [KillableNodes.Command] ? KillableNodes.RunAsync() : TestAsync(args);

    /// <summary>Apart from the rest: only a run of tests loads a runner.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> TestAsync(string[] args) => args.Any(a => a is "--server" or "--internal-msbuild-node")
        ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
        : await ConsoleRunner.Run(args);
}
