using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>
/// What is typed and chosen in the form of a request. The browser keeps it until it is saved.
/// </summary>
public sealed class RequestDraft : TermsDraft
{
    /// <summary>Two-letter code; empty = the client's browser decides.</summary>
    public string Language { get; set; } = "";

    /// <summary>The template that filled it; null = none.</summary>
    public RequestTemplateId? Template { get; set; }

    /// <summary>Chooses who receives assets, with their Business Manager where only one can be.</summary>
    public void ChooseUser(FacebookUserSummary? user)
    {
        FacebookUserId = user?.Id;
        BusinessManagerId = user?.BusinessManagers.Where(b => b.IsAdmin).ToList() is [var only] ? only.ExternalId : null;
    }

    /// <summary>As the rules judge it and the services save it.</summary>
    public RequestTerms ToInput(PlatformCatalog catalog) =>
        ToTerms(catalog, []) with { Language = Language.Length == 0 ? null : Language };
}
