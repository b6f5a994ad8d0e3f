using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms;

/// <summary>Registers what platforms share.</summary>
public static class PlatformServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds what all platforms share.</summary>
        internal IServiceCollection AddPlatformCalls()
        {
            services.AddOptions<PlatformsOptions>().BindConfiguration(PlatformsOptions.Section);
            return services.AddSingleton<PlatformMetrics>().AddSingleton<PlatformTransport>().AddSingleton<PlatformCatalog>()
                .AddSingleton<PlatformClients>().AddSingleton<ContactSources>();
        }

        /// <summary>Adds a platform: its options, which are checked at the start, and its client.</summary>
        /// <param name="section">Where the options stand in the configuration.</param>
        internal IServiceCollection AddPlatform<TClient, TOptions, TValidator>(string section)
            where TClient : class, IPlatformClient
            where TOptions : class
            where TValidator : class, IValidateOptions<TOptions>
        {
            services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
            return services.AddPlatformHttpClient<TClient>();
        }

        /// <summary>Adds a platform's client with an HTTP client of its own: no redirects, no cookies, a bounded time and size.</summary>
        /// <param name="connect">Opens connections where not every address may be called; null = the ordinary way.</param>
        internal IServiceCollection AddPlatformHttpClient<TClient>(
            Func<IServiceProvider, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>>? connect = null)
            where TClient : class, IPlatformClient
        {
            services.AddHttpClient(typeof(TClient).Name, http =>
                {
                    http.Timeout = PlatformTransport.Timeout;
                    http.MaxResponseContentBufferSize = PlatformTransport.LongestAnswer;
                })
                .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5), // addresses change
                    ConnectCallback = connect?.Invoke(provider),
                    UseProxy = connect is null, // a proxy would connect in our place, unchecked
                })
                .RemoveAllLoggers(); // their lines would hold tokens

            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TClient>(
                provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(typeof(TClient).Name)));
            return services.AddSingleton<IPlatformClient>(provider => provider.GetRequiredService<TClient>());
        }

        /// <summary>Adds the source of a platform's people; it calls with the HTTP client that its <typeparamref name="TClient"/>
        /// has.</summary>
        internal IServiceCollection AddContactSource<TSource, TClient>()
            where TSource : class, IContactSource
            where TClient : class, IPlatformClient =>
            services.AddSingleton<IContactSource>(provider => ActivatorUtilities.CreateInstance<TSource>(
                provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(typeof(TClient).Name)));
    }
}
