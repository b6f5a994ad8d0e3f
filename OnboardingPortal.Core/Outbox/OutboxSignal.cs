using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Outbox;

/// <summary>Wakes the delivery of mails: one was queued.</summary>
public sealed class OutboxSignal : WorkSignal;
