using OnboardingPortal.Core.Data;
using Quartz;

namespace OnboardingPortal.Core.Work;

/// <summary>Lets jobs rest while the database is away.</summary>
internal sealed class RestWhileAway(DatabaseState state) : ITriggerListener
{
    public string Name => nameof(RestWhileAway);

    public ValueTask<bool> VetoJobExecution(
        ITrigger trigger, IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(!state.MayTry());
}
