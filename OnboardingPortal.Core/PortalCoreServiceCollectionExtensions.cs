using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.ActiveCampaign;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Google;
using OnboardingPortal.Core.Platforms.HubSpot;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Rounds;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Core.Wizard;
using Quartz;

namespace OnboardingPortal.Core;

/// <summary>Registers the domain's services.</summary>
public static class PortalCoreServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds everything the portal does, without its pages, its jobs and the words of its mails. The order of the platforms is their
        /// order on forms.
        /// </summary>
        public IServiceCollection AddPortalCore()
        {
            services.AddPortal().AddPortalDatabase().AddRounds().AddSecrets().AddAudit().AddPlatforms();
            services.AddEmail().AddAgencies().AddConnectedAccounts().AddRequests();
            return services.AddSharing().AddWizard().AddConnect().AddBulk().AddWebhooks().AddApi();
        }

        /// <summary>
        /// Adds the jobs, and on PostgreSQL the service that listens for changes of other nodes. A node without them still serves pages.
        /// </summary>
        public IServiceCollection AddPortalJobs(IConfiguration configuration)
        {
            if (configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>()?.Provider == DatabaseProvider.Postgres)
                services.AddHostedService<PostgresFeed>();
            services.AddQuartz(quartz =>
            {
                quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
                quartz.AddTriggerListener<RestWhileAway>();
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
                AddJob<RevocationJob>(quartz, TimeSpan.FromMinutes(1));
                AddJob<ForgetOrdersJob>(quartz, TimeSpan.FromHours(1));
                AddJob<ApiKeyExpiryJob>(quartz, TimeSpan.FromHours(1));
                AddJob<WebhookDeliveryJob>(quartz, TimeSpan.FromSeconds(5));
                AddJob<WebhookPurgeJob>(quartz, TimeSpan.FromHours(1));
            });
            services.AddQuartzHostedService(options =>
            {
                options.AwaitApplicationStarted = true;
                options.WaitForJobsToComplete = true;
            });
            return services.AddHostedService<JobWaker<OutboxSignal, OutboxJob>>().AddHostedService<JobWaker<BulkSignal, BulkSendingJob>>()
                .AddHostedService<JobWaker<WebhookSignal, WebhookDeliveryJob>>().AddHostedService<PasswordResetWorker>();
        }

        private IServiceCollection AddPortal()
        {
            services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<PortalOptions>, PortalOptionsValidator>();
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(new PublicConnector(Dns.GetHostAddressesAsync));
            return services.AddSingleton<PortalAddress>();
        }

        private IServiceCollection AddPlatforms()
        {
            services.AddPlatformCalls();
            services.AddFacebook();
            services.AddMailchimp();
            services.AddSalesforce();
            services.AddGoogleSheets();
            services.AddHubSpot();
            services.AddActiveCampaign();
            services.AddGoogleAds();
            return services;
        }

        private IServiceCollection AddEmail()
        {
            services.AddOptions<EmailOptions>().BindConfiguration(EmailOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>();
            services.AddEmailTransports();
            services.AddSingleton<DeliveryService>().AddSingleton<EmailSetup>();
            return services.AddSingleton<OutboxSignal>().AddSingleton<OutboxLedger>().AddSingleton<Email.Outbox>()
                .AddSingleton<GivenUpMails>();
        }
    }

    private static void AddJob<T>(IQuartzBuilder quartz, TimeSpan every)
        where T : IJob => quartz.ScheduleJob<T>(
            trigger => trigger.StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever()),
            job => job.WithIdentity(typeof(T).Name));
}
