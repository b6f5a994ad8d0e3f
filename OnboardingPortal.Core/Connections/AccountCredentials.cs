using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Connections;

/// <summary>
/// The one way to act on a connected account: with credentials that live, renewed before they die or once the platform refuses them.
/// Credentials that can be used once are renewed once, also when several ask at the same instant, on several nodes.
/// </summary>
public sealed partial class AccountCredentials(
    PortalDbContextFactory contexts, CredentialProtector protector, PlatformClients platforms, TimeProvider clock,
    ILogger<AccountCredentials> logger)
{
    /// <summary>How long before their end credentials are renewed.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>How long one may take to renew; afterwards another may try.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);
    private static readonly Leases<PlatformConnection> Renewals = new(Claim, c => c.RefreshClaimedUntil);
    private static readonly Pauses Pauses = Pauses.Doubling(Glance, TimeSpan.FromMinutes(1));

    private readonly ConcurrentDictionary<ConnectionId, Task<PlatformFailure?>> _running = new();

    /// <summary>
    /// Calls the platform with the account's credentials; where it refuses them they are renewed and the call is made once more.
    /// </summary>
    /// <param name="agency">The agency that the account belongs to.</param>
    /// <param name="id">The account.</param>
    /// <param name="call">The call; may run twice.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The call's answer, <see cref="ConnectionNotFound"/>, or a <see cref="PlatformFailure"/>.</returns>
    internal async Task<Result<T>> UseAsync<T>(
        AgencyId agency, ConnectionId id, Func<PlatformCredentials, CancellationToken, Task<Result<T>>> call,
        CancellationToken cancellationToken)
    {
        var held = await FindAsync(agency, id, cancellationToken);
        if (held is null) return new ConnectionNotFound();
        if (held.Credentials.CanRefresh && held.Credentials.ExpiresAt - clock.GetUtcNow() <= Ahead)
        {
            var failure = await RefreshAsync(agency, id, held.Version, cancellationToken);
            // passing trouble, minutes before the end
            var isStillGood = failure?.Kind != PlatformFailureKind.AuthExpired && held.Credentials.ExpiresAt > clock.GetUtcNow();
            if (failure is not null && !isStillGood) return failure;
            held = await FindAsync(agency, id, cancellationToken);
            if (held is null) return new ConnectionNotFound();
        }

        var answer = await call(held.Credentials, cancellationToken);
        if (!held.Credentials.CanRefresh || answer.Error is not PlatformFailure { Kind: PlatformFailureKind.AuthExpired }) return answer;
        if (await RefreshAsync(agency, id, held.Version, cancellationToken) is { } refused) return refused;
        held = await FindAsync(agency, id, cancellationToken);
        return held is null ? new ConnectionNotFound() : await call(held.Credentials, cancellationToken);
    }

    /// <summary>Renews credentials, unless somebody else has since <paramref name="version"/>.</summary>
    /// <returns>Null when they are newer now.</returns>
    private async Task<PlatformFailure?> RefreshAsync(AgencyId agency, ConnectionId id, int version, CancellationToken cancellationToken)
    {
        var run = new TaskCompletionSource<PlatformFailure?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _running.GetOrAdd(id, run.Task);
        if (running == run.Task) _ = RunAsync(run, agency, id, version);
        // anybody who stops waiting must not lose what a rotating platform has answered already
        return await running.WaitAsync(cancellationToken);
    }

    private async Task RunAsync(TaskCompletionSource<PlatformFailure?> run, AgencyId agency, ConnectionId id, int version)
    {
        try
        {
            run.SetResult(await RefreshOnceAsync(agency, id, version, CancellationToken.None));
        }
        catch (Exception exception)
        {
            run.SetException(exception); // the awaiting callers see it
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }

    private async Task<PlatformFailure?> RefreshOnceAsync(
        AgencyId agency, ConnectionId id, int version, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            await using var db = contexts.Create(agency);
            var mine = db.Connections.Where(c => c.Id == id && c.CredentialsVersion == version);
            var claimed = await Renewals.ClaimAsync(Renewals.Free(mine, now), Renewals.EndFrom(now), null, cancellationToken);
            if (claimed == 1) break;
            if (!await db.Connections.AnyAsync(c => c.Id == id && c.CredentialsVersion == version, cancellationToken)) return null;
            await Task.Delay(Glance, clock, cancellationToken); // another node is at it
        }

        return await RenewAsync(agency, id, version, cancellationToken);
    }

    private async Task<PlatformFailure?> RenewAsync(AgencyId agency, ConnectionId id, int version, CancellationToken cancellationToken)
    {
        if (await FindAsync(agency, id, cancellationToken) is not { } held) return null; // erased meanwhile: anybody who asked sees that
        var renewed = await platforms.Get(held.Platform).RefreshAsync(held.Credentials, cancellationToken);
        if (!renewed.Succeeded)
        {
            await using var db = contexts.Create(agency);
            await db.Connections.Where(c => c.Id == id && c.CredentialsVersion == version)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.RefreshClaimedUntil, (DateTimeOffset?)null), cancellationToken);
            return (PlatformFailure)renewed.Error;
        }

        await KeepAsync(agency, id, version, held.Platform, renewed.Value);
        return null;
    }

    /// <summary>
    /// Saves what a platform answered, however often it takes: what was before may work no more, and the answer comes only once.
    /// </summary>
    private async Task KeepAsync(AgencyId agency, ConnectionId id, int version, PlatformKey platform, PlatformCredentials renewed)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var secret = await protector.ProtectAsync(agency, id.Value, platform, renewed, CancellationToken.None);
                await using var db = contexts.Create(agency);
                await db.Connections.Where(c => c.Id == id && c.CredentialsVersion == version).ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.Credentials, secret).SetProperty(c => c.CredentialsExpireAt, renewed.ExpiresAt)
                        .SetProperty(c => c.CredentialsVersion, version + 1).SetProperty(c => c.RefreshClaimedUntil, (DateTimeOffset?)null),
                    CancellationToken.None);
                return;
            }
            catch (Exception exception)
            {
                LogNotKept(exception, id); // also in an outage: what is lost here is lost at the platform
            }

            await Task.Delay(failures == 0 ? TimeSpan.Zero : Pauses.After(failures), clock, CancellationToken.None);
        }
    }

    private async Task<Held?> FindAsync(AgencyId agency, ConnectionId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var row = await db.Connections.Where(c => c.Id == id).Select(c => new { c.Platform, c.Credentials, c.CredentialsVersion })
            .SingleOrDefaultAsync(cancellationToken);
        if (row?.Credentials is not { } secret) return null;
        return new Held(
            row.Platform, await protector.UnprotectAsync(agency, id.Value, row.Platform, secret, cancellationToken),
            row.CredentialsVersion);
    }

    [LoggerMessage(EventId = 3401, Level = LogLevel.Error, Message = "The renewed credentials of account {Account} could not be "
        + "saved; it is tried again until they are")]
    private partial void LogNotKept(Exception exception, ConnectionId account);

    private sealed record Held(PlatformKey Platform, PlatformCredentials Credentials, int Version);
}
