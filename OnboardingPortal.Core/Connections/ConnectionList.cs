using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Connections;

/// <summary>An account authorised for data sync, as the settings show it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Platform">At which platform.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="Detail">What tells accounts of one name apart; null when the platform gives none.</param>
/// <param name="State">Whether it works.</param>
/// <param name="Failure">Why it does not; null when it does.</param>
/// <param name="Request">The request it came through; null when the agency manages it itself.</param>
/// <param name="ConnectedAt">When, UTC.</param>
/// <param name="LastCheckedAt">When the platform last accepted its credentials, UTC.</param>
public sealed record AccountLine(
    ConnectionId Id, PlatformKey Platform, string Name, string? Detail, ConnectionState State, PlatformFailureKind? Failure, RequestId? Request, DateTimeOffset ConnectedAt, DateTimeOffset? LastCheckedAt);

/// <summary>An asset shared through a request, as the settings show it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Kind">Ad account or Page.</param>
/// <param name="ExternalId">The platform's id.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="State">How far it is.</param>
/// <param name="Request">The request it came through.</param>
/// <param name="StateSince">Since when, UTC.</param>
/// <param name="AssignmentFailure">Why the agency's own user cannot work with it yet; null when they can, or nobody has tried.</param>
/// <param name="MissingTasks">What the agency's business should be allowed to do with it and is not; null when nothing is missing.</param>
/// <param name="KeepsTrying">Whether the portal asks the platform again by itself.</param>
public sealed record AssetLine(AssetId Id, AssetKind Kind, string ExternalId, string Name, AssetState State, RequestId Request, DateTimeOffset? StateSince,
    PlatformFailureKind? AssignmentFailure = null, string? MissingTasks = null, bool KeepsTrying = false);

/// <summary>Reads what an agency can use.</summary>
public sealed class ConnectionList(PortalDbContextFactory contexts)
{
    /// <summary>The most lines read at once.</summary>
    public const int MostLines = 500;

    /// <summary>Accounts authorised for data sync, newest first, at most <see cref="MostLines"/>.</summary>
    public async Task<IReadOnlyList<AccountLine>> ListAccountsAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await db.Connections.AsNoTracking().Where(c => c.AgencyId == agency && c.EraseCredentialsAt == null && c.State != ConnectionState.Removed)
            .OrderByDescending(c => c.Id).Take(MostLines)
            .Select(c => new AccountLine(c.Id, c.Platform, c.DisplayName, c.Detail, c.State, c.Failure, c.RequestId, c.ConnectedAt, c.LastCheckedAt)).ToListAsync(cancellationToken);
    }

    /// <summary>Ad accounts and Pages chosen by clients, newest first, at most <see cref="MostLines"/>.</summary>
    public async Task<IReadOnlyList<AssetLine>> ListAssetsAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        return await db.Assets.AsNoTracking().Join(db.Connections, a => a.ConnectionId, c => c.Id, (a, c) => new { Asset = a, RequestId = c.RequestId!.Value })
            .OrderByDescending(l => l.Asset.Id).Take(MostLines)
            .Select(l => new AssetLine(l.Asset.Id, l.Asset.Kind, l.Asset.ExternalId, l.Asset.Name, l.Asset.State, l.RequestId, l.Asset.StateSince,
                l.Asset.AssignmentFailure, l.Asset.MissingTasks, l.Asset.NextCheckAt != null))
            .ToListAsync(cancellationToken);
    }
}
