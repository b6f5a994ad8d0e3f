namespace OnboardingPortal.App.Features.Bulk;

/// <summary>Names the resource of the words about imports.</summary>
public sealed class BulkText;
