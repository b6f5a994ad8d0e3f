using System.Collections.Concurrent;
using System.Security.Cryptography;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Branding;

/// <summary>Logos that were chosen and not applied yet, for the preview; each lives as long as the form it was chosen in.</summary>
public sealed class DraftLogos
{
    private readonly ConcurrentDictionary<string, LogoPicture> _logos = new();

    /// <summary>Keeps a logo.</summary>
    /// <returns>An id that nobody guesses.</returns>
    public string Add(LogoPicture logo)
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _logos[id] = logo;
        return id;
    }

    public LogoPicture? Find(string id) => _logos.GetValueOrDefault(id);

    public void Remove(string? id)
    {
        if (id is not null) _logos.TryRemove(id, out _);
    }
}
