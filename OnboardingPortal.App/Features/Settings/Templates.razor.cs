using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Settings;

/// <summary>The agency's templates: what a main user can keep, change and choose as the start of new requests.</summary>
public sealed partial class Templates(
    PortalPageServices services, RequestTemplates templates, AgencyFacebookService facebook, PlatformCatalog platforms, IStringLocalizer<SettingsText> text,
    IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private readonly IStringLocalizer<SettingsText> _text = text;
    private readonly PlatformCatalog _platforms = platforms;
    private IReadOnlyList<RequestTemplate>? _templates;   // null until the first load
    private IReadOnlyList<FacebookUserSummary> _users = [];
    private Editing? _editing;                            // null while no form is open
    private RequestTemplate? _asked;                      // whom the open question is about
    private PortalError? _refusal;                        // of the open form
    private Notice? _told;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _users = await facebook.ListAsync(caller.Agency, Leaving);
        _templates = await templates.ListAsync(caller, Leaving);
    }

    private void Edit(RequestTemplate? template) => (_editing, _refusal, _told) = (new Editing(template), null, null);

    private Task SaveAsync(TemplateInput input) => RunAsync(async caller =>
    {
        var saved = await templates.SaveAsync(caller, _editing?.Template?.Id, input, Leaving);
        _refusal = saved.Error;
        if (!saved.Succeeded) return;
        (_editing, _told) = (null, Notice.Done(_text["TemplateSaved", input.Name.Trim()]));
        await LoadAsync(caller);
    });

    private Task MakeDefaultAsync(RequestTemplate template) => RunAsync(async caller =>
    {
        Tell(await templates.MakeDefaultAsync(caller, template.IsDefault ? null : template.Id, Leaving));
        await LoadAsync(caller);
    });

    private Task DeleteAsync() => RunAsync(async caller =>
    {
        if (_asked is not { } template) return;
        Tell(await templates.DeleteAsync(caller, template.Id, Leaving));
        _asked = null;
        if (_editing?.Template?.Id == template.Id) _editing = null;
        await LoadAsync(caller);
    });

    private void Tell(PortalError? refusal) => _told = refusal is null ? null : Notice.Refused(errors.For(refusal, _platforms));

    /// <summary>What the open form changes; a new one for each opening.</summary>
    private sealed class Editing(RequestTemplate? template)
    {
        /// <summary>Null = a new template.</summary>
        public RequestTemplate? Template => template;
    }
}
