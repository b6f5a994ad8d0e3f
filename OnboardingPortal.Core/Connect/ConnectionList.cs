using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Connect;

/// <summary>An account authorised for data sync, as the settings show it.</summary>
/// <param name="Id">The account.</param>
/// <param name="Platform">The platform it is at.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="Detail">What tells accounts of one name apart; null when the platform gives none.</param>
/// <param name="State">Whether it works.</param>
/// <param name="Failure">Why it does not; null when it does.</param>
/// <param name="Request">The request it came through; null when the agency manages it itself.</param>
/// <param name="ConnectedAt">When, UTC.</param>
/// <param name="LastCheckedAt">When the platform last accepted its credentials, UTC.</param>
public sealed record AccountLine(
    ConnectionId Id, PlatformKey Platform, string Name, string? Detail, ConnectionState State, PlatformFailureKind? Failure,
    RequestId? Request, DateTimeOffset ConnectedAt, DateTimeOffset? LastCheckedAt);

/// <summary>An asset shared through a request, as the settings show it.</summary>
/// <param name="Id">The asset.</param>
/// <param name="Kind">Ad account or Page.</param>
/// <param name="ExternalId">The platform's id.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="State">How far it is.</param>
/// <param name="Request">The request it came through.</param>
/// <param name="StateSince">Since when, UTC.</param>
/// <param name="AssignmentFailure">Why the agency's own user cannot work with it yet; null when they can, or nobody has tried.</param>
/// <param name="MissingTasks">What the agency's business should be allowed to do with it and is not; null when nothing is missing.</param>
/// <param name="KeepsTrying">Whether the portal asks the platform again by itself.</param>
public sealed record AssetLine(
    AssetId Id, AssetKind Kind, string ExternalId, string Name, AssetState State, RequestId Request, DateTimeOffset? StateSince,
        PlatformFailureKind? AssignmentFailure = null, string? MissingTasks = null, bool KeepsTrying = false);

/// <summary>An account or an asset that an agency can use, as programs read it.</summary>
/// <param name="Id">The account's or the asset's id: both come from one sequence.</param>
/// <param name="Platform">The platform it is at.</param>
/// <param name="Asset">Ad account or Page; null = an account authorised for data sync.</param>
/// <param name="ExternalId">The platform's id.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="AccountState">Whether an account works; null for an asset.</param>
/// <param name="AssetState">How far an asset is; null for an account.</param>
/// <param name="Failure">Why it does not work; null when it does, or nobody knows.</param>
/// <param name="Request">The request it came through; null when the agency manages it itself.</param>
/// <param name="ConnectedAt">When an account was connected or an asset chosen, UTC.</param>
/// <param name="LastCheckedAt">When the platform last accepted an account's credentials, UTC; for an asset the time of its state.</param>
public sealed record ConnectionLine(
    long Id, PlatformKey Platform, AssetKind? Asset, string ExternalId, string Name, ConnectionState? AccountState, AssetState? AssetState,
    PlatformFailureKind? Failure, RequestId? Request, DateTimeOffset ConnectedAt, DateTimeOffset? LastCheckedAt);

/// <summary>One page of what an agency can use.</summary>
/// <param name="Lines">Newest first.</param>
/// <param name="HasMore">Whether older ones come after it.</param>
public sealed record ConnectionPage(IReadOnlyList<ConnectionLine> Lines, bool HasMore);

/// <summary>Reads what an agency can use.</summary>
public sealed class ConnectionList(PortalDbContextFactory contexts)
{
    /// <summary>The most lines read at once.</summary>
    public const int MaxLines = 500;

    /// <summary>
    /// Accounts authorised for data sync, newest first, at most <see cref="MaxLines"/>. What came through a request that the scope leaves
    /// out is left out.
    /// </summary>
    public async Task<IReadOnlyList<AccountLine>> ListAccountsAsync(RequestScope scope, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        return await db.ConnectionsIn(scope).AsNoTracking().Where(c => c.EraseCredentialsAt == null && c.State != ConnectionState.Removed)
            .OrderByDescending(c => c.Id).Take(MaxLines)
            .Select(c =>
                new AccountLine(c.Id, c.Platform, c.DisplayName, c.Detail, c.State, c.Failure, c.RequestId, c.ConnectedAt, c.LastCheckedAt))
                    .ToListAsync(cancellationToken);
    }

    /// <summary>Accounts and assets together, newest first. What came through a request that the scope leaves out is left out.</summary>
    /// <param name="scope">Who reads.</param>
    /// <param name="before">Only older ones than this id; null = from the newest.</param>
    /// <param name="size">How many, 1 to 100.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not 1 to 100.</exception>
    public async Task<ConnectionPage> ListAsync(RequestScope scope, long? before, int size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 100);
        var account = ConnectionId.From(before ?? long.MaxValue);
        var asset = AssetId.From(before ?? long.MaxValue);
        await using var db = contexts.Create(scope.Agency);
        var visible = db.ConnectionsIn(scope).AsNoTracking();
        var accounts = await visible.Where(c => c.EraseCredentialsAt == null && c.State != ConnectionState.Removed && c.Id < account)
            .OrderByDescending(c => c.Id).Take(size + 1)
            .Select(c =>
                new { c.Id, c.Platform, c.ExternalId, c.DisplayName, c.State, c.Failure, c.RequestId, c.ConnectedAt, c.LastCheckedAt })
                    .ToListAsync(cancellationToken);
        var assets = await db.Assets.AsNoTracking().Where(a => a.Id < asset)
            .Join(visible, a => a.ConnectionId, c => c.Id, (a, c) => new { Asset = a, c.Platform, c.RequestId })
            .OrderByDescending(l => l.Asset.Id).Take(size + 1).ToListAsync(cancellationToken);
        List<ConnectionLine> lines =
        [
            .. accounts.Select(c => new ConnectionLine(
                c.Id.Value, c.Platform, null, c.ExternalId, c.DisplayName, c.State, null, c.Failure, c.RequestId, c.ConnectedAt,
                c.LastCheckedAt))
                .Concat(assets.Select(l => new ConnectionLine(
                    l.Asset.Id.Value, l.Platform, l.Asset.Kind, l.Asset.ExternalId, l.Asset.Name, null, l.Asset.State, l.Asset.Failure,
                    l.RequestId, l.Asset.SelectedAt, l.Asset.StateSince)))
                .OrderByDescending(l => l.Id).Take(size + 1),
        ];
        return new ConnectionPage([.. lines.Take(size)], lines.Count > size);
    }

    /// <summary>
    /// Ad accounts and Pages chosen by clients, newest first, at most <see cref="MaxLines"/>. What came through a request that the scope
    /// leaves out is left out.
    /// </summary>
    public async Task<IReadOnlyList<AssetLine>> ListAssetsAsync(RequestScope scope, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        return await db.Assets.AsNoTracking()
            .Join(db.ConnectionsIn(scope), a => a.ConnectionId, c => c.Id, (a, c) => new { Asset = a, RequestId = c.RequestId!.Value })
            .OrderByDescending(l => l.Asset.Id).Take(MaxLines)
            .Select(l =>
                new AssetLine(l.Asset.Id, l.Asset.Kind, l.Asset.ExternalId, l.Asset.Name, l.Asset.State, l.RequestId, l.Asset.StateSince,
                    l.Asset.AssignmentFailure, l.Asset.MissingTasks, l.Asset.NextCheckAt != null))
            .ToListAsync(cancellationToken);
    }
}
