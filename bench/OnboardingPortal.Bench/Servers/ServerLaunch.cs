namespace OnboardingPortal.Bench.Servers;

/// <summary>How to start a server that is measured.</summary>
/// <param name="Assembly">Full path of the published assembly; its folder becomes the working directory.</param>
/// <param name="HeapHook">Full path of <c>HeapHook.dll</c>.</param>
/// <param name="LogFile">What the server writes goes there.</param>
/// <param name="ReadyPath">Answered with success as soon as the server is up.</param>
/// <param name="Environment">Added to, and stronger than, the variables that every measured server gets.</param>
internal sealed record ServerLaunch(
    string Assembly, string HeapHook, string LogFile, string ReadyPath, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Whether it stands for other people's machines: it has a smaller claim on the processor.</summary>
    public bool IsElsewhere { get; init; }
}
