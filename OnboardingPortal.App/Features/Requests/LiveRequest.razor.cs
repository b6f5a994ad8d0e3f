using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>One request: what happened, who got it, what was granted. Follows along while the client works.</summary>
public sealed partial class LiveRequest(
    PortalPageServices services, RequestDetailsReader reader, RequestFeed feed, RequestActions actions, ClientQuestions questions, IStringLocalizer<RequestsText> text, IJSRuntime script)
    : PortalPage(services)
{
    private readonly IStringLocalizer<RequestsText> _text = text;
    private RequestDetails? _details;                    // null until loaded, and when the request is deleted
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private IDisposable? _subscription;
    private Notice? _notice;
    private string _addresses = "";
    private string? _sendProblem;
    private bool _asks;
    private bool _resends;
    private string? _resendProblem;

    [Parameter, EditorRequired] public long Id { get; set; }

    /// <summary>Whether the request was changed a moment ago, which is then said.</summary>
    [Parameter] public bool IsChanged { get; set; }

    private RequestId Request => new(Id);

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        // Before the first reading, so that no change falls between the two.
        _subscription ??= feed.Subscribe(caller.Agency, caller.User, change => _ = change.Id == Request ? InvokeAsync(TakeAsync) : Task.CompletedTask);
        if (TimeZoneInfo.TryFindSystemTimeZoneById(await script.InvokeAsync<string?>("portal.timeZone", Leaving) ?? "", out var zone)) _zone = zone;
        _details = await reader.FindAsync(caller.Scope, Request, Leaving);
        if (!IsChanged || _details is null) return;
        _notice = Notice.Done(_text[_details.Request.RecipientCount > 0 ? "ChangesSaved" : "ChangesSavedUnsent"]);
        await actions.RememberAsync($"/collaboration/requests/{Id}"); // once, not at each look at the page
    }

    private async Task TakeAsync()
    {
        await TryAsync(async caller => _details = await reader.FindAsync(caller.Scope, Request, Leaving));
        StateHasChanged();
    }

    private Task SendAsync() => RunAsync(async caller =>
    {
        var notice = await actions.SendAsync(caller, Request, _addresses, Leaving);
        _sendProblem = notice.IsDone ? null : notice.Words;
        if (!notice.IsDone) return;
        (_notice, _addresses) = (notice, "");
    });

    private Task ResendAsync(ResendChoice choice) => RunAsync(async caller =>
    {
        var notice = await actions.ResendAsync(caller, Request, choice, Leaving);
        _resendProblem = notice.IsDone ? null : notice.Words;
        if (notice.IsDone) (_notice, _resends) = (notice, false);
    });

    private Task MarkAnsweredAsync(ClientQuestion question) => RunAsync(async caller =>
    {
        if (await questions.MarkAnsweredAsync(caller, Request, question.Id, Leaving) is { } refusal) _notice = actions.Refuse(refusal);
    });

    private Task RenewAsync() => RunAsync(async caller => _notice = await actions.RenewAsync(caller, Request, Leaving));

    private Task CopyAsync() => RunAsync(async caller => _notice = await actions.CopyLinkAsync(caller, Request, Leaving));

    private Task DeleteAsync() => RunAsync(async caller =>
    {
        _notice = await actions.DeleteAsync(caller, Request, Leaving);
        _asks = false;
        if (_notice.IsDone) Navigation.NavigateTo("/collaboration/requests");
    });

    private string NameOf(RequestDetails details) => details.Request switch
    {
        { RecipientCount: 0 } => _text["NoRecipient"],
        { RecipientCount: 1, FirstRecipient: var only } => only,
        { FirstRecipient: var first, RecipientCount: var count } => $"{first} {_text["More", count - 1]}",
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing) _subscription?.Dispose();
        base.Dispose(disposing);
    }
}
