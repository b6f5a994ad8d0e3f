using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.App.Hosting.Health;

/// <summary>Whether this node can read its database. A check that throws, as all do while it is away, counts as not passed.</summary>
internal sealed class DatabaseHealth(DatabaseProbe probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        new(await probe.CanReadAsync(cancellationToken) ? HealthStatus.Healthy : HealthStatus.Unhealthy);
}

/// <summary>Whether the database has every migration that this node knows: an older backup may have been put in its place.</summary>
internal sealed class SchemaHealth(DatabaseProbe probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        new(await probe.IsUpToDateAsync(cancellationToken) ? HealthStatus.Healthy : HealthStatus.Unhealthy);
}

/// <summary>Whether the key ring opens what it seals: cookies, forms and links need it. One that does not throws.</summary>
internal sealed class KeysHealth(IDataProtectionProvider protection) : IHealthCheck
{
    private const string Probe = "probe";
    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.Health");

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(new HealthCheckResult(
            _protector.Unprotect(_protector.Protect(Probe)) == Probe ? HealthStatus.Healthy : HealthStatus.Unhealthy));
}

/// <summary>
/// Whether mails leave in time, from whichever node. What was due before this node was there counts from then on, so that a portal that was
/// off for long is not held back by what it is about to send.
/// </summary>
internal sealed class OutboxHealth(OutboxBacklog outbox, IOptions<HealthOptions> options, TimeProvider clock) : IHealthCheck
{
    private readonly DateTimeOffset _since = clock.GetUtcNow();

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var most = options.Value.MaxOutboxAge;
        if (most <= TimeSpan.Zero || clock.GetUtcNow() - _since <= most) return HealthCheckResult.Healthy();
        return new HealthCheckResult(await outbox.AgeAsync(cancellationToken) <= most
            ? HealthStatus.Healthy
            : HealthStatus.Unhealthy);
    }
}
