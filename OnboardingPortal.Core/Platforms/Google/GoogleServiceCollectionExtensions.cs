using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>Registers Google's platforms.</summary>
public static class GoogleServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds <see cref="GoogleSheetsClient"/>; a host with bad <see cref="GoogleSheetsOptions"/> does not start.</summary>
        public IServiceCollection AddGoogleSheets()
        {
            services.AddOptions<GoogleSheetsOptions>().BindConfiguration(GoogleSheetsOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<GoogleSheetsOptions>, GoogleSheetsOptionsValidator>();
            services.AddPlatformHttpClient<GoogleSheetsClient>();
            return services;
        }

        /// <summary>Adds <see cref="GoogleAdsClient"/>; a host with bad <see cref="GoogleAdsOptions"/> does not start.</summary>
        public IServiceCollection AddGoogleAds()
        {
            services.AddOptions<GoogleAdsOptions>().BindConfiguration(GoogleAdsOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<GoogleAdsOptions>, GoogleAdsOptionsValidator>();
            services.AddPlatformHttpClient<GoogleAdsClient>();
            return services;
        }
    }
}
