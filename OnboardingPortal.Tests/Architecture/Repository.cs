namespace OnboardingPortal.Tests.Architecture;

/// <summary>The source files of the checkout that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Projects =
        ["OnboardingPortal.Core", "OnboardingPortal.Mails", "OnboardingPortal.App", "OnboardingPortal.Sandbox"];

    public static string Root { get; } = FindRoot();

    /// <summary>Files of Core and App, without what was generated.</summary>
    public static IEnumerable<string> Files(string pattern) => Projects
        .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Root, project), pattern, SearchOption.AllDirectories))
        .Where(f => !Path.GetRelativePath(Root, f).Split(Path.DirectorySeparatorChar)
        .Any(part => part is "bin" or "obj" || part.Contains("Migrations", StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

    /// <summary>The text of an excerpt of a platform's specification, see Specs/README.md.</summary>
    public static string Specification(string file) => File.ReadAllText(Path.Combine(Root, "OnboardingPortal.Tests", "Specs", file));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "OnboardingPortal.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("Not built within the checkout.");
        return directory.FullName;
    }
}
