using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.App.Features.Webhooks;

/// <summary>
/// The agency's webhooks, one of them with its log. For main users; every press asks the services, which ask who presses.
/// </summary>
public sealed partial class WebhooksPage(
    PortalPageServices services, WebhookService webhooks, WebhookLog log, PlatformCatalog platforms, IDialogService dialogs,
    TimeProvider clock,
    IStringLocalizer<WebhooksText> text, IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private const string Address = "/settings/webhooks";
    private const int PageSize = 20;
    private const int MaxLooks = 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly IStringLocalizer<WebhooksText> _text = text;
    private readonly Stack<long> _newer = [];           // where the newer pages of the open log begin, without the newest
    private IReadOnlyList<WebhookSummary>? _webhooks;   // null until the first load, and when the reader may not see them any more
    private WebhookLogPage? _page;                      // of the open log
    private string? _refusal;                           // why the webhooks are not shown
    private int _looks;                                 // how often the log is still read again by itself

    /// <summary>Whose log is open; its id, or hostile text.</summary>
    [SupplyParameterFromQuery] public string? Log { get; set; }

    /// <summary>The open log shows what is older than this delivery; its id, or hostile text. Null = from the newest.</summary>
    [SupplyParameterFromQuery(Name = "before")] public string? BeforeText { get; set; }

    protected override object Subject => (Log, Before);

    private WebhookEndpointId? Open => IdIn(Log) is { } id ? WebhookEndpointId.From(id) : null;

    private long? Before => IdIn(BeforeText);

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var listed = await webhooks.ListAsync(caller, Leaving);
        _webhooks = listed.Succeeded ? listed.Value : null;
        _refusal = listed.Succeeded ? null : WordsFor(listed.Error);
        if (!listed.Succeeded || Open is not { } open)
        {
            _page = null;
            return;
        }

        var page = await log.ListAsync(caller, open, Before is { } before ? WebhookDeliveryId.From(before) : null, PageSize, Leaving);
        _page = page.Succeeded ? page.Value : null;
    }

    private async Task EditAsync(WebhookSummary? webhook)
    {
        NewWebhook? added = null;
        var parameters = new DialogParameters<WebhookDialog> { { d => d.Webhook, webhook }, { d => d.Save, SaveAsync } };
        var dialog = await dialogs.ShowAsync<WebhookDialog>(_text[webhook is null ? "Add" : "EditTitle"], parameters);
        await dialog.Result;
        if (added is not null) await ShowSecretAsync(added);

        Task<PortalError?> SaveAsync(WebhookInput input) => AnswerAsync(async caller =>
        {
            if (webhook is null)
            {
                var made = await webhooks.AddAsync(caller, input, Leaving);
                if (!made.Succeeded) return made.Error;
                added = made.Value;
            }
            else if (await webhooks.ChangeAsync(caller, webhook.Id, input, Leaving) is { } refusal)
            {
                return refusal;
            }

            Notices.Show(webhook is null ? null : Notice.Done(_text["Changed"]));
            await LoadAsync(caller);
            StateHasChanged();
            return null;
        });
    }

    private Task ShowSecretAsync(NewWebhook webhook) =>
        dialogs.ShowSecretAsync(
            _text["SecretTitle"], _text["SecretText", webhook.Url], _text["Secret"], webhook.Secret, _text["CopySecret"],
            _text["SecretStored"]);

    private Task SwitchAsync(WebhookSummary webhook) => DoAsync(
        caller => webhook.DisabledAt is null
            ? webhooks.SwitchOffAsync(caller, webhook.Id, Leaving)
            : webhooks.SwitchOnAsync(caller, webhook.Id, Leaving),
        _text[webhook.DisabledAt is null ? "SwitchedOff" : "SwitchedOn"]);

    private async Task RenewAsync(WebhookSummary webhook)
    {
        if (!await AskAsync("Renew", webhook, isDangerous: false)) return;
        NewWebhook? renewed = null;
        await RunAsync(async caller =>
        {
            var made = await webhooks.RenewSecretAsync(caller, webhook.Id, Leaving);
            if (made.Succeeded) renewed = made.Value;
            await TellAsync(caller, made.Error, null);
        });
        if (renewed is not null) await ShowSecretAsync(renewed);
    }

    private async Task RemoveAsync(WebhookSummary webhook)
    {
        if (await AskAsync("Remove", webhook, isDangerous: true))
            await DoAsync(caller => webhooks.RemoveAsync(caller, webhook.Id, Leaving), _text["Removed"]);
    }

    private Task<bool> AskAsync(string question, WebhookSummary webhook, bool isDangerous) =>
        dialogs.AskAsync(_text[$"{question}Title"], _text[$"{question}Text", webhook.Url], _text[question], isDangerous: isDangerous);

    private Task SendTestAsync(WebhookSummary webhook) => RunAsync(async caller =>
    {
        var sent = await log.SendTestAsync(caller, webhook.Id, Leaving);
        if (sent.Succeeded)
        {
            GoTo(webhook.Id, null);
            Watch();
        }

        await TellAsync(caller, sent.Error, _text["TestQueued"]);
    });

    private async Task RedeliverAsync(WebhookDelivery delivery)
    {
        await DoAsync(caller => log.RedeliverAsync(caller, delivery.Id, Leaving), _text["RedeliveryQueued"]);
        Watch();
    }

    private void ToggleLog(WebhookSummary webhook) => GoTo(Open == webhook.Id ? null : webhook.Id, null);

    private void Turn()
    {
        if (_page is not { Deliveries: [.., var last] }) return;
        if (Before is { } here) _newer.Push(here);
        GoTo(Open, last.Id.Value);
    }

    private void TurnBack() => GoTo(Open, _newer.TryPop(out var before) ? before : null);

    /// <summary>What is open stands in the address, and is read from there.</summary>
    private void GoTo(WebhookEndpointId? open, long? before)
    {
        if (before is null) _newer.Clear();
        Navigation.NavigateTo(
            Navigation.GetUriWithQueryParameters(Address, new Dictionary<string, object?> { ["log"] = open?.Value, ["before"] = before }),
            replace: true);
    }

    private Task DoAsync(Func<AgencyCaller, Task<PortalError?>> action, string done) =>
        RunAsync(async caller => await TellAsync(caller, await action(caller), done));

    private async Task TellAsync(AgencyCaller caller, PortalError? refusal, string? done)
    {
        await LoadAsync(caller);
        if (_refusal is not null) Notices.Show(null); // the page says why nothing is shown any more
        else Notices.Show(refusal is not null ? Notice.Refused(WordsFor(refusal)) : done is null ? null : Notice.Done(done));
    }

    /// <summary>Reads again for a while by itself: somebody waits to see what comes of an attempt.</summary>
    private void Watch()
    {
        var isWatching = _looks > 0;
        _looks = MaxLooks;
        if (!isWatching) _ = LookAsync(Leaving);
    }

    private async Task LookAsync(CancellationToken leaving)
    {
        while (_looks > 0)
        {
            await Task.Delay(LookEvery, clock, leaving)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (leaving.IsCancellationRequested) return;
            var isWaiting = _page is null || _page.Deliveries.Any(d => d is { State: WebhookDeliveryState.Queued, LastAttemptAt: null });
            _looks = isWaiting ? _looks - 1 : 0;
            await TryAsync(LoadAsync);
            StateHasChanged();
        }
    }

    private string WordsFor(PortalError refusal) => errors.For(refusal, platforms);
}
