using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>
/// What is typed and chosen of <see cref="RequestTerms"/>, under the same names, in the form of a request and in that of a template.
/// </summary>
public abstract class TermsDraft
{
    public string Message { get; set; } = "";

    public HashSet<PlatformKey> Platforms { get; set; } = [];

    public AgencyFacebookUserId? FacebookUserId { get; set; }

    public string? BusinessManagerId { get; set; }

    /// <summary>Whether something is asked for that a Business Manager receives.</summary>
    public bool NeedsBusiness(PlatformCatalog catalog) =>
        catalog.All.Any(p => p.Descriptor.Grants == PlatformGrants.Assets && Platforms.Contains(p.Descriptor.Key));

    public void Choose(PlatformKey platform, bool on)
    {
        if (on) Platforms.Add(platform);
        else Platforms.Remove(platform);
    }

    /// <summary>What is asked for, in the order of the catalogue; who receives assets only where something needs it.</summary>
    /// <param name="catalog">The platforms that are offered.</param>
    /// <param name="before">What was asked for before: it stays also when it is no longer offered.</param>
    public RequestTerms ToTerms(PlatformCatalog catalog, IEnumerable<PlatformKey> before)
    {
        var needsBusiness = NeedsBusiness(catalog);
        return new RequestTerms(
            Message, [.. catalog.All.Select(p => p.Descriptor.Key).Concat(before).Distinct().Where(Platforms.Contains)],
            needsBusiness ? FacebookUserId : null, needsBusiness ? BusinessManagerId : null);
    }
}
