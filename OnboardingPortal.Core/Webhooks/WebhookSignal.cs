using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Wakes the delivery of events: one was committed.</summary>
public sealed class WebhookSignal : WorkSignal;
