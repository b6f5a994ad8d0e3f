using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.DataSync;

/// <summary>Registers data sync.</summary>
internal static class DataSyncServiceCollectionExtensions
{
    /// <summary>Adds syncs of lists to audiences, and the news of them.</summary>
    public static IServiceCollection AddDataSync(this IServiceCollection services)
    {
        services.TryAddSingleton<ContactSources>();
        services.TryAddSingleton(SyncLimits.Usual);
        services.AddSingleton<SyncFeed>().AddSingleton<INodeListener>(provider => provider.GetRequiredService<SyncFeed>());
        services.AddSingleton<SyncSecrets>().AddSingleton<ISealedRows>(provider => provider.GetRequiredService<SyncSecrets>());
        services.AddSingleton<SyncSignal>().AddSingleton<SyncPasses>().AddSingleton<RosterStore>().AddSingleton<SyncGrants>();
        services.AddSingleton<SyncProgress>().AddSingleton<SyncAudiences>().AddSingleton<SyncSending>().AddSingleton<SyncTurns>();
        services.AddSingleton<SyncEnding>().AddSingleton<SyncEngine>().AddSingleton<IBacklog, SyncBacklog>();
        services.AddSingleton<SyncReadiness>();
        services.AddSingleton<IValidator<SyncTerms>, SyncTermsValidator>();
        services.AddSingleton<SyncReader>().AddSingleton<SyncSetup>().AddSingleton<SyncActs>();
        services.AddSingleton(provider => new SyncService(
            provider.GetRequiredService<SyncReader>(), provider.GetRequiredService<SyncSetup>(), provider.GetRequiredService<SyncActs>()));
        return services.AddSingleton(OldRows.Of(
            nameof(RetentionOptions.SyncRuns), kept => kept.SyncRuns,
            (db, first, _) => db.SyncRuns.Where(r => r.Id < SyncRunId.From(first) && r.EndedAt != null
                && !db.AudienceSyncs.Any(s => s.PlanId == r.Id || s.RunId == r.Id)),
            r => r.Id));
    }
}
