using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Core.Platforms.Google;

/// <summary>Registers Google's platforms.</summary>
public static class GoogleServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds <see cref="GoogleSheetsClient"/>; a host with bad <see cref="GoogleSheetsOptions"/> does not start.</summary>
        public IServiceCollection AddGoogleSheets() => services
            .AddPlatform<GoogleSheetsClient, GoogleSheetsOptions, GoogleSheetsOptionsValidator>(GoogleSheetsOptions.Section)
            .AddSingleton<IContactSource, GoogleSheetContacts>();

        /// <summary>Adds <see cref="GoogleAdsClient"/>; a host with bad <see cref="GoogleAdsOptions"/> does not start.</summary>
        public IServiceCollection AddGoogleAds() => services
            .AddPlatform<GoogleAdsClient, GoogleAdsOptions, GoogleAdsOptionsValidator>(GoogleAdsOptions.Section)
            .AddSingleton<IContactSource, GoogleAdsLeadForms>();
    }
}
