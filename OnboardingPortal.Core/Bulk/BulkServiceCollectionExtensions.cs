using Microsoft.Extensions.DependencyInjection;


namespace OnboardingPortal.Core.Bulk;

/// <summary>Registers imports.</summary>
internal static class BulkServiceCollectionExtensions
{
    /// <summary>Adds imports of many requests from a file.</summary>
    public static IServiceCollection AddBulk(this IServiceCollection services) =>
        services.AddSingleton<ImportMetrics>().AddSingleton<IBacklog, ImportBacklog>()
            .AddSingleton<BulkSignal>().AddSingleton<BulkWords>().AddSingleton<BulkService>().AddSingleton<BulkSending>();
}
