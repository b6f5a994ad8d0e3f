using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Audit;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>Registers webhooks.</summary>
internal static class WebhooksServiceCollectionExtensions
{
    /// <summary>Adds webhooks, which hear of what is noted in the audit trail.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddSingleton<WebhookMetrics>().AddSingleton<IBacklog, WebhookBacklog>();
        services.AddSingleton<WebhookSignal>().AddSingleton<IAuditListener, WebhookEvents>().AddSingleton<WebhookAddress>()
            .AddSingleton<IValidator<WebhookInput>, WebhookInputValidator>();
        services.AddSingleton<WebhookSecrets>().AddSingleton<WebhookSender>().AddSingleton<WebhookLedger>()
            .AddSingleton<WebhookDeliveries>()
            .AddSingleton<WebhookPurge>();
        return services.AddSingleton<WebhookService>().AddSingleton<WebhookLog>();
    }
}
