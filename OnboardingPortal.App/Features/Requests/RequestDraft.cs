using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>
/// What is typed and chosen in the form of a request, by the names of <see cref="NewRequest"/>. The browser keeps it until it is saved.
/// </summary>
public sealed class RequestDraft
{
    public string Message { get; set; } = "";

    public HashSet<PlatformKey> Platforms { get; set; } = [];

    public AgencyFacebookUserId? FacebookUserId { get; set; }

    public string? BusinessManagerId { get; set; }

    /// <summary>Two-letter code; empty = the client's browser decides.</summary>
    public string Language { get; set; } = "";

    /// <summary>The template that filled it; null = none.</summary>
    public RequestTemplateId? Template { get; set; }

    /// <summary>Whether something is asked for that a Business Manager receives.</summary>
    public bool NeedsBusiness(PlatformCatalog catalog) =>
        catalog.All.Any(p => p.Descriptor.Grants == PlatformGrants.Assets && Platforms.Contains(p.Descriptor.Key));

    public void Choose(PlatformKey platform, bool on)
    {
        if (on) Platforms.Add(platform);
        else Platforms.Remove(platform);
    }

    /// <summary>Chooses who receives assets, with their Business Manager where only one can be.</summary>
    public void ChooseUser(FacebookUserSummary? user)
    {
        FacebookUserId = user?.Id;
        BusinessManagerId = user?.BusinessManagers.Where(b => b.IsAdmin).ToList() is [var only] ? only.ExternalId : null;
    }

    /// <summary>As the rules judge it and the services save it.</summary>
    public NewRequest ToInput(PlatformCatalog catalog)
    {
        var needsBusiness = NeedsBusiness(catalog);
        return new NewRequest(
            Message, Asked(catalog, []), needsBusiness ? FacebookUserId : null, needsBusiness ? BusinessManagerId : null,
            Language.Length == 0 ? null : Language);
    }

    /// <summary>What is asked for, in the order of the catalogue; also what was before and is no longer offered.</summary>
    public List<PlatformKey> Asked(PlatformCatalog catalog, IEnumerable<PlatformKey> before) =>
        [.. catalog.All.Select(p => p.Descriptor.Key).Concat(before).Distinct().Where(Platforms.Contains)];
}
