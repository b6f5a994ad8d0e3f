using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Templates;

/// <summary>Makes or changes a template.</summary>
public sealed partial class TemplateForm(
    PortalPageServices services, RequestTemplates templates, PlatformCatalog platforms, IValidator<TemplateInput> rules, Drafts drafts,
    IStringLocalizer<TemplatesText> text, IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private readonly IStringLocalizer<TemplatesText> _text = text;
    private readonly PlatformCatalog _platforms = platforms;
    private readonly Func<object, string, Task<IEnumerable<string?>>> _rules =
        rules.For<TemplateDraft, TemplateInput>(draft => draft.ToInput(platforms));

    private PortalForm<TemplateDraft>? _form;
    private TemplateDraft? _draft; // null until what was kept is read
    private bool _isRecalled;
    private string? _problem;

    /// <summary>What is changed; null = a new one.</summary>
    [Parameter, EditorRequired] public RequestTemplate? Template { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<FacebookUserSummary> Users { get; set; } = [];

    /// <summary>It is saved, or given up: the form is to be closed.</summary>
    [Parameter, EditorRequired] public EventCallback OnDone { get; set; }

    private string Keep => $"template-{Template?.Id.ToString() ?? "new"}";

    private FacebookUserSummary? User => Users.FirstOrDefault(u => u.Id == _draft?.FacebookUserId);

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var start = TemplateDraft.Of(Template, Users);
        var kept = await drafts.RecallAsync(Keep, start, Leaving);
        _draft = kept ?? start;
        _isRecalled = kept is not null;
    }

    private Task ChooseAsync((PlatformKey Platform, bool On) choice)
    {
        _draft!.Choose(choice.Platform, choice.On);
        return _form!.NoteChangeAsync(nameof(RequestTerms.Platforms));
    }

    private void ChooseUser(FacebookUserSummary? user)
    {
        _draft!.FacebookUserId = user?.Id;
        _draft.BusinessManagerId = null;
    }

    private Task SaveAsync() => RunAsync(async caller =>
    {
        var saved = await templates.SaveAsync(caller, Template?.Id, _draft!.ToInput(_platforms), Leaving);
        var refused = saved.Error switch
        {
            InputRefused input => input,
            TemplateNameTaken taken => new InputRefused(new Dictionary<string, string>
            {
                [nameof(TemplateInput.Name)] = errors.For(taken, _platforms),
            }),
            _ => null,
        };
        _problem = saved.Succeeded || refused is not null ? null : errors.For(saved.Error, _platforms);
        if (refused is not null) await _form!.RefuseAsync(refused);
        if (!saved.Succeeded) return;
        await _form!.SavedAsync();
        Notices.Show(Notice.Done(_text["TemplateSaved", _draft.Name.Trim()]));
        await OnDone.InvokeAsync();
    });

    private async Task CancelAsync()
    {
        await _form!.SavedAsync(); // nothing of it is kept
        await OnDone.InvokeAsync();
    }
}
