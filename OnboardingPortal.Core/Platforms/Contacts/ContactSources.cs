namespace OnboardingPortal.Core.Platforms.Contacts;

/// <summary>The platforms whose people can be read.</summary>
public sealed class ContactSources(IEnumerable<IContactSource> sources)
{
    private readonly Dictionary<PlatformKey, IContactSource> _sources = sources.ToDictionary(s => s.Platform);

    /// <summary>The source of that platform, or null where nobody can be read.</summary>
    internal IContactSource? Find(PlatformKey platform) => _sources.GetValueOrDefault(platform);
}
