namespace OnboardingPortal.App.Features.DataSync;

/// <summary>The choices of a new sync, in their order.</summary>
public enum SyncChoice
{
    /// <summary>Whose people.</summary>
    Account,

    /// <summary>Which of them.</summary>
    List,

    /// <summary>The ad account and the audience there.</summary>
    Target,

    /// <summary>What is sent as what.</summary>
    Columns,

    /// <summary>The legal basis, and how often.</summary>
    Basis,
}
