using System.Net;
using FluentValidation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Kernel;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.ActiveCampaign;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Google;
using OnboardingPortal.Core.Platforms.HubSpot;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Rounds;
using OnboardingPortal.Core.Webhooks;
using Quartz;

namespace OnboardingPortal.Core;

/// <summary>Registers the domain's services.</summary>
public static class PortalCoreServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds everything the portal does, without its pages and without its jobs. The order of the platforms is their order on forms.
        /// </summary>
        public IServiceCollection AddPortalCore()
        {
            services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<PortalOptions>, PortalOptionsValidator>();
            services.AddOptions<PlatformsOptions>().BindConfiguration(PlatformsOptions.Section);
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<PortalAddress>();
            services.AddPortalDatabase();
            services.AddDataProtection().SetApplicationName("OnboardingPortal");
            services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
                options =>
                {
                    options.XmlRepository = new DataProtectionKeyRepository(provider.GetRequiredService<PortalDbContextFactory>());
                    options.XmlEncryptor = new MasterKeyXmlEncryptor(provider.GetRequiredService<MasterKey>());
                }));

            services.AddMetrics();
            services.AddPlatforms();
            services.AddSingleton<AgencyService>().AddSingleton<UserSessions>().AddSingleton<SessionFeed>().AddSingleton<AuditTrail>()
                .AddSingleton<Notices>();
            services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
            services.AddSingleton<RoundMetrics>().AddSingleton<RoundItems>().AddSingleton<Retention>();
            return services.AddBranding().AddUsers().AddRequests().AddConnections().AddEmail().AddApi().AddWebhooks();
        }

        /// <summary>Adds the jobs, and on PostgreSQL the ear for other nodes' changes. A node without them still serves pages.</summary>
        public IServiceCollection AddPortalJobs(IConfiguration configuration)
        {
            if (configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>()?.Provider == DatabaseProvider.Postgres)
                services.AddHostedService<PostgresFeed>();
            services.AddQuartz(quartz =>
            {
                quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
                quartz.AddTriggerListener<RestWhileAway>();
                quartz.AddJobListener(provider => provider.GetRequiredService<RoundMetrics>());
                AddJob<OutboxJob>(quartz, TimeSpan.FromSeconds(15));
                AddJob<BulkSendingJob>(quartz, TimeSpan.FromSeconds(15));
                AddJob<BulkPurgeJob>(quartz, TimeSpan.FromHours(1));
                AddJob<DeliveryEventJob>(quartz, TimeSpan.FromHours(1));
                AddJob<FacebookSharingJob>(quartz, TimeSpan.FromSeconds(15));
                AddJob<RetentionJob>(quartz, TimeSpan.FromHours(12));
                AddJob<FacebookVerificationJob>(quartz, TimeSpan.FromSeconds(5));
                AddJob<FacebookAssignmentJob>(quartz, TimeSpan.FromSeconds(5));
                AddJob<AgencyFacebookCheckJob>(quartz, TimeSpan.FromMinutes(1));
                AddJob<OwnHostJob>(quartz, TimeSpan.FromSeconds(30));
                AddJob<RequestExpiryJob>(quartz, TimeSpan.FromSeconds(30));
                AddJob<RequestReminderJob>(quartz, TimeSpan.FromMinutes(15));
                AddJob<AccountCheckJob>(quartz, TimeSpan.FromMinutes(1));
                AddJob<KeyRotationJob>(quartz, TimeSpan.FromDays(1));
                AddJob<CredentialErasureJob>(quartz, TimeSpan.FromMinutes(10));
                AddJob<ForgetOrdersJob>(quartz, TimeSpan.FromHours(1));
                AddJob<ApiKeyExpiryJob>(quartz, TimeSpan.FromHours(1));
                AddJob<WebhookDeliveryJob>(quartz, TimeSpan.FromSeconds(5));
                AddJob<WebhookPurgeJob>(quartz, TimeSpan.FromHours(1));
            });
            services.AddQuartzHostedService(options => (options.AwaitApplicationStarted, options.WaitForJobsToComplete) = (true, true));
            return services.AddHostedService<JobWaker<OutboxSignal, OutboxJob>>().AddHostedService<JobWaker<BulkSignal, BulkSendingJob>>()
                .AddHostedService<JobWaker<WebhookSignal, WebhookDeliveryJob>>().AddHostedService<PasswordResetWorker>();
        }

        private IServiceCollection AddPlatforms()
        {
            services.TryAddSingleton(new PublicConnector(Dns.GetHostAddressesAsync));
            services.AddSingleton<PlatformMetrics>().AddSingleton<PlatformTransport>().AddSingleton<PlatformCatalog>();
            services.AddFacebook();
            services.AddMailchimp();
            services.AddSalesforce();
            services.AddGoogleSheets();
            services.AddHubSpot();
            services.AddActiveCampaign();
            services.AddGoogleAds();
            return services;
        }

        private IServiceCollection AddBranding()
        {
            services.AddOptions<OwnHostOptions>().BindConfiguration(OwnHostOptions.Section);
            services.TryAddSingleton(TextRecords.OfThisMachine);
            OwnHostProbe.Register(services);
            services.AddSingleton<OwnHostProbe>().AddSingleton<OwnHosts>();
            services.AddSingleton<LogoUpgrade>();
            services.AddSingleton<DefaultMessageUpgrade>();
            return services.AddSingleton<PublicHosts>().AddSingleton<ClientBrands>()
                .AddSingleton<IValidator<BrandingInput>, BrandingValidator>().AddSingleton<BrandingService>();
        }

        private IServiceCollection AddUsers()
        {
            services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = PasswordResets.LinkLife);
            services.AddSingleton<IValidator<NewInvitation>, NewInvitationValidator>()
                .AddSingleton<IValidator<NewMember>, NewMemberValidator>();
            services.AddSingleton<IValidator<NewPassword>, NewPasswordValidator>();
            services.AddSingleton<UserChanges>().AddSingleton<UserService>().AddSingleton<UserHandover>();
            services.AddSingleton<InvitationTokens>().AddSingleton<InvitationService>().AddSingleton<InvitationAnswers>();
            return services.AddSingleton<PasswordAttempts>().AddSingleton<PasswordResets>().AddSingleton<PasswordResetRequests>();
        }

        private IServiceCollection AddRequests()
        {
            services.AddOptions<RequestOptions>().BindConfiguration(RequestOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<RequestOptions>, RequestOptionsValidator>();
            services.AddSingleton<IValidator<NewRequest>, NewRequestValidator>();
            services.AddSingleton<IValidator<Visitor>, VisitorValidator>();
            services.AddSingleton<IValidator<CollaborationSettings>, CollaborationSettingsValidator>();
            services.AddSingleton<IValidator<TemplateInput>, TemplateInputValidator>();
            services.AddSingleton<IValidator<NewAgency>, NewAgencyValidator>();
            services.AddSingleton<IValidator<Profile>, ProfileValidator>();
            services.AddSingleton<RequestTable>().AddSingleton<RequestFeed>().AddSingleton<RequestChanges>().AddSingleton<LinkTokens>();
            services.AddSingleton<RequestService>().AddSingleton<RecipientLinks>().AddSingleton<RequestDetailsReader>()
                .AddSingleton<RequestExpiry>().AddSingleton<RequestReminders>();
            services.AddSingleton<RequestEditor>().AddSingleton<ReminderStops>();
            services.AddSingleton<RequestTemplates>().AddSingleton<HubReader>().AddSingleton<HomeReader>();
            services.AddSingleton<BulkSignal>().AddSingleton<BulkWords>().AddSingleton<BulkService>().AddSingleton<BulkSending>();
            services.AddSingleton<ImportMetrics>().AddSingleton<IBacklog, ImportBacklog>();
            return services.AddSingleton<LinkService>().AddSingleton<WizardService>().AddSingleton<ClientQuestions>()
                .AddSingleton<PartialCompletion>();
        }

        private IServiceCollection AddConnections()
        {
            services.AddSingleton<CredentialProtector>().AddSingleton<KeyRing>().AddSingleton<CredentialErasure>();
            services.AddSingleton<ClientAccounts>().AddSingleton<AgencyAccounts>().AddSingleton<KeyAccounts>();
            services.AddSingleton<AccountCredentials>().AddSingleton<ConnectedAccounts>();
            return services.AddSingleton<ConnectService>().AddSingleton<ConnectionList>();
        }

        private IServiceCollection AddApi() =>
            services.AddSingleton<IValidator<NewApiKey>, NewApiKeyValidator>().AddSingleton<ApiKeys>().AddSingleton<ApiKeyExpiry>()
                .AddSingleton<RequestOrders>();

        private IServiceCollection AddEmail()
        {
            services.AddOptions<EmailOptions>().BindConfiguration(EmailOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>();
            services.AddEmailTransports();
            services.AddSingleton<DeliveryService>().AddSingleton<EmailSetup>();
            services.AddSingleton<OutboxMetrics>().AddSingleton<OutboxBacklog>()
                .AddSingleton<IBacklog>(provider => provider.GetRequiredService<OutboxBacklog>());
            return services.AddSingleton<OutboxSignal>().AddSingleton<EmailRenderer>().AddSingleton<RequestEmails>()
                .AddSingleton<AccountEmails>().AddSingleton<EmailComposer>()
                .AddSingleton<OutboxLedger>().AddSingleton<Outbox>().AddSingleton<GivenUpMails>();
        }

        private IServiceCollection AddWebhooks()
        {
            services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
            services.AddSingleton<WebhookSignal>().AddSingleton<WebhookEvents>().AddSingleton<WebhookAddress>()
                .AddSingleton<IValidator<WebhookInput>, WebhookInputValidator>();
            services.AddSingleton<WebhookMetrics>().AddSingleton<IBacklog, WebhookBacklog>();
            services.AddSingleton<WebhookSecrets>().AddSingleton<WebhookSender>().AddSingleton<WebhookDeliveries>()
                .AddSingleton<WebhookPurge>();
            return services.AddSingleton<WebhookService>().AddSingleton<WebhookLog>();
        }
    }

    private static void AddJob<T>(IQuartzBuilder quartz, TimeSpan every)
        where T : IJob => quartz.ScheduleJob<T>(
            trigger => trigger.StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever()),
            job => job.WithIdentity(typeof(T).Name));
}
