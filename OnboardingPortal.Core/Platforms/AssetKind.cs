namespace OnboardingPortal.Core.Platforms;

/// <summary>What kind of asset it is. Stored by name.</summary>
public enum AssetKind
{
    /// <summary>An ad account; its external id starts with <c>act_</c>.</summary>
    AdAccount,

    /// <summary>A Page.</summary>
    Page,
}
