namespace OnboardingPortal.App.Features.Campaigns;

/// <summary>Names the resource of the words on campaigns.</summary>
public sealed class CampaignsText;
