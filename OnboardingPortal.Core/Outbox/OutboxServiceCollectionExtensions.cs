using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Outbox;

/// <summary>Registers the outbox.</summary>
internal static class OutboxServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the outbox: its ledger, its transports, its delivery and what comes back of mails.</summary>
        public IServiceCollection AddOutbox()
        {
            services.AddOptions<EmailOptions>().BindConfiguration(EmailOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>();
            services.AddEmailTransports();
            services.AddSingleton<DeliveryService>().AddSingleton<EmailSetup>();
            services.AddSingleton<OutboxMetrics>().AddSingleton<OutboxBacklog>()
                .AddSingleton<IBacklog>(provider => provider.GetRequiredService<OutboxBacklog>());
            return services.AddSingleton<OutboxSignal>().AddSingleton<OutboxLedger>().AddSingleton<OutboxDelivery>();
        }
    }
}
