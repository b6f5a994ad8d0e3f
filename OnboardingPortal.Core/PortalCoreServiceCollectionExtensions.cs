using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Net;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.ActiveCampaign;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Google;
using OnboardingPortal.Core.Platforms.HubSpot;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Core.Work;

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
            services.AddMetrics();
            services.AddPortal().AddPortalDatabase().AddRounds().AddSecrets().AddAudit().AddPlatforms();
            services.AddOutbox().AddAgencies().AddConnectedAccounts().AddRequests();
            return services.AddSharing().AddWizard().AddDataSync().AddCampaigns().AddConnect().AddBulk().AddWebhooks().AddApi();
        }

        /// <summary>
        /// Adds the background work, and on PostgreSQL what listens for other nodes' changes. A node without it still serves pages.
        /// </summary>
        public IServiceCollection AddPortalJobs(IConfiguration configuration)
        {
            services.AddRound<OutboxDelivery, OutboxSignal>(TimeSpan.FromSeconds(15), (outbox, stopping) => outbox.DeliverAsync(stopping));
            services.AddRound<BulkSending, BulkSignal>(TimeSpan.FromSeconds(15), (bulk, stopping) => bulk.SendAsync(stopping));
            services.AddRound<WebhookDeliveries, WebhookSignal>(
                TimeSpan.FromSeconds(5), (webhooks, stopping) => webhooks.DeliverAsync(stopping));
            services.AddRound<SyncEngine, SyncSignal>(TimeSpan.FromSeconds(5), (syncs, stopping) => syncs.SyncAsync(stopping));
            services.AddRound<SyncReadiness>(SyncReadiness.Every, (readiness, stopping) => readiness.LookAsync(stopping));
            services.AddRound<BulkSending>(TimeSpan.FromHours(1), (bulk, stopping) => bulk.PurgeAsync(stopping), "BulkPurge");
            services.AddRound<DeliveryService>(TimeSpan.FromHours(1), (deliveries, stopping) => deliveries.ForgetAsync(stopping));
            services.AddRound<FacebookSharing>(TimeSpan.FromSeconds(15), (sharing, stopping) => sharing.ResumeDueAsync(stopping));
            services.AddRound<Retention>(TimeSpan.FromHours(12), (retention, stopping) => retention.DeleteOldAsync(stopping));
            services.AddRound<FacebookVerification>(TimeSpan.FromSeconds(5), (facebook, stopping) => facebook.CheckDueAsync(stopping));
            services.AddRound<FacebookAssignment>(TimeSpan.FromSeconds(5), (facebook, stopping) => facebook.AssignDueAsync(stopping));
            services.AddRound<AgencyFacebookCheck>(TimeSpan.FromMinutes(1), (check, stopping) => check.CheckDueAsync(stopping));
            services.AddRound<OwnHosts>(TimeSpan.FromSeconds(30), (hosts, stopping) => hosts.CheckDueAsync(stopping));
            services.AddRound<RequestExpiry>(TimeSpan.FromSeconds(30), (expiry, stopping) => expiry.ExpireAsync(stopping));
            services.AddRound<RequestReminders>(TimeSpan.FromMinutes(15), (reminders, stopping) => reminders.RemindAsync(stopping));
            services.AddRound<ConnectedAccounts>(TimeSpan.FromMinutes(1), (accounts, stopping) => accounts.CheckDueAsync(stopping));
            services.AddRound<KeyRing>(TimeSpan.FromDays(1), (ring, stopping) => ring.RotateDueAsync(stopping));
            services.AddRound<CredentialErasure>(TimeSpan.FromMinutes(10), (erasure, stopping) => erasure.EraseDueAsync(stopping));
            services.AddRound<Revocations>(TimeSpan.FromMinutes(1), (revocations, stopping) => revocations.RetryDueAsync(stopping));
            services.AddRound<RequestOrders>(TimeSpan.FromHours(1), (orders, stopping) => orders.ForgetAsync(stopping));
            services.AddRound<ApiKeyExpiry>(TimeSpan.FromHours(1), (expiry, stopping) => expiry.NoticeAsync(stopping));
            services.AddRound<WebhookPurge>(TimeSpan.FromHours(1), (purge, stopping) => purge.PurgeAsync(stopping));
            services.AddRound<CampaignMaking, CampaignSignal>(TimeSpan.FromSeconds(15), (making, stopping) => making.RunAsync(stopping));
            services.AddRound<CampaignCheck>(TimeSpan.FromMinutes(10), (check, stopping) => check.CheckDueAsync(stopping));
            var hasOtherNodes =
                configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>()?.Provider == DatabaseProvider.Postgres;
            if (hasOtherNodes) services.AddHostedService<PostgresFeed>();
            return services.AddScheduledWork(hasOtherNodes).AddHostedService<PasswordResetWorker>();
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
    }
}
