namespace OnboardingPortal.Sandbox.Demo;

/// <summary>A clock that can be put back, so that demo requests have a past.</summary>
internal sealed class DemoClock : TimeProvider
{
    /// <summary>How far it is behind.</summary>
    public TimeSpan Behind { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Behind;
}
