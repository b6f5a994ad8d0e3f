using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace OnboardingPortal.Tests.Support;

/// <summary>bUnit was compiled against AngleSharp.Diffing 1.x; registries serve 0.17.0, which has what it calls.</summary>
internal static class AngleSharpDiffing
{
    private const string Name = "AngleSharp.Diffing";

    // CA2255: a module initializer is the only code that surely runs before bUnit asks for the assembly.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void LoadWhatIsThere() => AssemblyLoadContext.Default.Resolving += (context, wanted) =>
        wanted.Name == Name ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, Name + ".dll")) : null;
}
