using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OnboardingPortal.App.Hosting.Health;

/// <summary>
/// Whether this node should be sent visitors. It is judged at most once a second, however many ask; what is missing goes to the log, once,
/// and to nobody else.
/// </summary>
internal sealed partial class Readiness(
    HealthCheckService checks, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Readiness> logger)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private Task<bool>? _judgement;
    private DateTimeOffset _judgedAt;
    private string _missing = "";

    /// <summary>Whether it is ready; a node that was told to stop is not.</summary>
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested) return Task.FromResult(false);
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_judgement is null or { IsCompleted: true } && now - _judgedAt >= KeptFor)
            {
                _judgedAt = now;
                _judgement = JudgeAsync(); // nobody's leaving stops it: others wait for it, too
            }

            return _judgement!.WaitAsync(cancellationToken);
        }
    }

    private async Task<bool> JudgeAsync()
    {
        var report = await checks.CheckHealthAsync(CancellationToken.None);
        var missing = string.Join(", ", report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => e.Key).Order());
        if (missing != _missing)
        {
            _missing = missing;
            if (missing.Length > 0) LogNotReady(missing);
            else LogReady();
        }

        return missing.Length == 0;
    }

    [LoggerMessage(EventId = 5306, Level = LogLevel.Information, Message = "This node is not ready: {Missing}")]
    private partial void LogNotReady(string missing);

    [LoggerMessage(EventId = 5307, Level = LogLevel.Information, Message = "This node is ready again")]
    private partial void LogReady();
}
