using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Webhooks;

/// <summary>A portal that rehearses, so that a receiver on this machine may be called.</summary>
public abstract class WebhookTest(DatabaseProvider database) : PortalTest(database)
{
    protected WebhookService Webhooks => Portal.Get<WebhookService>();

    protected WebhookLog Log => Portal.Get<WebhookLog>();

    protected WebhookDeliveries Deliveries => Portal.Get<WebhookDeliveries>();

    protected override Dictionary<string, string?> Settings => new() { ["Platforms:Sandbox"] = "true" };

    protected async Task<NewWebhook> AWebhook(string url, AgencyCaller? by = null, params string[] types) =>
        Value(await Webhooks.AddAsync(by ?? Owner, new WebhookInput(url, types), Cancel));

    protected Task<NewWebhook> AWebhook(WebhookReceiver receiver, params string[] types) =>
        AWebhook(receiver.Address.AbsoluteUri, null, types);

    /// <summary>An endpoint's deliveries, oldest first.</summary>
    protected async Task<IReadOnlyList<WebhookDelivery>> DeliveriesOf(NewWebhook webhook, AgencyCaller? asked = null) =>
        [.. Value(await Log.ListAsync(asked ?? Owner, webhook.Id, null, 200, Cancel)).Deliveries.Reverse()];

    protected async Task<WebhookSummary> SummaryOf(NewWebhook webhook) =>
        Value(await Webhooks.ListAsync(Owner, Cancel)).Single(w => w.Id == webhook.Id);

    protected async Task<int> CountAsync(AgencyCaller caller)
    {
        await using var db = Portal.Contexts.Create(caller.Agency);
        return await db.WebhookDeliveries.CountAsync(Cancel);
    }
}
