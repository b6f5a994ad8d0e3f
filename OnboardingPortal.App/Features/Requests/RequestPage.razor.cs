using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>One request: what happened, who got it, what was granted. Follows along while the client works.</summary>
public sealed partial class RequestPage(
    PortalPageServices services, RequestTable table, RequestDetailsReader reader, RequestFeed feed, RequestActions actions,
    RequestDialogs dialogs,
    ClientQuestions questions, IStringLocalizer<RequestsText> text, IJSRuntime script) : PortalPage(services)
{
    private RequestDetails? _details;                    // null until loaded, and when the request is deleted
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private IDisposable? _subscription;

    [Parameter] public long Id { get; set; }

    protected override object? Subject => Id;

    private IStringLocalizer<RequestsText> Text => text;

    private RequestId Request => RequestId.From(Id);

    private string Title => _details?.Request switch
    {
        null => text["RequestTitle"],
        { RecipientCount: 0 } => text["NoRecipient"],
        { RecipientCount: 1, FirstRecipient: var only } => only,
        { FirstRecipient: var first, RecipientCount: var count } => $"{first} {text["More", count - 1]}",
    };

    /// <summary>A request that is deleted, unknown or another agency's gives the same answer.</summary>
    protected override async Task CheckAddressAsync(AgencyCaller caller)
    {
        if (await table.FindAsync(caller.Scope, Request, Leaving) is null) Navigation.NotFound();
    }

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        // Before the first reading, so that no change falls between the two.
        _subscription ??= feed.Subscribe(
            caller, change => _ = change.Id == Request || change.IsUnknown ? InvokeAsync(TakeAsync) : Task.CompletedTask);
        if (TimeZoneInfo.TryFindSystemTimeZoneById(await script.InvokeAsync<string?>("portal.timeZone", Leaving) ?? "", out var zone))
            _zone = zone;
        _details = await reader.FindAsync(caller.Scope, Request, Leaving);
        if (_details is null) Navigation.NotFound();
    }

    private async Task TakeAsync()
    {
        await TryAsync(async caller => _details = await reader.FindAsync(caller.Scope, Request, Leaving));
        StateHasChanged();
    }

    /// <returns>Why nothing was sent, or null.</returns>
    private async Task<string?> SendAsync(string addresses)
    {
        Notice? sent = null;
        await RunAsync(async caller => sent = await actions.SendAsync(caller, Request, addresses, Leaving));
        if (sent is not { IsDone: true }) return sent?.Words;
        Notices.Show(sent);
        return null;
    }

    private Task ResendAsync() => dialogs.ResendAsync(_details!.Request, async choice =>
    {
        Notice? sent = null;
        await RunAsync(async caller => sent = await actions.ResendAsync(caller, Request, choice, Leaving));
        if (sent is { IsDone: true }) Notices.Show(sent);
        return sent;
    });

    private Task MarkAnsweredAsync(ClientQuestion question) => RunAsync(async caller =>
    {
        if (await questions.MarkAnsweredAsync(caller, Request, question.Id, Leaving) is { } refusal) Notices.Show(actions.Refuse(refusal));
    });

    private Task RenewAsync() => RunAsync(async caller => Notices.Show(await actions.RenewAsync(caller, Request, Leaving)));

    private Task CopyAsync() => RunAsync(async caller => Notices.Show(await actions.CopyLinkAsync(caller, Request, Leaving)));

    private async Task ReplaceLinkAsync()
    {
        if (await dialogs.AskNewLinkAsync())
            await RunAsync(async caller => Notices.Show(await actions.ReplaceLinkAsync(caller, Request, Leaving)));
    }

    private async Task ReplaceLinkOfAsync(Recipient recipient)
    {
        if (!await dialogs.AskNewLinkAsync(recipient)) return;
        await RunAsync(async caller => Notices.Show(await actions.ReplaceLinkAsync(caller, Request, recipient, Leaving)));
    }

    private async Task DeleteAsync()
    {
        if (!await dialogs.AskDeleteAsync(_details!.Request)) return;
        await RunAsync(async caller =>
        {
            var notice = await actions.DeleteAsync(caller, Request, Leaving);
            if (!notice.IsDone)
            {
                Notices.Show(notice);
                return;
            }

            Notices.ShowNext(notice);
            Navigation.NavigateTo("/collaboration/requests");
        });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _subscription?.Dispose();
        base.Dispose(disposing);
    }
}
