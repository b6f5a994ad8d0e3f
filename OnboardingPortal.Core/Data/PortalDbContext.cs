using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Rounds;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.Core.Data;

/// <summary>
/// The portal's model. Rows of an agency are seen only by a context made for that agency; a context made for none sees no rows
/// unless the query says <c>IgnoreQueryFilters()</c>, as jobs and link look-ups do.
/// </summary>
public abstract class PortalDbContext(DbContextOptions options)
    : IdentityDbContext<AgencyUser, IdentityRole<long>, long, IdentityUserClaim<long>, IdentityUserRole<long>, IdentityUserLogin<long>,
        IdentityRoleClaim<long>, IdentityUserToken<long>, IdentityUserPasskey<long>>(options)
{
    /// <summary>
    /// The agency whose rows are visible and may be written; the default sees none. Set by <see cref="PortalDbContextFactory"/>.
    /// </summary>
    internal AgencyId Tenant { get; set; }

    /// <summary>Chains new audit entries as they are saved. Set by <see cref="PortalDbContextFactory"/>.</summary>
    internal AuditChain? Chain { get; set; }

    /// <summary>Tells endpoints of the agency what new audit entries say. Set by <see cref="PortalDbContextFactory"/>.</summary>
    internal WebhookEvents? Webhooks { get; set; }

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

    internal DbSet<RestingItem> RestingItems => Set<RestingItem>();

    internal DbSet<BulkRow> BulkRows => Set<BulkRow>();

    internal DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    internal DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    internal DbSet<Invitation> Invitations => Set<Invitation>();

    internal DbSet<UserSession> UserSessions => Set<UserSession>();

    internal DbSet<PasswordAttempt> PasswordAttempts => Set<PasswordAttempt>();

    internal DbSet<Branding> Brandings => Set<Branding>();

    internal DbSet<GivenUpHost> GivenUpHosts => Set<GivenUpHost>();

    internal DbSet<RequestTemplate> RequestTemplates => Set<RequestTemplate>();

    internal DbSet<AgencyKey> AgencyKeys => Set<AgencyKey>();

    internal DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>The agency's requests that match a search, from the database's full-text index.</summary>
    internal abstract IQueryable<FoundRequest> SearchRequests(AgencyId agency, string search);

    /// <summary>Tells the other nodes of a change, with the transaction that makes it. A database of one node has nobody to tell.</summary>
    internal virtual Task AnnounceAsync(AgencyId agency, RequestId request, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tells the other nodes that sessions of a user may have ended.</summary>
    internal virtual Task AnnounceAsync(AgencyUserId user, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tells the other nodes something on a channel, at once or with the transaction.</summary>
    internal virtual Task NotifyAsync(string channel, string words, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Mails that are due, the longest due first, held until the transaction ends; those that another node holds are left out.
    /// </summary>
    internal virtual IQueryable<EmailMessage> LockDueMails(AgencyId agency, bool isAwaited, DateTimeOffset now, int most) =>
        EmailMessages.IgnoreQueryFilters()
            .Where(m => m.AgencyId == agency && m.IsAwaited == isAwaited && m.State == EmailState.Queued && m.NextAttemptAt <= now)
            .OrderBy(m => m.NextAttemptAt).Take(most);

    /// <summary>The end of an agency's audit chain, held until the transaction ends; null when it is gone.</summary>
    internal virtual Task<AuditHead?> LockAuditHeadAsync(AgencyId agency, CancellationToken cancellationToken) =>
        AuditHeads.IgnoreQueryFilters().SingleOrDefaultAsync(h => h.AgencyId == agency, cancellationToken);

    /// <summary>
    /// Begins an agency's audit chain, unless another transaction was quicker: the end that is now there, held until the transaction ends.
    /// </summary>
    internal virtual Task<AuditHead> BeginAuditChainAsync(AuditHead head, CancellationToken cancellationToken)
    {
        AuditHeads.Add(head); // SQLite has one writer at a time
        return Task.FromResult(head);
    }

    /// <summary>Holds an endpoint until the transaction ends: its deliveries are claimed and ended by one after the other.</summary>
    // SQLite has one writer at a time
    internal virtual Task LockEndpointAsync(WebhookEndpointId endpoint, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// The agency's endpoints that are on, held until the transaction ends: none of them is removed before what is written for it.
    /// </summary>
    internal virtual Task<List<WebhookEndpoint>> ListListeningAsync(AgencyId agency, CancellationToken cancellationToken) =>
        WebhookEndpoints.IgnoreQueryFilters().AsNoTracking().Where(e => e.AgencyId == agency && e.DisabledAt == null)
            .ToListAsync(cancellationToken);

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">There are new audit entries: they are chained by
    /// <see cref="SaveChangesAsync(bool, CancellationToken)"/> alone.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        GuardTenant();
        BeginChains();
        if (NewAuditEvents().Count > 0) throw new NotSupportedException("Audit entries are saved asynchronously.");
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var detects = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false; // each step below would look through every entity again
        try
        {
            return await SaveDetectedAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    private async Task<int> SaveDetectedAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        GuardTenant();
        BeginChains();
        var happened = NewAuditEvents();
        if (happened.Count == 0) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        if (Webhooks is not null) await Webhooks.AddAsync(this, happened, cancellationToken);
        // The changes first and the chain's end last: two transactions that met in another order would wait for each other.
        foreach (var item in happened) Entry(item).State = EntityState.Detached;
        var saved = ChangeTracker.HasChanges() ? await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken) : 0;
        var chain = Chain ?? throw new InvalidOperationException("A context without a chain saves no audit entries.");
        var newest = await chain.AppendAsync(this, happened, cancellationToken);
        AuditEvents.AddRange(happened);
        ChangeTracker.DetectChanges(); // the chain's end moved
        saved += await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        AfterCommit += () => chain.Note(newest);
        if (own is not null) await own.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>An agency's chain begins with the agency: one without an end later on has lost it.</summary>
    private void BeginChains()
    {
        foreach (var agency in ChangeTracker.Entries<Agency>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.Id).ToList())
        {
            if (ChangeTracker.Entries<AuditHead>().Any(h => h.Entity.AgencyId == agency)) continue; // saved once before, in vain
            AuditHeads.Add((Chain ?? throw new InvalidOperationException("A context without a chain saves no agency.")).Begin(agency));
        }
    }

    private List<AuditEvent> NewAuditEvents() =>
        [.. ChangeTracker.Entries<AuditEvent>().Where(e => e.State == EntityState.Added).Select(e => e.Entity)];

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
        if (Tenant == default) return;
        var foreign = ChangeTracker.Entries<IAgencyOwned>()
            .FirstOrDefault(e => e.State != EntityState.Unchanged && e.Entity.AgencyId != Tenant);
        if (foreign is not null)
        {
            throw new InvalidOperationException($"A {foreign.Metadata.ClrType.Name} of another agency was about to be written.");
        }
    }
}

/// <summary>What a full-text index answers: a type of the model, since a bare id from SQL would not be converted.</summary>
internal sealed class FoundRequest
{
    public required RequestId Id { get; init; }
}
