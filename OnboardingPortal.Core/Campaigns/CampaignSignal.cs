using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>Wakes the making of campaigns: one was ordered.</summary>
public sealed class CampaignSignal : WorkSignal;
