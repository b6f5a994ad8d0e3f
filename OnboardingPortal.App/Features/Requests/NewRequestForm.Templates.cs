using Microsoft.JSInterop;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>How templates fill the form, and how the form becomes one.</summary>
public sealed partial class NewRequestForm
{
    private readonly HashSet<PlatformKey> _filledServices = [];
    private IReadOnlyList<RequestTemplate> _templates = [];
    private string _defaultMessage = "";
    private string _templateId = "";          // empty = none
    private string _filledMessage = "";       // what was put into the form: anything else is the person's
    private string? _askedTemplate;           // what the open question would fill in
    private bool _naming;                     // whether a name for a template is asked for
    private string _templateName = "";
    private string? _templateRefusal;
    private string? _savedTemplate;

    private bool IsChanged => _message != _filledMessage || !_chosen.SetEquals(_filledServices);

    /// <summary>Fills in at once where nothing of the person's would be lost, and asks otherwise.</summary>
    private async Task AskToFillAsync(string id)
    {
        _askedTemplate = id;
        if (await script.InvokeAsync<string?>("portal.recall", Leaving, Draft) is { } typed) _message = typed; // also what the browser has not reported yet
        if (!IsChanged) await FillAsync();
    }

    private async Task FillAsync()
    {
        Fill(_templates.FirstOrDefault(t => t.Id.ToString() == _askedTemplate));
        _askedTemplate = null;
        await script.InvokeVoidAsync("portal.forget", Leaving, Draft); // what was typed is replaced on purpose
    }

    /// <summary>Puts a template into the form; null = the agency's default message and nothing chosen.</summary>
    private void Fill(RequestTemplate? template)
    {
        _templateId = template?.Id.ToString() ?? "";
        _message = _filledMessage = template is { Message.Length: > 0 } ? template.Message : _defaultMessage;
        _chosen.Clear();
        foreach (var platform in Platforms.Where(p => p.IsConfigured && template?.Platforms.Contains(p.Descriptor.Key) == true)) _chosen.Add(platform.Descriptor.Key);
        _filledServices.Clear();
        _filledServices.UnionWith(_chosen);

        var usable = _users.Where(u => u.Failure is null).ToList();
        ChooseUser(usable.Find(u => u.Id == template?.FacebookUserId) ?? (usable is [var only] ? only : null));
        if (_user?.BusinessManagers.Any(b => b.IsAdmin && b.ExternalId == template?.BusinessManagerId) == true) _business = template!.BusinessManagerId;
    }

    private Task SaveTemplateAsync() => RunAsync(async caller =>
    {
        var services = Platforms.Select(p => p.Descriptor.Key).Where(_chosen.Contains).ToList();
        var saved = await templates.SaveAsync(
            caller, null, new TemplateInput(_templateName, _message, services, NeedsBusiness ? _user?.Id : null, NeedsBusiness ? _business : null), Leaving);
        _templateRefusal = saved.Error switch
        {
            null => null,
            InputRefused { Fields.Count: > 0 } refused => refused.Fields.Values.First(),
            var refusal => errors.For(refusal, catalog),
        };
        if (!saved.Succeeded) return;
        (_naming, _savedTemplate, _templateName) = (false, _templateName.Trim(), "");
        _templates = await templates.ListAsync(caller, Leaving);
        _templateId = saved.Value.ToString();
        _filledMessage = _message;
        _filledServices.Clear();
        _filledServices.UnionWith(_chosen);
    });
}
