namespace OnboardingPortal.Core.DataSync;

/// <summary>How much is sent how.</summary>
/// <param name="Rows">The most people of a call.</param>
/// <param name="Changes">The most changes that a difference may have; what is more is replaced.</param>
internal sealed record SyncLimits(int Rows, int Changes)
{
    /// <summary>The most people who opted out before and agreed again that one run sends; the rest follows in the next.</summary>
    public int Back { get; init; } = 100_000;

    /// <summary>How many bytes may rest in memory before no further list is begun.</summary>
    public long AtRest { get; init; } = 256 * 1024 * 1024;

    public static SyncLimits Usual { get; } = new(Platforms.Facebook.Audiences.FacebookAudiences.MaxRows, 50_000);
}
