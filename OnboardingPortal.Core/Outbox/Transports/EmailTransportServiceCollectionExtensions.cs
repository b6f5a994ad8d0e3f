using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Outbox;

/// <summary>Registers the ways that mails leave by.</summary>
internal static class EmailTransportServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds every transport, and the configured one as <see cref="IEmailTransport"/>.</summary>
        public IServiceCollection AddEmailTransports()
        {
            services.AddHttpClient(nameof(SendGridTransport), http =>
                {
                    http.Timeout = SendGridDefaults.Timeout;
                    http.MaxResponseContentBufferSize = SendGridDefaults.LongestAnswer;
                })
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
                {
                    AllowAutoRedirect = false, // the key goes nowhere else
                    UseCookies = false,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5), // addresses change
                })
                .RemoveAllLoggers();
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SendGridTransport>(
                provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(SendGridTransport))));
            services.AddSingleton<SendGridSignature>().AddSingleton<SmtpTransport>().AddSingleton<PickupTransport>();
            return services.AddSingleton<IEmailTransport>(
                provider => provider.GetRequiredService<IOptions<EmailOptions>>().Value.Kind switch
                {
                    EmailTransportKind.SendGrid => provider.GetRequiredService<SendGridTransport>(),
                    EmailTransportKind.Smtp => provider.GetRequiredService<SmtpTransport>(),
                    _ => provider.GetRequiredService<PickupTransport>(),
                });
        }
    }
}
