using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Connections;

/// <summary>
/// Takes back at its platform what was granted and is not kept here. It is written down before the platform is told and forgotten once the
/// platform knows, so that neither trouble there nor a restart here leaves a grant alive.
/// </summary>
public sealed partial class Revocations(
    PortalDbContextFactory contexts, CredentialProtector protector, PlatformClients platforms, RoundItems items, TimeProvider clock,
    ILogger<Revocations> logger)
{
    /// <summary>How long a platform is told again before the portal gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    private const int MaxTriesARound = 50;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>One round of the job: tells platforms again that could not be told. Of several nodes one tells each.</summary>
    /// <returns>How many grants need no further try.</returns>
    public async Task<int> RetryDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var done = await GiveUpAsync(now, cancellationToken);
        var round = await items.BeginAsync(RoundKind.Revocation, cancellationToken);
        var resting = round.RestingIds<RevocationId>();
        await using var db = contexts.CreateForSystem();
        var due = await db.Revocations.IgnoreQueryFilters().AsNoTracking().Where(r => r.NextTryAt <= now && !resting.Contains(r.Id))
            .OrderBy(r => r.NextTryAt).Take(MaxTriesARound).ToListAsync(cancellationToken);
        foreach (var row in due)
        {
            var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(row.Failures + 1, 20), LongestPause.Ticks));
            var mine = await db.Revocations.IgnoreQueryFilters().Where(r => r.Id == row.Id && r.Failures == row.Failures)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(r => r.NextTryAt, now + pause).SetProperty(r => r.Failures, row.Failures + 1),
                    cancellationToken);
            if (mine == 1) await round.TryAsync(row.AgencyId, row.Id, () => RetryAsync(row), cancellationToken);
        }

        return done;

        async Task RetryAsync(Revocation row)
        {
            // The person may have signed in anew since; that sign-in must live.
            var isOver = await WouldEndAnotherAsync(row.Platform, row.ExternalId, cancellationToken);
            if (isOver)
            {
                await ForgetAsync(row.AgencyId, row.Id);
            }
            else
            {
                var credentials = await protector.UnprotectAsync(
                    row.AgencyId, row.Id.Value, row.Platform, row.Credentials, cancellationToken);
                isOver = (await TellAsync(row.AgencyId, row.Id, row.Platform, credentials, cancellationToken)).Succeeded;
            }

            if (isOver) done++;
        }
    }

    /// <summary>Tells the platform, now and later again until it was told.</summary>
    /// <param name="agency">For whom it was granted.</param>
    /// <param name="platform">Where.</param>
    /// <param name="account">The platform's id of the account or person.</param>
    /// <param name="credentials">What was granted.</param>
    /// <param name="cancellationToken">Stops the call; it is made again later then.</param>
    /// <returns>What <see cref="IPlatformClient.RevokeAsync"/> answered to the first call.</returns>
    internal async Task<Result<bool>> RevokeAsync(
        AgencyId agency, PlatformKey platform, string account, PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var id = RevocationId.New(clock);
        var now = clock.GetUtcNow();
        var secret = await protector.ProtectAsync(agency, id.Value, platform, credentials, cancellationToken);
        await using var db = contexts.Create(agency);
        db.Revocations.Add(new Revocation(id, agency, platform, account, secret, now, now + FirstPause));
        await db.SaveChangesAsync(cancellationToken);
        return await TellAsync(agency, id, platform, credentials, cancellationToken);
    }

    /// <summary>Whether the platform only takes back everything of a person at once, and another sign-in of theirs is in use.</summary>
    internal async Task<bool> WouldEndAnotherAsync(PlatformKey platform, string account, CancellationToken cancellationToken)
    {
        if (!platforms.Get(platform).Descriptor.RevokesWholePerson) return false;
        await using var db = contexts.CreateForSystem();
        return await db.Connections.IgnoreQueryFilters().Where(c => c.ExternalId == account && c.Credentials != null)
            .Select(c => c.ExternalId)
            .Concat(db.FacebookUsers.IgnoreQueryFilters().Where(u => u.ExternalId == account && u.Credentials != null)
                .Select(u => u.ExternalId))
            .AnyAsync(cancellationToken);
    }

    private async Task<Result<bool>> TellAsync(
        AgencyId agency, RevocationId id, PlatformKey platform, PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var revoked = await platforms.Get(platform).RevokeAsync(credentials, cancellationToken);
        if (revoked.Succeeded) await ForgetAsync(agency, id);
        LogTold(platform, agency, revoked is { Succeeded: true, Value: true }, (revoked.Error as PlatformFailure)?.Kind);
        return revoked;
    }

    private async Task ForgetAsync(AgencyId agency, RevocationId id)
    {
        await using var db = contexts.Create(agency);
        await db.Revocations.Where(r => r.Id == id).ExecuteDeleteAsync(CancellationToken.None); // the platform was told
    }

    private async Task<int> GiveUpAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - Patience;
        await using var db = contexts.CreateForSystem();
        var late = db.Revocations.IgnoreQueryFilters().Where(r => r.BegunAt < before);
        foreach (var row in await late.Select(r => new { r.Platform, r.AgencyId }).ToListAsync(cancellationToken))
            LogGivenUp(row.Platform, row.AgencyId);
        return await late.ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(
        EventId = 3110, Level = LogLevel.Information,
        Message = "A grant at {Platform} for agency {Agency} is not kept; taken back there: {Revoked}, failure {Failure}")]
    private partial void LogTold(PlatformKey platform, AgencyId agency, bool revoked, PlatformFailureKind? failure);

    [LoggerMessage(
        EventId = 3111, Level = LogLevel.Warning,
        Message = "A grant at {Platform} for agency {Agency} could not be taken back there for 30 days; the portal has erased its copy")]
    private partial void LogGivenUp(PlatformKey platform, AgencyId agency);
}
