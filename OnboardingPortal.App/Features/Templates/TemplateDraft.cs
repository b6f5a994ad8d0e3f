using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Templates;

/// <summary>
/// What is typed and chosen in the form of a template, by the names of <see cref="TemplateInput"/>. The browser keeps it until it is saved.
/// </summary>
public sealed class TemplateDraft
{
    public string Name { get; set; } = "";

    public string Message { get; set; } = "";

    public HashSet<PlatformKey> Platforms { get; set; } = [];

    public AgencyFacebookUserId? FacebookUserId { get; set; }

    public string? BusinessManagerId { get; set; }

    /// <summary>What the template holds; all empty without one. A Facebook user who is gone, or no longer Admin, is not chosen.</summary>
    public static TemplateDraft Of(RequestTemplate? template, IReadOnlyList<FacebookUserSummary> users)
    {
        if (template is null) return new();
        var user = users.FirstOrDefault(u => u.Id == template.FacebookUserId);
        var business = user?.BusinessManagers.FirstOrDefault(b => b.IsAdmin && b.ExternalId == template.BusinessManagerId);
        return new()
        {
            Name = template.Name,
            Message = template.Message,
            Platforms = [.. template.Platforms],
            FacebookUserId = user?.Id,
            BusinessManagerId = business?.ExternalId,
        };
    }

    /// <summary>Whether something is asked for that a Business Manager receives.</summary>
    public bool NeedsBusiness(PlatformCatalog catalog) =>
        catalog.All.Any(p => p.Descriptor.Grants == PlatformGrants.Assets && Platforms.Contains(p.Descriptor.Key));

    public void Choose(PlatformKey platform, bool on)
    {
        if (on) Platforms.Add(platform);
        else Platforms.Remove(platform);
    }

    /// <summary>As the rules judge it and the service saves it.</summary>
    public TemplateInput ToInput(PlatformCatalog catalog)
    {
        var needsBusiness = NeedsBusiness(catalog);
        return new TemplateInput(
            Name, Message, [.. catalog.All.Select(p => p.Descriptor.Key).Where(Platforms.Contains)],
            needsBusiness ? FacebookUserId : null, needsBusiness ? BusinessManagerId : null);
    }
}
