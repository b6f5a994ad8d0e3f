using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Registers agencies with their settings, their brand and their users.</summary>
internal static class AgenciesServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds agencies; signing in itself is added by <see cref="PortalIdentity"/>.</summary>
        public IServiceCollection AddAgencies()
        {
            services.AddSingleton<AgencyService>().AddSingleton<Notices>().AddSingleton<IAgencyPeople, AgencyPeople>();
            services.AddSingleton<IValidator<NewAgency>, NewAgencyValidator>();
            services.AddSingleton<IValidator<CollaborationSettings>, CollaborationSettingsValidator>();
            services.AddSingleton<DefaultMessageUpgrade>();
            return services.AddBranding().AddUsers().AddSessions();
        }

        private IServiceCollection AddBranding()
        {
            services.AddOptions<OwnHostOptions>().BindConfiguration(OwnHostOptions.Section);
            services.TryAddSingleton(TextRecords.OfThisMachine);
            OwnHostProbe.Register(services);
            services.AddSingleton<OwnHostProbe>().AddSingleton<OwnHosts>();
            services.AddSingleton<LogoUpgrade>();
            return services.AddSingleton<PublicHosts>().AddSingleton<ClientBrands>()
                .AddSingleton<IValidator<BrandingInput>, BrandingValidator>().AddSingleton<BrandingService>();
        }

        private IServiceCollection AddUsers()
        {
            services.AddSingleton<IValidator<NewInvitation>, NewInvitationValidator>();
            services.AddSingleton<IValidator<NewMember>, NewMemberValidator>().AddSingleton<IValidator<Profile>, ProfileValidator>();
            services.AddSingleton<UserChanges>().AddSingleton<UserService>();
            services.AddSingleton(OldRows.Of(
                nameof(RetentionOptions.Invitations), kept => kept.Invitations,
                (db, first, now) => db.Invitations.Where(i => i.Id < InvitationId.From(first)
                    && (i.AcceptedAt != null || i.CancelledAt != null || i.ExpiresAt < now)),
                i => i.Id));
            return services.AddSingleton<InvitationTokens>().AddSingleton<InvitationService>().AddSingleton<InvitationAnswers>();
        }

        private IServiceCollection AddSessions()
        {
            services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = PasswordResets.LinkLife);
            services.AddSingleton<IValidator<NewPassword>, NewPasswordValidator>();
            services.AddSingleton<PasswordAttempts>().AddSingleton<PasswordResets>().AddSingleton<PasswordResetRequests>();
            services.AddSingleton(OldRows.Of(
                nameof(RetentionOptions.Sessions), kept => kept.Sessions,
                (db, first, _) => db.UserSessions.Where(s => s.Id < UserSessionId.From(first)), s => s.Id));
            services.AddSingleton<SessionFeed>()
                .AddSingleton<INodeListener>(provider => provider.GetRequiredService<SessionFeed>());
            return services.AddSingleton<UserSessions>();
        }
    }
}
