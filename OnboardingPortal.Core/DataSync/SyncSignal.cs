using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.DataSync;

/// <summary>Wakes the engine of data sync: somebody asked for something.</summary>
public sealed class SyncSignal : WorkSignal;
