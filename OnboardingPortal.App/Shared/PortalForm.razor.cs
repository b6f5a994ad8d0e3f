using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using MudBlazor.Utilities;

namespace OnboardingPortal.App.Shared;

public sealed partial class PortalForm<TDraft> : ComponentBase
    where TDraft : class
{
    private readonly string _id = $"form-{Guid.NewGuid():N}";
    private readonly Dictionary<string, object?> _attributes;
    private readonly Func<object, string, Task<IEnumerable<string?>>> _check;
    private IReadOnlyDictionary<string, string> _refused = new Dictionary<string, string>();
    private MudForm _form = null!;
    private bool _isChanged;

    public PortalForm()
    {
        _check = CheckAsync;
        _attributes = new()
        {
            ["id"] = _id,
            ["novalidate"] = true,
            ["onsubmit"] = EventCallback.Factory.Create(this, SubmitAsync),
        };
    }

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private Drafts Drafts { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private IStringLocalizer<SharedText> Text { get; set; } = null!;

    /// <summary>What is typed into. Its fields are named like those of the input that the rules judge.</summary>
    [Parameter, EditorRequired] public TDraft Draft { get; set; } = null!;

    /// <summary>By <see cref="FormRules"/>; null = only the service judges.</summary>
    [Parameter] public Func<object, string, Task<IEnumerable<string?>>>? Rules { get; set; }

    /// <summary>
    /// Fields that are none of MudBlazor, such as a group of boxes: judged when the form is sent, <see cref="ProblemOf"/> says what is
    /// wrong. Their element has the class <c>mud-input-error</c> then, which is how the first of them gets the focus.
    /// </summary>
    [Parameter] public IReadOnlyList<string> Groups { get; set; } = [];

    /// <summary>Whether the draft starts with something unsaved: what was kept of it.</summary>
    [Parameter] public bool StartsChanged { get; set; }

    /// <summary>
    /// Under which name <see cref="Drafts"/> keeps what was typed; null = not kept. The fields carry their names in <c>name</c>.
    /// </summary>
    [Parameter] public string? Keep { get; set; }

    /// <summary>Whether leaving the page with something unsaved asks first.</summary>
    [Parameter] public bool AsksOnLeaving { get; set; } = true;

    [Parameter] public string? Class { get; set; }

    /// <summary>Called when every field is well.</summary>
    [Parameter, EditorRequired] public EventCallback OnSubmit { get; set; }

    /// <summary>The fields, and a button of the type <c>Submit</c>.</summary>
    [Parameter, EditorRequired] public RenderFragment? ChildContent { get; set; }

    /// <summary>Whether the form is being sent: then every field is judged, also one that is still being typed into.</summary>
    public bool IsSubmitting { get; private set; }

    /// <summary>Why the service refused a field, or the rules one of the <see cref="Groups"/>; null when they did not.</summary>
    public string? ProblemOf(string field) => _refused.GetValueOrDefault(field);

    /// <summary>Shows what the service refused, at the fields, and goes to the first of them.</summary>
    public async Task RefuseAsync(InputRefused refused)
    {
        _refused = refused.Fields;
        await JudgeAsync();
    }

    /// <summary>Judges the fields that are shown, and goes to the first that something is wrong with.</summary>
    public async Task JudgeAsync()
    {
        await _form.ValidateAsync();
        StateHasChanged();
        await GoToFirstProblemAsync();
    }

    /// <summary>Something that is no field of MudBlazor changed.</summary>
    public Task NoteChangeAsync(string field)
    {
        OnFieldChanged(field);
        return Task.CompletedTask;
    }

    /// <summary>What was typed is saved: leaving asks nothing any more.</summary>
    public async Task SavedAsync()
    {
        _isChanged = false;
        StateHasChanged();
        if (Keep is not null) await Drafts.ForgetAsync(Keep, CancellationToken.None);
    }

    protected override void OnInitialized() => _isChanged = StartsChanged;

    protected override void OnParametersSet() => _attributes["data-draft"] = Keep;

    private async Task SubmitAsync()
    {
        if (IsSubmitting) return;
        IsSubmitting = true;
        try
        {
            _refused = await JudgeGroupsAsync();
            await _form.ValidateAsync();
            if (_form.IsValid && _refused.Count == 0) await OnSubmit.InvokeAsync();
            else await GoToFirstProblemAsync();
        }
        finally
        {
            IsSubmitting = false;
        }
    }

    private async Task<Dictionary<string, string>> JudgeGroupsAsync()
    {
        var problems = new Dictionary<string, string>();
        foreach (var group in Rules is null ? [] : Groups)
        {
            if ((await Rules!(Draft, group)).FirstOrDefault() is { } problem) problems[group] = problem;
        }

        return problems;
    }

    private async Task<IEnumerable<string?>> CheckAsync(object draft, string field)
    {
        var wrong = Rules is null ? [] : await Rules(draft, field);
        return ProblemOf(field) is { } refused && !wrong.Contains(refused) ? [.. wrong, refused] : wrong;
    }

    private void OnFieldChanged(FormFieldChangedEventArgs change) =>
        OnFieldChanged((change.Field as MudComponentBase)?.UserAttributes.GetValueOrDefault("name") as string);

    private void OnFieldChanged(string? field)
    {
        _isChanged = true;
        if (field is not null && ProblemOf(field) is not null) _refused = _refused.Where(f => f.Key != field).ToDictionary();
        _ = KeepAsync();
    }

    /// <summary>Nobody waits for the browser here: what the person does next, such as saving, must find the change noted.</summary>
    private async Task KeepAsync()
    {
        if (Keep is null) return;
        try
        {
            await Drafts.KeepAsync(Keep, Draft, CancellationToken.None);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            return; // the browser is gone; it has what was kept before
        }
    }

    private async Task GoToFirstProblemAsync()
    {
        await Task.Yield(); // rules that answer at once have not let what is wrong be shown yet
        await Script.InvokeVoidAsync("portal.focusProblem", _id);
    }

    private async Task AskAsync(LocationChangingContext leaving)
    {
        if (!_isChanged || !AsksOnLeaving || IsSamePage(leaving.TargetLocation)) return;
        if (await Dialogs.AskAsync(Text["LeaveTitle"], Text["LeaveText"], Text["LeaveYes"], Text["LeaveNo"], isDangerous: true))
        {
            _isChanged = false;
            if (Keep is not null) await Drafts.ForgetAsync(Keep, CancellationToken.None);
        }
        else
        {
            leaving.PreventNavigation();
        }
    }

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private bool IsSamePage(string target) => Navigation.ToAbsoluteUri(target).AbsolutePath == new Uri(Navigation.Uri).AbsolutePath;
}
