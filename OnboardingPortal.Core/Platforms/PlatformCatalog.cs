namespace OnboardingPortal.Core.Platforms;

/// <summary>The platforms of this installation, in the order of their registration.</summary>
public sealed class PlatformCatalog(IEnumerable<IPlatformClient> clients)
{
    private readonly List<IPlatformClient> _clients = [.. clients];

    /// <summary>All registered platforms, configured or not.</summary>
    public IReadOnlyList<IPlatformClient> All => _clients;

    /// <summary>The platform of that key, or null.</summary>
    public IPlatformClient? Find(PlatformKey key) => _clients.Find(c => c.Descriptor.Key == key);

    /// <summary>The platform of that key.</summary>
    /// <exception cref="InvalidOperationException">No such platform is registered.</exception>
    public IPlatformClient Get(PlatformKey key) =>
        Find(key) ?? throw new InvalidOperationException($"No platform {key} is registered.");

    /// <summary>The platform's name for people; the key itself when the platform is no longer registered.</summary>
    public string NameOf(PlatformKey key) => Find(key)?.Descriptor.Name ?? key.Value;

    /// <summary>The callback to register at a platform, exactly as the portal sends it.</summary>
    public static Uri CallbackOf(PlatformKey platform, PortalAddress address) => new(address.Public, $"connect/{platform}/callback");

    /// <summary>The wizard's steps for these platforms: what they grant, in order, without repeats.</summary>
    public IReadOnlyList<PlatformGrants> StepsOf(IEnumerable<PlatformKey> keys) =>
        [.. keys.Select(Find).OfType<IPlatformClient>().Select(c => c.Descriptor.Grants).Distinct().Order()];
}
