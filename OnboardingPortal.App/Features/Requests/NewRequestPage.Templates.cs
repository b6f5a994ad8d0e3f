using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>How templates fill the form, and how the form becomes one.</summary>
public sealed partial class NewRequestPage
{
    private IReadOnlyList<RequestTemplate> _templates = [];
    private string _defaultMessage = "";

    /// <summary>Whether the form says something else than the template that filled it.</summary>
    private bool IsChanged
    {
        get
        {
            var template = Find(_draft!.Template);
            return _draft.Message != MessageOf(template) || !_draft.Platforms.SetEquals(ServicesOf(template));
        }
    }

    private RequestTemplate? Find(RequestTemplateId? id) => _templates.FirstOrDefault(t => t.Id == id);

    private string NameOfTemplate(RequestTemplateId? id) => Find(id)?.Name ?? text["NoTemplate"];

    /// <summary>Fills in at once where nothing of the person's would be lost, and asks otherwise.</summary>
    private async Task AskToFillAsync(RequestTemplateId? id)
    {
        var draft = _draft!;
        var before = _draft!.Template;
        var asks = IsChanged;
        draft.Template = id; // what the select shows by now: taken back, it shows the former again
        if (asks && !await dialogs.AskAsync(text["ReplaceTitle"], text["ReplaceText"], text["Replace"], text["KeepMine"]))
            draft.Template = before;
        else Fill(draft, Find(id));
        await _form!.NoteChangeAsync(nameof(RequestDraft.Template));
    }

    /// <summary>Puts a template into the form; null = the agency's default message and nothing chosen.</summary>
    private void Fill(RequestDraft draft, RequestTemplate? template)
    {
        draft.Template = template?.Id;
        draft.Message = MessageOf(template);
        draft.Platforms = ServicesOf(template);
        var usable = _users.Where(u => u.Failure is null).ToList();
        var user = usable.Find(u => u.Id == template?.FacebookUserId) ?? (usable is [var only] ? only : null);
        draft.ChooseUser(user);
        if (user?.BusinessManagers.Any(b => b.IsAdmin && b.ExternalId == template?.BusinessManagerId) == true)
            draft.BusinessManagerId = template!.BusinessManagerId;
    }

    private string MessageOf(RequestTemplate? template) => template is { Message.Length: > 0 } ? template.Message : _defaultMessage;

    private HashSet<PlatformKey> ServicesOf(RequestTemplate? template) =>
        [.. _catalog.All.Where(p => p.IsConfigured).Select(p => p.Descriptor.Key).Where(key => template?.Platforms.Contains(key) == true)];

    private async Task SaveTemplateAsync()
    {
        var parameters = new DialogParameters<TemplateNameDialog> { { d => d.OnSave, name => TrySaveTemplateAsync(name) } };
        await dialogs.ShowAsync<TemplateNameDialog>(text["SaveAsTemplate"], parameters);
    }

    /// <returns>Why it is refused, or null.</returns>
    private async Task<string?> TrySaveTemplateAsync(string name)
    {
        string? refusal = null;
        await RunAsync(async caller =>
        {
            var saved = await templates.SaveAsync(caller, null, new TemplateInput(name, _draft!.ToInput(_catalog)), Leaving);
            refusal = saved.Error switch
            {
                null => null,
                InputRefused { Fields.Count: > 0 } refused => refused.Fields.Values.First(),
                var error => errors.For(error, _catalog),
            };
            if (!saved.Succeeded) return;
            _templates = await templates.ListAsync(caller, Leaving);
            _draft.Template = saved.Value;
            Notices.Show(Notice.Done(text["TemplateSaved", name.Trim()]));
        });
        StateHasChanged();
        return refusal;
    }
}
