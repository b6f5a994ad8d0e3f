namespace OnboardingPortal.Core.Platforms;

/// <summary>The platforms of this installation, in the order of their registration: what each is, and no way to act there.</summary>
public sealed class PlatformCatalog(PlatformClients clients)
{
    private readonly List<CatalogPlatform> _platforms = [.. clients.All.Select(c => new CatalogPlatform(c))];

    /// <summary>All registered platforms, configured or not.</summary>
    public IReadOnlyList<CatalogPlatform> All => _platforms;

    /// <summary>The platform of that key, or null.</summary>
    public CatalogPlatform? Find(PlatformKey key) => _platforms.Find(p => p.Descriptor.Key == key);

    /// <summary>The platform of that key.</summary>
    /// <exception cref="InvalidOperationException">No such platform is registered.</exception>
    public CatalogPlatform Get(PlatformKey key) =>
        Find(key) ?? throw new InvalidOperationException($"No platform {key} is registered.");

    /// <summary>The platform's name for people; the key itself when the platform is no longer registered.</summary>
    public string NameOf(PlatformKey key) => Find(key)?.Descriptor.Name ?? key.Value;

    /// <summary>The callback to register at a platform, exactly as the portal sends it.</summary>
    public static Uri CallbackOf(PlatformKey platform, PortalAddress address) => new(address.Public, $"connect/{platform}/callback");

    /// <summary>The wizard's steps for these platforms: what they grant, in order, without repeats.</summary>
    public IReadOnlyList<PlatformGrants> StepsOf(IEnumerable<PlatformKey> keys) =>
        [.. keys.Select(Find).OfType<CatalogPlatform>().Select(p => p.Descriptor.Grants).Distinct().Order()];
}

/// <summary>A platform as pages and forms see it.</summary>
public sealed class CatalogPlatform
{
    private readonly IPlatformClient _client;

    internal CatalogPlatform(IPlatformClient client) => _client = client;

    /// <summary>What the portal shows of the platform and which steps it takes part in.</summary>
    public PlatformDescriptor Descriptor => _client.Descriptor;

    /// <summary>Whether the portal is registered at the platform: without it the platform is not available.</summary>
    public bool IsConfigured => _client.IsConfigured;

    /// <summary>What the operator configures, for the main user's setup page; never a secret itself.</summary>
    public PlatformSetup Setup => _client.Setup;

    /// <summary>Asks the platform whether it knows this portal as it is configured. Only called when <see cref="IsConfigured"/>.</summary>
    /// <param name="redirectAddress">The callback that should be registered there.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public Task<PlatformSetupVerdict> CheckSetupAsync(Uri redirectAddress, CancellationToken cancellationToken) =>
        _client.CheckSetupAsync(redirectAddress, cancellationToken);
}
