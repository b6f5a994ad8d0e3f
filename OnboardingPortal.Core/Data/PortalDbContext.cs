using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Data;

/// <summary>
/// The portal's model. Rows of an agency are seen only by a context made for that agency; a context made for none sees no rows
/// unless the query says <c>IgnoreQueryFilters()</c>, as jobs and link look-ups do.
/// </summary>
public abstract class PortalDbContext(DbContextOptions options)
    : IdentityDbContext<AgencyUser, IdentityRole<long>, long, IdentityUserClaim<long>, IdentityUserRole<long>, IdentityUserLogin<long>,
        IdentityRoleClaim<long>, IdentityUserToken<long>, IdentityUserPasskey<long>>(options), IDataProtectionKeyContext
{
    /// <summary>
    /// The agency whose rows are visible and may be written; none sees none. Set by <see cref="PortalDbContextFactory"/>.
    /// </summary>
    internal AgencyId Tenant { get; set; }

    /// <summary>
    /// Done once, as soon as the transaction is committed; what is rolled back does nothing. More is added to it, never put in its place.
    /// </summary>
    internal Action? AfterCommit { get; set; }

    internal DbSet<Agency> Agencies => Set<Agency>();

    internal DbSet<OnboardingRequest> Requests => Set<OnboardingRequest>();

    internal DbSet<Recipient> Recipients => Set<Recipient>();

    internal DbSet<Participant> Participants => Set<Participant>();

    internal DbSet<PlatformConnection> Connections => Set<PlatformConnection>();

    internal DbSet<ConnectedAsset> Assets => Set<ConnectedAsset>();

    internal DbSet<Revocation> Revocations => Set<Revocation>();

    internal DbSet<ConnectAttempt> ConnectAttempts => Set<ConnectAttempt>();

    internal DbSet<AgencyFacebookUser> FacebookUsers => Set<AgencyFacebookUser>();

    internal DbSet<EmailMessage> EmailMessages => Set<EmailMessage>();

    internal DbSet<DeliveryEvent> DeliveryEvents => Set<DeliveryEvent>();

    internal DbSet<UnmatchedEvents> UnmatchedEvents => Set<UnmatchedEvents>();

    internal DbSet<ClientQuestion> Questions => Set<ClientQuestion>();

    internal DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    internal DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    internal DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();

    internal DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    internal DbSet<BulkImport> BulkImports => Set<BulkImport>();

    internal DbSet<AudienceSync> AudienceSyncs => Set<AudienceSync>();

    internal DbSet<SyncRun> SyncRuns => Set<SyncRun>();

    internal DbSet<SyncBatch> SyncBatches => Set<SyncBatch>();

    internal DbSet<SyncRosterChunk> SyncRosters => Set<SyncRosterChunk>();

    internal DbSet<RestingItem> RestingItems => Set<RestingItem>();

    internal DbSet<BulkRow> BulkRows => Set<BulkRow>();

    /// <summary>The ids of all agencies, for rounds that go from one to the next.</summary>
    internal IQueryable<AgencyId> AgencyIds => Agencies.Select(a => a.Id);

    internal DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    internal DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    internal DbSet<Invitation> Invitations => Set<Invitation>();

    internal DbSet<UserSession> UserSessions => Set<UserSession>();

    internal DbSet<PasswordAttempt> PasswordAttempts => Set<PasswordAttempt>();

    internal DbSet<Branding> Brandings => Set<Branding>();

    internal DbSet<GivenUpHost> GivenUpHosts => Set<GivenUpHost>();

    internal DbSet<RequestTemplate> RequestTemplates => Set<RequestTemplate>();

    internal DbSet<AgencyKey> AgencyKeys => Set<AgencyKey>();

    internal DbSet<CampaignDraft> CampaignDrafts => Set<CampaignDraft>();

    internal DbSet<CampaignQuestion> CampaignQuestions => Set<CampaignQuestion>();

    internal DbSet<CampaignSettings> CampaignSettings => Set<CampaignSettings>();

    /// <inheritdoc />
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>
    /// Says something on a channel to the nodes that listen (<see cref="INodeListener"/>), with the transaction. A database of one node has
    /// nobody to tell.
    /// </summary>
    internal virtual Task NotifyAsync(string channel, string payload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Mails that are due, the longest due first, held until the transaction ends; those that another node holds are left out.
    /// </summary>
    internal virtual IQueryable<EmailMessage> LockDueMails(AgencyId agency, bool isAwaited, DateTimeOffset now, int most) =>
        EmailMessages.IgnoreQueryFilters()
            .Where(m => m.AgencyId == agency && m.IsAwaited == isAwaited && m.State == EmailState.Queued && m.NextAttemptAt <= now)
            .OrderBy(m => m.NextAttemptAt).Take(most);

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        GuardTenant();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var detects = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false; // each step of a save would look through every entity again
        try
        {
            GuardTenant();
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var id in typeof(IId<>).Assembly.GetTypes().Where(t => t.IsValueType && t.GetInterfaces().Any(IsIdInterface)))
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        }

        configurationBuilder.Properties<PlatformKey>().HaveConversion<PlatformKeyConverter>().HaveMaxLength(PlatformKey.MaxLength);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);

        static bool IsIdInterface(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IId<>);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        var filter = typeof(PortalDbContext).GetMethod(nameof(FilterByTenant), BindingFlags.Instance | BindingFlags.NonPublic)!;
        foreach (var type in builder.Model.GetEntityTypes().Select(t => t.ClrType).ToList())
        {
            if (typeof(IAgencyOwned).IsAssignableFrom(type) && type != typeof(AgencyUser))
            {
                filter.MakeGenericMethod(type).Invoke(this, [builder]);
            }
        }
    }

    private void FilterByTenant<T>(ModelBuilder builder)
        where T : class, IAgencyOwned
    {
        Expression<Func<T, bool>> mine = row => row.AgencyId == Tenant;
        builder.Entity<T>().HasQueryFilter(mine);
    }

    private void GuardTenant()
    {
        if (Tenant == AgencyId.None) return;
        var foreign = ChangeTracker.Entries<IAgencyOwned>()
            .FirstOrDefault(e => e.State != EntityState.Unchanged && e.Entity.AgencyId != Tenant);
        if (foreign is not null)
        {
            throw new InvalidOperationException($"A {foreign.Metadata.ClrType.Name} of another agency was about to be written.");
        }
    }
}
