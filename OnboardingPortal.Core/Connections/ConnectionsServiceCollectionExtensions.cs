using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Connections;

/// <summary>Registers connected accounts and the agencies' own Facebook users.</summary>
internal static class ConnectionsServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds connected accounts and what keeps their credentials.</summary>
        public IServiceCollection AddConnectedAccounts()
        {
            services.AddSingleton<ISealedRows, ConnectionSecrets>().AddSingleton<CredentialErasure>().AddSingleton<Revocations>();
            services.AddSingleton<IUnfinishedWork, UnfinishedAttempts>();
            services.AddSingleton(OldRows.Of(
                nameof(RetentionOptions.ConnectAttempts), kept => kept.ConnectAttempts,
                (db, first, _) => db.ConnectAttempts.Where(a => a.Id < ConnectAttemptId.From(first)), a => a.Id));
            services.AddSingleton<AgencyAccounts>().AddSingleton<AccountCredentials>();
            return services.AddAgencyFacebookUsers();
        }

        private IServiceCollection AddAgencyFacebookUsers() =>
            services.AddSingleton<ISealedRows, AgencyFacebookSecrets>()
                .AddSingleton<AgencyFacebookService>().AddSingleton<AgencyFacebookCheck>();
    }
}
