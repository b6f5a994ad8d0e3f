using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>
/// Changes a request that was saved. Follows the client: what they begin with while the form is open can no longer be taken out.
/// </summary>
public sealed partial class EditRequestPage(
    PortalPageServices services, RequestEditor editor, RequestTable table, AgencyFacebookService facebook, PlatformCatalog catalog,
    RequestFeed feed,
    IValidator<RequestTerms> rules, Drafts drafts, IStringLocalizer<RequestsText> text,
    IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private static readonly string[] Groups = [nameof(RequestTerms.Platforms)];

    private readonly PlatformCatalog _catalog = catalog;
    private Func<object, string, Task<IEnumerable<string?>>>? _rules;
    private PortalForm<RequestDraft>? _form;
    private RequestDraft _draft = new();
    private bool _isRecalled;
    private EditableRequest? _request;                    // null until loaded, and when it cannot be changed
    private string? _gone;                                // why it cannot
    private bool _isUnknown;
    private Dictionary<PlatformKey, string> _kept = [];
    private IReadOnlyList<FacebookUserSummary> _users = [];
    private IDisposable? _subscription;
    private bool _isMainUser;
    private string? _problem;
    private bool _saved;

    [Parameter] public long Id { get; set; }

    protected override object? Subject => Id;

    private IStringLocalizer<RequestsText> Text => text;

    private RequestId Request => RequestId.From(Id);

    private string Keep => $"edit-request-{Id}";

    private FacebookUserSummary? User => _users.FirstOrDefault(u => u.Id == _draft.FacebookUserId);

    protected override async Task CheckAddressAsync(AgencyCaller caller)
    {
        if (await table.FindAsync(caller.Scope, Request, Leaving) is null) Navigation.NotFound();
    }

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        // Before the first reading, so that no change falls between the two.
        _subscription ??= feed.Subscribe(
            caller, change => _ = change.Id == Request || change.IsUnknown ? InvokeAsync(FollowAsync) : Task.CompletedTask);
        _users = await facebook.ListAsync(caller.Agency, Leaving);
        _isMainUser = caller.Role == AgencyRole.MainUser;
        _draft = new RequestDraft();
        if (!await ReadAsync(caller))
        {
            if (_isUnknown) Navigation.NotFound();
            return;
        }

        var request = _request!;
        var start = new RequestDraft
        {
            Message = request.Terms.Message,
            Platforms = [.. request.Terms.Platforms],
            FacebookUserId = request.Terms.FacebookUserId,
            BusinessManagerId = request.Terms.BusinessManagerId,
        };
        var draft = await drafts.RecallAsync(Keep, start, Leaving);
        _isRecalled = draft is not null;
        draft ??= start;
        draft.Platforms.UnionWith(request.Kept.Keys);
        _draft = draft;
        _rules = rules.For<RequestDraft, RequestTerms>(
            typed => typed.ToInput(_catalog), context => RequestTermsValidator.Changing(context, request.Terms.Platforms));
    }

    /// <summary>
    /// Reads what can be changed now; what the person has typed and ticked stays, but for what the client has begun with.
    /// </summary>
    private async Task<bool> ReadAsync(AgencyCaller caller)
    {
        var found = await editor.FindAsync(caller, Request, Leaving);
        _request = found.Succeeded ? found.Value : null;
        _gone = found.Succeeded ? null : errors.For(found.Error, _catalog);
        _isUnknown = found.Error is RequestNotFound;
        if (_request is null) return false;
        _kept = _request.Kept.ToDictionary(k => k.Key, k => text[$"Kept{k.Value}"].Value);
        _draft.Platforms.UnionWith(_request.Kept.Keys);
        return true;
    }

    private async Task FollowAsync()
    {
        if (_saved) return;
        await TryAsync(ReadAsync);
        StateHasChanged();
    }

    private Task ChooseAsync((PlatformKey Platform, bool On) choice)
    {
        _draft.Choose(choice.Platform, choice.On);
        return _form!.NoteChangeAsync(nameof(RequestTerms.Platforms));
    }

    private Task SaveAsync() => _saved || _request is null ? Task.CompletedTask : RunAsync(async caller =>
    {
        // Also what is asked for and is no longer registered here stays, as long as nobody takes it out.
        var before = _request.Terms;
        var terms = _draft.ToTerms(_catalog, before.Platforms);
        if (_request.KeepsBusiness && _draft.NeedsBusiness(_catalog))
            terms = terms with { FacebookUserId = before.FacebookUserId, BusinessManagerId = before.BusinessManagerId };
        var refusal = await editor.SaveAsync(caller, Request, terms, Leaving);
        _problem = refusal is null ? null : errors.For(refusal, _catalog);
        if (refusal is not null)
        {
            await ReadAsync(caller);
            if (refusal is InputRefused refused && _request is not null) await _form!.RefuseAsync(refused);
            return;
        }

        _saved = true; // until the browser is on its way, the button must not save again
        await _form!.SavedAsync();
        var isSent = await table.FindAsync(caller.Scope, Request, Leaving) is { RecipientCount: > 0 };
        Notices.ShowNext(Notice.Done(text[isSent ? "ChangesSaved" : "ChangesSavedUnsent"]));
        Leave();
    });

    private void Leave() => Navigation.NavigateTo($"/collaboration/requests/{Id}");

    protected override void Dispose(bool disposing)
    {
        if (disposing) _subscription?.Dispose();
        base.Dispose(disposing);
    }
}
