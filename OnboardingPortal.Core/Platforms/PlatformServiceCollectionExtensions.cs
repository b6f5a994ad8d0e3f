using Microsoft.Extensions.DependencyInjection;

namespace OnboardingPortal.Core.Platforms;

/// <summary>Registers what platforms share.</summary>
public static class PlatformServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds a platform's client with an HTTP client of its own: no redirects, no cookies, a bounded time and size.</summary>
        internal IServiceCollection AddPlatformHttpClient<TClient>()
            where TClient : class, IPlatformClient
        {
            services.AddHttpClient(typeof(TClient).Name, http =>
                {
                    http.Timeout = PlatformTransport.Timeout;
                    http.MaxResponseContentBufferSize = PlatformTransport.LongestAnswer;
                })
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5), // addresses change
                })
                .RemoveAllLoggers(); // their lines would hold tokens

            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TClient>(
                provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(typeof(TClient).Name)));
            return services.AddSingleton<IPlatformClient>(provider => provider.GetRequiredService<TClient>());
        }
    }
}
