using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Requests;

/// <summary>What came of one platform that a request asks for. All names are hostile text.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Granted">What the agency can use: shared assets, or accounts whose sign-in is kept.</param>
/// <param name="Waiting">Assets that wait for somebody.</param>
/// <param name="Problems">Accounts that no longer work, assets that were refused or are lost.</param>
/// <param name="Declined">Why the client does not connect it; null while they did not say so.</param>
/// <param name="DeclineText">Why in their own words; null = they said no more.</param>
public sealed record PlatformOutcome(
    PlatformKey Platform, IReadOnlyList<string> Granted, IReadOnlyList<WaitingGrant> Waiting, IReadOnlyList<GrantProblem> Problems,
    DeclineReason? Declined, string? DeclineText)
{
    /// <summary>How far it is. What works counts before what waits, and that before a no.</summary>
    public PlatformStanding Standing =>
        Granted.Count > 0 ? PlatformStanding.Granted
        : Waiting.Count > 0 ? PlatformStanding.Waiting
        : Declined is not null ? PlatformStanding.Declined
        : PlatformStanding.Open;

    internal static PlatformOutcome Of(OnboardingRequest request, RequestedPlatform requested)
    {
        var connections = request.Connections.Where(c => c.Platform == requested.Platform && c.State != ConnectionState.Removed)
            .OrderBy(c => c.Id.Value).ToList();
        var assets = connections.SelectMany(c => c.Assets).OrderBy(a => a.Id.Value).ToList();
        return new PlatformOutcome(
            requested.Platform,
            [.. connections.SelectMany(NamesOfGranted)],
            [.. assets.Where(a => a.State.IsWaiting).Select(a => new WaitingGrant(a.Name, a.State, a.Way))],
            [.. connections.SelectMany(ProblemsOf)],
            requested.Declined,
            requested.DeclineText);
    }

    private static IEnumerable<string> NamesOfGranted(PlatformConnection connection) =>
        connection.Assets.Count > 0 ? connection.Assets.Where(a => a.State == AssetState.Shared).Select(a => a.Name)
        : connection is { EraseCredentialsAt: null, State: ConnectionState.Active } ? [connection.DisplayName]
        : [];

    private static IEnumerable<GrantProblem> ProblemsOf(PlatformConnection connection)
    {
        if (connection is { State: ConnectionState.ReconnectNeeded, EraseCredentialsAt: null })
        {
            var failure = connection.Failure ?? PlatformFailureKind.AuthExpired;
            yield return new GrantProblem(connection.DisplayName, failure, null, connection.LastCheckedAt, IsAccount: true);
        }

        foreach (var asset in connection.Assets.Where(a => a.State is AssetState.Failed or AssetState.Lost))
        {
            var failure = asset.Failure ?? PlatformFailureKind.NotFound;
            yield return new GrantProblem(asset.Name, failure, asset.FailureText, asset.StateSince, IsAccount: false);
        }
    }
}

/// <summary>An asset that waits for somebody.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">What it waits for.</param>
/// <param name="Way">By which way it comes; null before any was tried.</param>
public sealed record WaitingGrant(string Name, AssetState State, AssetWay? Way);

/// <summary>An account that no longer works, or an asset that was refused or is lost.</summary>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="Failure">Why it does not work.</param>
/// <param name="PlatformWords">What the platform said; hostile text, null when it said nothing.</param>
/// <param name="Since">Since when it is so, UTC; null when unknown.</param>
/// <param name="IsAccount">Whether it is the account itself.</param>
public sealed record GrantProblem(string Name, PlatformFailureKind Failure, string? PlatformWords, DateTimeOffset? Since, bool IsAccount);

/// <summary>How far a platform is that a request asks for.</summary>
public enum PlatformStanding
{
    /// <summary>Nobody has answered yet, or what they tried did not work.</summary>
    Open,

    /// <summary>The client does not connect it.</summary>
    Declined,

    /// <summary>The client did their part; somebody else is next.</summary>
    Waiting,

    /// <summary>The agency can use something of it.</summary>
    Granted,
}
