using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Agencies' own hosts, which count only once they were shown to be the agency's. That a host leads to this portal shows whose it is only
/// where there is one agency, or where the portal's operator says so: otherwise the first who claims a name would get what its owner sets
/// up later.
/// </summary>
public sealed class OwnHosts(
    PortalDbContextFactory contexts, OwnHostProbe probe, PortalAddress address, IOptions<OwnHostOptions> options, RoundItems items,
        TimeProvider clock)
{
    /// <summary>How long a host that an agency gave up takes no other agency for its own merely because it still leads here.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromDays(30);

    /// <summary>Where the file with the proof lies on a host, without a slash before it.</summary>
    public const string FilePath = ".well-known/onboardingportal/";

    /// <summary>What the audit trail calls the field of a host that was found to be the agency's.</summary>
    internal const string CheckedField = "PublicHostChecked";

    private const int MaxInRound = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RoundPause = TimeSpan.FromHours(1);

    /// <summary>Looks whether the agency's host is shown to be its own; not again within a second.</summary>
    /// <param name="caller">A main user.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null, whatever was found; or <see cref="NotAllowed"/>.</returns>
    public async Task<PortalError?> CheckAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await TryAsync(caller.Agency, Pause, caller.Actor, cancellationToken);
        return null;
    }

    /// <summary>One round over the hosts that wait: new ones and those from before at once, the others each hour.</summary>
    /// <returns>How many were looked for.</returns>
    public async Task<int> CheckDueAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - RoundPause;
        var round = await items.BeginAsync(RoundKind.OwnHost, cancellationToken);
        var resting = round.RestingIds<AgencyId>();
        await using var db = contexts.CreateForSystem();
        var due = await db.Brandings.IgnoreQueryFilters()
            .Where(b => b.PublicHost != null && b.ShownHost != b.PublicHost && (b.HostTriedAt == null || b.HostTriedAt < before)
                && !resting.Contains(b.AgencyId))
            .OrderBy(b => b.HostTriedAt).Take(MaxInRound).Select(b => b.AgencyId).ToListAsync(cancellationToken);
        foreach (var agency in due)
            await round.TryAsync(agency, agency, () => TryAsync(agency, RoundPause, Actor.System, cancellationToken), cancellationToken);
        return due.Count;
    }

    /// <summary>What this portal itself answers for a file of <see cref="FilePath"/>; null where that would show nothing.</summary>
    /// <param name="host">From a Host header, without port.</param>
    /// <param name="nonce">The file's name; hostile text.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<string?> FindAnswerAsync(string host, string nonce, CancellationToken cancellationToken)
    {
        var name = host.ToLowerInvariant();
        await using var db = contexts.CreateForSystem();
        var agency = await db.Brandings.IgnoreQueryFilters().Where(b => b.PublicHost == name && b.HostNonce == nonce)
            .Select(b => (AgencyId?)b.AgencyId).SingleOrDefaultAsync(cancellationToken);
        return agency is { } claimant && await IsPointingEnoughAsync(db, claimant, name, cancellationToken)
            ? ProofOf(name, nonce).Value
            : null;
    }

    /// <summary>
    /// Whether an agency waits for a host to be shown as its own. Links on it that are out already may lead on to the portal's host.
    /// </summary>
    /// <param name="host">From a Host header, without port.</param>
    /// <param name="agency">Whose link it is; null = any agency will do.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<bool> IsAwaitedAsync(string host, AgencyId? agency, CancellationToken cancellationToken)
    {
        var name = host.ToLowerInvariant();
        await using var db = contexts.CreateForSystem();
        return await db.Brandings.IgnoreQueryFilters().AnyAsync(
            b => b.PublicHost == name && b.ShownHost != b.PublicHost && (agency == null || b.AgencyId == agency), cancellationToken);
    }

    internal async Task<bool> IsTakenAsync(AgencyId agency, string host, CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        return await db.Brandings.IgnoreQueryFilters().AnyAsync(b => b.ShownHost == host && b.AgencyId != agency, cancellationToken);
    }

    /// <summary>How far it is with a row's host; null when it has none.</summary>
    internal async Task<OwnHostState?> StateOfAsync(Branding? row, CancellationToken cancellationToken)
    {
        if (row is not { PublicHost: { } host }) return null;
        await using var db = contexts.CreateForSystem();
        return new OwnHostState(
            host, row.HostNonce is { } nonce ? ProofOf(host, nonce) : null,
            await IsPointingEnoughAsync(db, row.AgencyId, host, cancellationToken),
            row.IsHostShown ? row.HostCheckedAt : null, row.HostTriedAt, row.HostProblem);
    }

    /// <summary>Notes that an agency gives up a host that was its own.</summary>
    internal async Task NoteGivenUpAsync(PortalDbContext db, AgencyId agency, string host, CancellationToken cancellationToken)
    {
        var known = await db.GivenUpHosts.SingleOrDefaultAsync(h => h.Host == host, cancellationToken);
        if (known is null) db.GivenUpHosts.Add(known = new GivenUpHost(agency, host));
        known.GivenUpAt = clock.GetUtcNow();
    }

    private async Task<bool> IsPointingEnoughAsync(PortalDbContext db, AgencyId agency, string host, CancellationToken cancellationToken)
    {
        if (!options.Value.PointingIsProof && await db.Agencies.AnyAsync(a => a.Id != agency, cancellationToken)) return false;
        var since = clock.GetUtcNow() - Rest;
        return !await db.GivenUpHosts.IgnoreQueryFilters()
            .AnyAsync(h => h.Host == host && h.AgencyId != agency && h.GivenUpAt > since, cancellationToken);
    }

    private async Task TryAsync(AgencyId agency, TimeSpan pause, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = now - pause;
        var fresh = SecretTokens.New();
        await using var db = contexts.Create(agency);
        var claimed = await db.Brandings.Where(
            b => b.PublicHost != null && b.ShownHost != b.PublicHost
                && (b.HostTriedAt == null || b.HostTriedAt < before)).ExecuteUpdateAsync(
            set => set.SetProperty(b => b.HostTriedAt, now).SetProperty(b => b.HostNonce, b => b.HostNonce ?? fresh), cancellationToken);
        if (claimed == 0) return; // it is shown, or was looked for a moment ago
        var row = await db.Brandings.AsNoTracking().SingleAsync(cancellationToken);
        if (row is not { PublicHost: { } host, HostNonce: { } nonce }) return; // given up at this very instant

        var problem = await probe.LookAsync(ProofOf(host, nonce), cancellationToken);
        if (problem is null && await IsTakenAsync(agency, host, cancellationToken)) problem = OwnHostProblem.Taken;
        if (problem is null) problem = await CountAsync(agency, host, nonce, actor, cancellationToken);
        if (problem is null) return;
        await db.Brandings.Where(b => b.PublicHost == host && b.HostNonce == nonce && b.ShownHost != b.PublicHost)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.HostProblem, problem), cancellationToken);
    }

    /// <summary>From now on the host counts, unless the claim is another one meanwhile.</summary>
    private async Task<OwnHostProblem?> CountAsync(
        AgencyId agency, string host, string nonce, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(agency);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var shown = await db.Brandings.Where(
                b => b.PublicHost == host && b.HostNonce == nonce && b.ShownHost != b.PublicHost).ExecuteUpdateAsync(
                set => set.SetProperty(b => b.ShownHost, host).SetProperty(b => b.HostCheckedAt, now)
                    .SetProperty(b => b.HostProblem, (OwnHostProblem?)null), cancellationToken);
            if (shown == 0) return null;
            db.AuditEvents.Add(
                new AuditEvent(AuditEventId.New(clock), agency, now, AuditKind.BrandingChanged, actor, null, null, CheckedField));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return null;
        }
        catch (DbException)
        {
            if (!await IsTakenAsync(agency, host, cancellationToken)) throw;
            return OwnHostProblem.Taken; // another agency was quicker
        }
    }

    private OwnHostProof ProofOf(string host, string nonce) => new(
        $"_onboardingportal.{host}", new Uri(address.On(host), FilePath + nonce),
        $"onboardingportal={Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{host}/{nonce}")))}");
}
