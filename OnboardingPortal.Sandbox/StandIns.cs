namespace OnboardingPortal.Sandbox;

/// <summary>The stand-ins that are switched on, in the order of their registration.</summary>
public sealed class StandIns(IEnumerable<IStandIn> all, IConfiguration configuration)
{
    public IReadOnlyList<IStandIn> On { get; } = [.. all.Where(s => SandboxSwitch.IsOn(configuration, s.Section))];

    public IStandIn? Find(string? key) => On.FirstOrDefault(s => s.Key == key);

    /// <summary>The person behind a connected account; null for one that an older release had.</summary>
    public SandboxPerson? FindPerson(string platform, string key) => Find(platform)?.People.FirstOrDefault(p => p.Key == key);
}
