using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>What a connected account means to the agency.</summary>
internal static class ConnectionGrants
{
    extension(PlatformConnection connection)
    {
        /// <summary>What the agency can use, by name: shared assets, or the account itself where its sign-in is kept.</summary>
        public IEnumerable<string> Grants() =>
            connection.Assets.Count > 0 ? connection.Assets.Where(a => a.State == AssetState.Shared).Select(a => a.Name)
            : connection is { EraseCredentialsAt: null, State: ConnectionState.Active } ? [connection.DisplayName]
            : [];

        /// <summary>What went wrong with the account or with single assets.</summary>
        public IEnumerable<(string Name, PlatformFailureKind Failure, string? PlatformWords, DateTimeOffset? Since)> Problems()
        {
            if (connection is { State: ConnectionState.ReconnectNeeded, EraseCredentialsAt: null })
            {
                yield return (connection.DisplayName, connection.Failure
                    ?? PlatformFailureKind.AuthExpired, null, connection.LastCheckedAt);
            }

            foreach (var asset in connection.Assets.Where(a => a.State is AssetState.Failed or AssetState.Lost))
            {
                yield return (asset.Name, asset.Failure ?? PlatformFailureKind.NotFound, asset.FailureText, asset.StateSince);
            }
        }
    }
}
