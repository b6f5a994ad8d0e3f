using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.App.Features.Webhooks;

/// <summary>The agency's webhooks, one of them with its log. For main users; every press asks the services, which ask who presses.</summary>
public sealed partial class WebhookList(
    PortalPageServices services, WebhookService webhooks, WebhookLog log, PlatformCatalog platforms, TimeProvider clock, IStringLocalizer<WebhooksText> text,
    IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private const int PageSize = 20;
    private const int MostLooks = 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly IStringLocalizer<WebhooksText> _text = text;
    private readonly Stack<WebhookDeliveryId?> _newer = [];   // where the newer pages of the open log begin
    private IReadOnlyList<WebhookSummary>? _webhooks;         // null until the first load, and when the reader may not see them any more
    private WebhookEndpointId? _open;                         // whose log is open
    private WebhookLogPage? _page;                            // of the open log
    private WebhookDeliveryId? _before;
    private NewWebhook? _secret;                              // to be shown this once
    private Editing? _editing;                                // null while no form is open
    private PortalError? _refusal;                            // of the open form
    private (WebhookSummary Webhook, Question Question)? _asked;
    private Notice? _told;
    private int _looks;                                       // how often the log is still read again by itself

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var listed = await webhooks.ListAsync(caller, Leaving);
        if (!listed.Succeeded)
        {
            (_webhooks, _told) = (null, Refused(listed.Error));
            return;
        }

        _webhooks = listed.Value;
        if (_open is not { } open) return;
        var page = await log.ListAsync(caller, open, _before, PageSize, Leaving);
        if (page.Succeeded) _page = page.Value;
        else Close();
    }

    private void Edit(WebhookSummary? webhook) => (_editing, _refusal, _told) = (new Editing(webhook), null, null);

    private void Ask(WebhookSummary webhook, Question question) => (_asked, _told) = ((webhook, question), null);

    private Task SaveAsync(WebhookInput input) => RunAsync(async caller =>
    {
        if (_editing is not { } editing) return;
        if (editing.Webhook is { } known)
        {
            _refusal = await webhooks.ChangeAsync(caller, known.Id, input, Leaving);
            if (_refusal is not null) return;
            _told = Notice.Done(_text["Changed"]);
        }
        else
        {
            var added = await webhooks.AddAsync(caller, input, Leaving);
            _refusal = added.Error;
            if (!added.Succeeded) return;
            _secret = added.Value;
        }

        _editing = null;
        await LoadAsync(caller);
    });

    private Task SwitchAsync(WebhookSummary webhook) => DoAsync(
        caller => webhook.DisabledAt is null ? webhooks.SwitchOffAsync(caller, webhook.Id, Leaving) : webhooks.SwitchOnAsync(caller, webhook.Id, Leaving),
        _text[webhook.DisabledAt is null ? "SwitchedOff" : "SwitchedOn"]);

    private Task AnswerAsync() => _asked switch
    {
        { Question: Question.Remove, Webhook: var webhook } => DoAsync(caller => webhooks.RemoveAsync(caller, webhook.Id, Leaving), _text["Removed"]),
        { Webhook: var webhook } => RunAsync(async caller =>
        {
            var renewed = await webhooks.RenewSecretAsync(caller, webhook.Id, Leaving);
            (_asked, _told) = (null, renewed.Succeeded ? null : Refused(renewed.Error));
            if (renewed.Succeeded) _secret = renewed.Value;
            await LoadAsync(caller);
        }),
        null => Task.CompletedTask,
    };

    private Task SendTestAsync(WebhookSummary webhook) => RunAsync(async caller =>
    {
        var sent = await log.SendTestAsync(caller, webhook.Id, Leaving);
        _told = sent.Succeeded ? Notice.Done(_text["TestQueued"]) : Refused(sent.Error);
        if (sent.Succeeded)
        {
            Open(webhook.Id);
            Watch();
        }

        await LoadAsync(caller);
    });

    private async Task RedeliverAsync(WebhookDelivery delivery)
    {
        await DoAsync(caller => log.RedeliverAsync(caller, delivery.Id, Leaving), _text["RedeliveryQueued"]);
        Watch();
    }

    private Task ToggleLogAsync(WebhookSummary webhook)
    {
        if (_open == webhook.Id)
        {
            Close();
            return Task.CompletedTask;
        }

        Open(webhook.Id);
        return RunAsync(LoadAsync);
    }

    private Task TurnAsync()
    {
        if (_page is not { Deliveries: [.., var last] }) return Task.CompletedTask;
        _newer.Push(_before);
        _before = last.Id;
        return RunAsync(LoadAsync);
    }

    private Task TurnBackAsync()
    {
        if (_newer.TryPop(out var before)) _before = before;
        return RunAsync(LoadAsync);
    }

    private void Open(WebhookEndpointId webhook)
    {
        Close();
        _open = webhook;
    }

    private void Close()
    {
        (_open, _page, _before) = (null, null, null);
        _newer.Clear();
    }

    private Task DoAsync(Func<AgencyCaller, Task<PortalError?>> action, string done) => RunAsync(async caller =>
    {
        _asked = null;
        _told = await action(caller) is { } refusal ? Refused(refusal) : Notice.Done(done);
        await LoadAsync(caller);
    });

    /// <summary>Reads again for a while by itself: somebody waits to see what comes of an attempt.</summary>
    private void Watch()
    {
        var isWatching = _looks > 0;
        _looks = MostLooks;
        if (!isWatching) _ = LookAsync(Leaving);
    }

    private async Task LookAsync(CancellationToken leaving)
    {
        while (_looks > 0)
        {
            await Task.Delay(LookEvery, clock, leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (leaving.IsCancellationRequested) return;
            _looks = _page?.Deliveries.Any(d => d is { State: WebhookDeliveryState.Queued, LastAttemptAt: null }) == true ? _looks - 1 : 0;
            await TryAsync(LoadAsync);
            StateHasChanged();
        }
    }

    private Notice Refused(PortalError refusal) => Notice.Refused(errors.For(refusal, platforms));

    /// <summary>What is asked before it is done; also the names of the words for it.</summary>
    private enum Question
    {
        Remove,
        Renew,
    }

    /// <summary>What the open form changes; a new one for each opening.</summary>
    private sealed class Editing(WebhookSummary? webhook)
    {
        /// <summary>Null = a new webhook.</summary>
        public WebhookSummary? Webhook => webhook;
    }
}
