using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Templates;

/// <summary>The agency's templates: what a main user can keep, change and choose as the start of new requests.</summary>
public sealed partial class TemplatesPage(
    PortalPageServices services, RequestTemplates templates, AgencyFacebookService facebook, PlatformCatalog platforms,
    IDialogService dialogs, IStringLocalizer<TemplatesText> text, IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private const string New = "new";

    private readonly IStringLocalizer<TemplatesText> _text = text;
    private IReadOnlyList<RequestTemplate>? _templates; // null until the first load
    private IReadOnlyList<FacebookUserSummary> _users = [];

    /// <summary>The id of the template whose form is open, <c>new</c> for a new one; null = none.</summary>
    [SupplyParameterFromQuery] public string? Edit { get; set; }

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        _users = await facebook.ListAsync(caller.Agency, Leaving);
        _templates = await templates.ListAsync(caller, Leaving);
    }

    private void Open(string? template) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("edit", template), replace: true);

    private async Task CloseAsync()
    {
        Open(null);
        await ReloadAsync();
    }

    private Task MakeDefaultAsync(RequestTemplate template) => RunAsync(async caller =>
    {
        var refusal = await templates.MakeDefaultAsync(caller, template.IsDefault ? null : template.Id, Leaving);
        Tell(refusal, template.IsDefault ? "DefaultGone" : "DefaultChosen", template);
        await LoadAsync(caller);
    });

    private async Task DeleteAsync(RequestTemplate template)
    {
        var isSure = await dialogs.AskAsync(
            _text["DeleteTemplateTitle", template.Name], _text["DeleteTemplateText"], _text["DeleteTemplate"], isDangerous: true);
        if (!isSure) return;
        await RunAsync(async caller =>
        {
            Tell(await templates.DeleteAsync(caller, template.Id, Leaving), "TemplateDeleted", template);
            await LoadAsync(caller);
        });
    }

    private void Tell(PortalError? refusal, string done, RequestTemplate template) =>
        Notices.Show(refusal is null
            ? Notice.Done(_text[done, template.Name])
            : new Notice(Severity.Error, errors.For(refusal, platforms)));
}
