using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Secrets;

/// <summary>Looks after what the master key wraps, at every start and once a day.</summary>
public sealed partial class KeyRing(
    PortalDbContextFactory contexts, MasterKey master, CredentialProtector protector, IEnumerable<IWrappedKeys> wrapped,
    IEnumerable<ISealedRows> owners, IOptions<PortalOptions> options, RoundItems items, TimeProvider clock, ILogger<KeyRing> logger)
{
    /// <summary>
    /// Makes sure that everything wrapped can be opened, and wraps it under the present master key: then the one of before can go.
    /// </summary>
    /// <exception cref="StartRefusedException">The database holds secrets, and their master key is missing: the portal must not start and
    /// make a new one.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await using var db = contexts.CreateForSystem();
        var agencyKeys = await db.AgencyKeys.IgnoreQueryFilters().ToListAsync(cancellationToken);
        var others = new List<IWrappedKey>();
        foreach (var folder in wrapped) others.AddRange(await folder.ListAsync(db, cancellationToken));
        var ring = await db.DataProtectionKeys.ToListAsync(cancellationToken);
        if (agencyKeys.Count + others.Count + ring.Count > 0 && !master.Exists)
        {
            throw new StartRefusedException(
                "The database holds secrets, but the master key is missing: restore the file master.key of the data directory, or set "
                + "Portal:MasterKey. "
                + "Without it the connected accounts, links and sign-ins cannot be read.");
        }

        try
        {
            foreach (var key in agencyKeys.Where(k => k.MasterKeyId != master.Id)) key.Rewrap(master);
            foreach (var key in ring)
                key.Xml = MasterKeyXml.Rewrap(XElement.Parse(key.Xml!), master).ToString(SaveOptions.DisableFormatting);
            foreach (var key in others.Where(k => k.MasterKeyId != master.Id && !k.TryRewrap(master)))
            {
                if (agencyKeys.Count + ring.Count == 0)
                    throw new CryptographicException($"The key of the {key.Purpose} of agency {key.AgencyId} does not open.");
                LogKeyLost(key.Purpose, key.AgencyId); // everything else opens, so the row was forged
            }
        }
        catch (CryptographicException exception)
        {
            throw new StartRefusedException(
                "The database holds secrets under another master key than the configured one. Set Portal:MasterKey to the right one, "
                + "or add it to Portal:PreviousMasterKeys.", exception);
        }

        var moved = await db.SaveChangesAsync(cancellationToken);
        if (moved > 0) LogRewrapped(moved, master.Id);
    }

    /// <summary>
    /// One round of the job: gives an agency a new data key when its old one is due, and encrypts under the newest what is still under
    /// another.
    /// </summary>
    /// <returns>How many secrets were encrypted anew.</returns>
    public async Task<int> RotateDueAsync(CancellationToken cancellationToken)
    {
        var due = clock.GetUtcNow() - options.Value.DataKeyLife;
        var round = await items.BeginAsync(RoundKind.KeyRotation, cancellationToken);
        await using var db = contexts.CreateForSystem();
        var agencies = await db.AgencyKeys.IgnoreQueryFilters().GroupBy(k => k.AgencyId)
            .Select(g => new { Agency = g.Key, Keys = g.Count(), NewestAt = g.Max(k => k.CreatedAt) }).ToListAsync(cancellationToken);
        var renewed = 0;
        foreach (var agency in agencies)
        {
            await round.TryAsync(agency.Agency, agency.Agency, async () =>
            {
                var isDue = agency.NewestAt <= due;
                if (isDue) await protector.AddKeyAsync(agency.Agency, cancellationToken);
                if (isDue || agency.Keys > 1) renewed += await ReencryptAsync(round, agency.Agency, cancellationToken);
            }, cancellationToken);
        }

        return renewed;
    }

    private async Task<int> ReencryptAsync(RoundItems.Round round, Kernel.AgencyId agency, CancellationToken cancellationToken)
    {
        var renewed = 0;
        var newest = await protector.NewestKeyAsync(agency, cancellationToken);
        foreach (var owner in owners)
        {
            for (var after = 0L; ;)
            {
                var rows = await owner.ListAsync(agency, after, cancellationToken);
                if (rows.Count == 0) break;
                foreach (var row in rows)
                {
                    await round.TryAsync(agency, row.Id.ToString(CultureInfo.InvariantCulture), async () =>
                    {
                        var secret = await protector.RenewAsync(agency, newest, row.Id, row.Platform, row.Secret, cancellationToken);
                        if (secret is not null && await owner.ReplaceAsync(agency, row, secret, cancellationToken)) renewed++;
                    }, cancellationToken);
                }

                after = rows[^1].Id;
            }
        }

        return renewed;
    }

    [LoggerMessage(EventId = 3302, Level = LogLevel.Critical, Message = "The key of the {Purpose} of agency {Agency} does not open, "
        + "while all other secrets do: it was changed in the database")]
    private partial void LogKeyLost(string purpose, Kernel.AgencyId agency);

    [LoggerMessage(EventId = 3301, Level = LogLevel.Information, Message = "Wrapped {Count} keys under the master key {MasterKey}")]
    private partial void LogRewrapped(int count, string masterKey);
}
