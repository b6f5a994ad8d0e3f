namespace OnboardingPortal.App.Layout;

/// <summary>One thing that the command box offers.</summary>
/// <param name="Address">Where it leads.</param>
/// <param name="Name">In the reader's language.</param>
/// <param name="Icon">An icon of MudBlazor.</param>
/// <param name="Detail">The status of a request; empty for pages.</param>
public sealed record CommandBoxEntry(string Address, string Name, string Icon, string Detail);
