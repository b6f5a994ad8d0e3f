using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Secrets;

namespace OnboardingPortal.Core.Audit;

/// <summary>Registers the audit trail.</summary>
internal static class AuditServiceCollectionExtensions
{
    /// <summary>Adds the chain, which takes part in every save, and what reads it.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<ISaveChangesInterceptor, AuditSaving>().AddSingleton<IWrappedKeys, AuditKeys>();
        return services.AddSingleton<AuditRecord>().AddSingleton<AuditChain>().AddSingleton<AuditUpgrade>().AddSingleton<AuditTrail>();
    }
}
