using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>Changes a request that was saved. Follows the client: what they begin with while the form is open can no longer be taken out.</summary>
public sealed partial class EditRequestForm(
    PortalPageServices services, RequestEditor editor, AgencyFacebookService facebook, PlatformCatalog catalog, RequestFeed feed,
    IStringLocalizer<RequestsText> text, IStringLocalizer<PortalError> errors, IJSRuntime script) : PortalPage(services)
{
    private readonly IStringLocalizer<RequestsText> _text = text;
    private readonly HashSet<PlatformKey> _chosen = [];
    private EditableRequest? _request;                    // null until loaded, and when it cannot be changed
    private string? _gone;                                // why it cannot
    private IReadOnlyList<FacebookUserSummary> _users = [];
    private IDisposable? _subscription;
    private bool _canConnect;
    private string _message = "";
    private FacebookUserSummary? _user;
    private string? _business;
    private string? _problem;
    private InputRefused? _refused;
    private bool _saved;

    [Parameter, EditorRequired] public long Id { get; set; }

    private string Draft => $"edit-request-{Id}";

    private RequestId Request => new(Id);

    /// <summary>What can be chosen, and what the request asks for although it is no longer offered.</summary>
    private IReadOnlyList<IPlatformClient> Platforms => catalog.All;

    private bool NeedsBusiness => Platforms.Any(p => p.Descriptor.Grants == PlatformGrants.Assets && _chosen.Contains(p.Descriptor.Key));

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        // Before the first reading, so that no change falls between the two.
        _subscription ??= feed.Subscribe(caller.Agency, caller.User, change => _ = change.Id == Request ? InvokeAsync(FollowAsync) : Task.CompletedTask);
        _users = await facebook.ListAsync(caller.Agency, Leaving);
        _canConnect = caller.Role == AgencyRole.MainUser;
        if (!await ReadAsync(caller)) return;
        _message = await script.InvokeAsync<string?>("portal.recall", Leaving, Draft) ?? _request!.Message;
        _chosen.UnionWith(_request!.Platforms);
        _user = _users.FirstOrDefault(u => u.Id == _request.FacebookUserId);
        _business = _request.BusinessManagerId;
    }

    /// <summary>Reads what can be changed now; what the person has typed and ticked stays, but for what the client has begun with.</summary>
    private async Task<bool> ReadAsync(AgencyCaller caller)
    {
        var found = await editor.FindAsync(caller, Request, Leaving);
        (_request, _gone) = found.Succeeded ? (found.Value, (string?)null) : (null, errors.For(found.Error, catalog));
        if (_request is null) return false;
        _chosen.UnionWith(_request.Kept.Keys);
        return true;
    }

    private async Task FollowAsync()
    {
        if (_saved) return;
        await TryAsync(ReadAsync);
        StateHasChanged();
    }

    private void Choose(IPlatformClient platform, bool on)
    {
        if (on) _chosen.Add(platform.Descriptor.Key);
        else _chosen.Remove(platform.Descriptor.Key);
    }

    private void ChooseUser(FacebookUserSummary? user)
    {
        _user = user;
        _business = user?.BusinessManagers.Where(b => b.IsAdmin).ToList() is [var only] ? only.ExternalId : null;
    }

    private Task SaveAsync() => _saved || _request is null ? Task.CompletedTask : RunAsync(async caller =>
    {
        // Also what is asked for and is no longer registered here stays, as long as nobody takes it out.
        var asked = Platforms.Select(p => p.Descriptor.Key).Concat(_request.Platforms).Distinct().Where(_chosen.Contains).ToList();
        var (user, business) = !NeedsBusiness ? (null, null) : _request.KeepsBusiness ? (_request.FacebookUserId, _request.BusinessManagerId) : (_user?.Id, _business);
        var refusal = await editor.SaveAsync(caller, Request, new RequestEdit(_message, asked, user, business), Leaving);
        (_refused, _problem) = (refusal as InputRefused, refusal is null ? null : errors.For(refusal, catalog));
        if (refusal is not null)
        {
            await ReadAsync(caller);
            return;
        }

        _saved = true; // until the browser is on its way, the button must not save again
        await LeaveAsync("?changed=yes");
    });

    private Task CancelAsync() => RunAsync(_ => LeaveAsync(""));

    private async Task LeaveAsync(string query)
    {
        await script.InvokeVoidAsync("portal.forget", Leaving, Draft);
        Navigation.NavigateTo($"/collaboration/requests/{Id}{query}");
    }

    private string? WhyKept(IPlatformClient platform) =>
        _request!.Kept.TryGetValue(platform.Descriptor.Key, out var reason) ? _text[$"Kept{reason}"].Value : null;

    private string? ProblemOf(string field) => _refused?.Fields.GetValueOrDefault(field);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _subscription?.Dispose();
        base.Dispose(disposing);
    }
}
