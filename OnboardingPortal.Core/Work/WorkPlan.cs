namespace OnboardingPortal.Core.Work;

/// <summary>
/// A kind of background work: a round of it begins every so often, and at once when its signal wakes it. A node does one round of it at a
/// time; any number of nodes may do theirs at the same time, since each round claims what it does.
/// </summary>
/// <param name="Name">What the scheduler and the log call it; no other kind has the same name.</param>
/// <param name="Every">How long it is at most until the next round begins.</param>
/// <param name="Round">Does one round and gives how much it did.</param>
/// <param name="Signal">Finds the signal that wakes it; null = its rounds come in their time alone.</param>
internal sealed record WorkPlan(
    string Name, TimeSpan Every, Func<IServiceProvider, CancellationToken, Task<int>> Round, Func<IServiceProvider, WorkSignal>? Signal);
