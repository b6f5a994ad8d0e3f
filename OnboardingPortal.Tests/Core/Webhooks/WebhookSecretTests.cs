using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Webhooks;

/// <summary>Somebody who writes to the database moves secrets about: each opens in its own endpoint's row alone.</summary>
public abstract class WebhookSecretTests(DatabaseProvider database) : WebhookTest(database)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_secret_that_was_put_into_another_endpoints_row_signs_nothing(bool previous)
    {
        await using var receiver = await WebhookReceiver.StartAsync(Cancel);
        var (known, target) = (await AWebhook(receiver, "question.asked"), await AWebhook(receiver));
        if (previous) Value(await Webhooks.RenewSecretAsync(Owner, target.Id, Cancel));
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            var theirs = await db.WebhookEndpoints.IgnoreQueryFilters().Where(e => e.Id == known.Id).Select(e => e.SecretProtected)
                .SingleAsync(Cancel);
            var row = db.WebhookEndpoints.IgnoreQueryFilters().Where(e => e.Id == target.Id);
            if (previous) await row.ExecuteUpdateAsync(set => set.SetProperty(e => e.PreviousSecretProtected, theirs), Cancel);
            else await row.ExecuteUpdateAsync(set => set.SetProperty(e => e.SecretProtected, theirs), Cancel);
        }

        await ARequest().DraftAsync();
        await Deliveries.DeliverAsync(Cancel);

        Assert.DoesNotContain(receiver.Calls, call => call.SignaturesOf(known.Secret) > 0);
        Assert.Equal(WebhookDeliveryState.Queued, Assert.Single(await DeliveriesOf(target)).State);
    }

    [Fact]
    public async Task A_secret_of_before_secrets_were_bound_to_their_endpoints_is_bound_at_the_next_start_and_signs_on()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Cancel);
        var webhook = await AWebhook(receiver);
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            var unbound = Portal.Get<IDataProtectionProvider>().CreateProtector("OnboardingPortal.WebhookSecret.v1")
                .Protect(webhook.Secret);
            await db.WebhookEndpoints.IgnoreQueryFilters()
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.SecretProtected, unbound), Cancel);
        }

        Assert.Equal(1, await Portal.Get<WebhookSecrets>().BindAsync(Cancel));
        Assert.Equal(0, await Portal.Get<WebhookSecrets>().BindAsync(Cancel));

        await ARequest().DraftAsync();
        await Deliveries.DeliverAsync(Cancel);
        Assert.Equal(1, Assert.Single(receiver.Calls).SignaturesOf(webhook.Secret));
    }
}

public sealed class WebhookSecretTestsOnSqlite() : WebhookSecretTests(DatabaseProvider.Sqlite);

public sealed class WebhookSecretTestsOnPostgres() : WebhookSecretTests(DatabaseProvider.Postgres);
