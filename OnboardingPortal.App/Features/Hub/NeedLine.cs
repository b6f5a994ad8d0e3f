namespace OnboardingPortal.App.Features.Hub;

/// <summary>A line of what needs somebody's hand.</summary>
/// <param name="Hand">Whose.</param>
/// <param name="Words">What for.</param>
/// <param name="Address">The page where it is done.</param>
/// <param name="About">What that page is of; hostile text.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record NeedLine(string Hand, string Words, string Address, string About, DateTimeOffset Since);
