using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Templates;

/// <summary>
/// What is typed and chosen in the form of a template. The browser keeps it until it is saved.
/// </summary>
public sealed class TemplateDraft : TermsDraft
{
    public string Name { get; set; } = "";

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

    /// <summary>As the rules judge it and the service saves it.</summary>
    public TemplateInput ToInput(PlatformCatalog catalog) => new(Name, ToTerms(catalog, []));
}
