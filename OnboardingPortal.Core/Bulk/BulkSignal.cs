using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Bulk;

/// <summary>Wakes the sending of imports: one was started.</summary>
public sealed class BulkSignal : WorkSignal;
