namespace OnboardingPortal.Core.Platforms;

/// <summary>
/// The clients of the platforms of this installation, for services that act at a platform. Pages have <see cref="PlatformCatalog"/>.
/// </summary>
public sealed class PlatformClients(IEnumerable<IPlatformClient> clients)
{
    private readonly List<IPlatformClient> _clients = [.. clients];

    /// <summary>All clients, in the order of their registration.</summary>
    internal IReadOnlyList<IPlatformClient> All => _clients;

    /// <summary>The client of that platform, or null.</summary>
    internal IPlatformClient? Find(PlatformKey key) => _clients.Find(c => c.Descriptor.Key == key);

    /// <summary>The client of that platform.</summary>
    /// <exception cref="InvalidOperationException">No such platform is registered.</exception>
    internal IPlatformClient Get(PlatformKey key) =>
        Find(key) ?? throw new InvalidOperationException($"No platform {key} is registered.");
}
