using System.Reflection;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>Harbour's main user, and a client of Harbour's, try everything with the ids of Brightside's rows.</summary>
public abstract partial class TenantIsolationTests(DatabaseProvider database) : PortalTest(database)
{
    private GivenRequest _theirs = null!;
    private ClientCaller _forged = null!;
    private ConnectionId _account;
    private AgencyFacebookUserId _facebookUser;
    private ConnectAttemptId _attempt;
    private UserSessionId _session;
    private InvitationId _invitation;
    private RequestTemplateId _template;
    private EmailMessageId _givenUp;
    private ApiKeyId _apiKey;
    private BulkImportId _import;
    private WebhookEndpointId _webhook;
    private WebhookDeliveryId _delivery;

    private UserService Users => Portal.Get<UserService>();

    private RequestTemplates Templates => Portal.Get<RequestTemplates>();

    private BulkService Bulk => Portal.Get<BulkService>();

    private UserSessions Sessions => Portal.Get<UserSessions>();

    /// <summary>What acts for an agency that does not exist yet, or makes contexts and so guards itself.</summary>
    private static IEnumerable<string> NotActing => ["AgencyService.AddUserAsync", "PortalDbContextFactory.Create"];

    protected override void Register(IServiceCollection services) => services.AddPortalIdentity();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _theirs = await ARequest().Asking(Facebook, Mailchimp).SentAsync();
        var baker = await AParticipant(_theirs);
        _account = await AnAccount(baker, Mailchimp);
        _facebookUser = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        await DraftCampaignAsync();
        _invitation = Value(
            await Portal.Get<InvitationService>()
                .InviteAsync(Owner, new NewInvitation("invited@brightside.example", AgencyRole.SubUser), Cancel));
        _template = Value(
            await Templates.SaveAsync(Owner, null, new TemplateInput("Ours", new RequestTerms("", [Mailchimp], null, null)), Cancel));
        Assert.Null(await Templates.MakeDefaultAsync(Owner, _template, Cancel));
        _apiKey = Value(await Portal.Get<ApiKeys>().CreateAsync(Owner, new NewApiKey("CRM", [ApiScope.WriteRequests]), Cancel)).Id;
        _import = Value(
            await Bulk.ReadAsync(
                Owner, "ours.csv", new MemoryStream("recipients,services\na@bakery.example,mailchimp"u8.ToArray()), Cancel));
        _webhook = Value(
            await Portal.Get<WebhookService>().AddAsync(Owner, new WebhookInput("https://hooks.brightside.example/", []), Cancel)).Id;
        _delivery = Value(await Portal.Get<WebhookLog>().SendTestAsync(Owner, _webhook, Cancel));
        _givenUp = await GiveUpAsync();
        _forged = baker with { Agency = Stranger.Agency };
        _sync = await ASyncAsync();
        Value(await Portal.Get<ConnectService>().BeginAsync(Owner, Facebook, new(), Cancel));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        _session = await Sessions.StartAsync(await db.Users.SingleAsync(u => u.Id == Owner.User.Value, Cancel), null, null, Cancel);
        _attempt = await db.ConnectAttempts.Select(a => a.Id).SingleAsync(Cancel);
        await db.ConnectAttempts.ExecuteUpdateAsync(set => set.SetProperty(a => a.UsedAt, Clock.Now), Cancel);
    }

    [Fact]
    public void Every_method_that_acts_for_somebody_has_a_case()
    {
        Type[] somebody = [typeof(AgencyId), typeof(AgencyCaller), typeof(ClientCaller), typeof(RequestScope), typeof(ApiCaller)];
        var acting = typeof(RequestService).Assembly.GetExportedTypes()
            .Where(t => t is { IsClass: true } && !typeof(IAgencyOwned).IsAssignableFrom(t) && t.GetMethod("<Clone>$") is null)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.GetParameters().Any(p => somebody.Contains(p.ParameterType)))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}").Distinct();

        Assert.Equal(acting.Except(NotActing).Order(), Cases.Keys.Order());
    }

    [Fact]
    public async Task Another_agency_can_neither_read_nor_change_anything_nor_learn_that_it_exists()
    {
        var before = await DumpAsync();

        foreach (var (name, attempt) in Cases)
        {
            await attempt();
            Assert.True(before == await DumpAsync(), $"{name} changed rows of another agency.");
        }
    }

    [Fact]
    public async Task A_context_of_one_agency_refuses_to_write_anothers_row()
    {
        await using var db = Portal.Contexts.Create(Stranger.Agency);
        db.AuditEvents.Add(
            new AuditEvent(AuditEventId.New(Clock), Owner.Agency, Clock.Now, AuditKind.SettingsChanged, Actor.System, null, null, null));
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Cancel));
        Assert.Throws<InvalidOperationException>(() => db.SaveChanges());

        await using var other = Portal.Contexts.Create(Stranger.Agency);
        var theirs = await other.Requests.IgnoreQueryFilters().SingleAsync(r => r.Id == _theirs.Id, Cancel);
        theirs.Summarize();
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.SaveChangesAsync(Cancel));
    }

    [Fact]
    public async Task A_context_sees_its_agencys_rows_only_and_one_for_nobody_sees_none()
    {
        foreach (var agency in new[] { Stranger.Agency, AgencyId.None })
        {
            await using var db = agency == AgencyId.None ? Portal.Contexts.CreateForSystem() : Portal.Contexts.Create(agency);
            foreach (var type in db.Model.GetEntityTypes().Select(t => t.ClrType)
                .Where(t => typeof(IAgencyOwned).IsAssignableFrom(t) && t != typeof(AgencyUser)))
            {
                var count = await (Task<int>)typeof(TenantIsolationTests).GetMethod(
                    nameof(CountAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [db, agency])!;
                Assert.True(count == 0, $"{type.Name}: {count} rows of another agency are seen.");
            }
        }

        Assert.Throws<ArgumentException>(() => Portal.Contexts.Create(AgencyId.None));
    }

    private static async Task<int> CountAsync<T>(PortalDbContext db, AgencyId own)
        where T : class, IAgencyOwned => (await db.Set<T>().ToListAsync(Cancel)).Count(row => own == AgencyId.None || row.AgencyId != own);

    private static void Refused<T>(object result)
        where T : PortalError => Assert.IsType<T>(result.GetType().GetProperty("Error")!.GetValue(result));

    /// <summary>A caller with the id of a user who is another agency's is nobody.</summary>
    private async Task ActsForNobodyAsync<T>(Func<T, AgencyCaller, Task> attempt)
        where T : notnull
    {
        await using var scope = Portal.Scope();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => attempt(scope.ServiceProvider.GetRequiredService<T>(), Stranger with { User = Owner.User }));
    }

    private async Task PublishesNothingAsync()
    {
        var told = new TaskCompletionSource<RequestChanged>();
        using var subscription = Portal.Get<RequestFeed>().Subscribe(Stranger, told.SetResult);
        Portal.Get<RequestFeed>().Publish(Stranger.Agency, _theirs.Id);
        Assert.Null((await told.Task.WaitAsync(Cancel)).Row); // read as the watcher's agency: no such row
    }

    private async Task ReadsNoCredentialsAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var secret = await db.Connections.Where(c => c.Id == _account).Select(c => c.Credentials).SingleAsync(Cancel);
        await Portal.Get<CredentialProtector>()
            .ProtectAsync(Stranger.Agency, _account.Value, Mailchimp, new PlatformCredentials("t", null, null, null), Cancel);
        await Assert.ThrowsAnyAsync<CryptographicException>(
            () => Portal.Get<CredentialProtector>().UnprotectAsync(Stranger.Agency, _account.Value, Mailchimp, secret!, Cancel));
    }

    /// <summary>Brightside's rows that the cases aim at.</summary>
    private async Task<string> DumpAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var requests = await db.Requests.Select(r => $"{r.Id} {r.Status} {r.Version} {r.Accounts}").ToListAsync(Cancel);
        var accounts = await db.Connections.Select(c => $"{c.Id} {c.State} {c.DisplayName}").ToListAsync(Cancel);
        var users = await db.FacebookUsers.Select(u => $"{u.Id} {u.Name} {u.Failure}").ToListAsync(Cancel);
        var attempts = await db.ConnectAttempts.Select(a => $"{a.Id} {a.SeenAt}").ToListAsync(Cancel);
        var people = await db.Users.Where(u => u.AgencyId == Owner.Agency).OrderBy(u => u.Id).Select(u => $"{u.Id} {u.Role} {u.DisabledAt}")
            .ToListAsync(Cancel);
        var invitations = await db.Invitations.Select(i => $"{i.Id} {i.ExpiresAt} {i.CancelledAt}").ToListAsync(Cancel);
        var counts = $"{await db.AuditEvents.CountAsync(Cancel)} {await db.EmailMessages.CountAsync(Cancel)} "
            + $"{await db.Participants.CountAsync(Cancel)} {await db.Questions.CountAsync(Cancel)}";
        var templates = await db.RequestTemplates.Select(t => $"{t.Id} {t.Name} {t.IsDefault}").ToListAsync(Cancel);
        var keys = await db.ApiKeys.Select(k => $"{k.Id} {k.RevokedAt} {k.LastUsedAt}").ToListAsync(Cancel);
        var imports = await db.BulkImports.Select(i => $"{i.Id} {i.State} {i.Rows}").ToListAsync(Cancel);
        var webhooks = await db.WebhookEndpoints.Select(w => $"{w.Url} {w.SecretProtected} {w.DisabledAt}").ToListAsync(Cancel);
        var deliveries = await db.WebhookDeliveries.Select(d => $"{d.Id} {d.State} {d.NextAttemptAt}").ToListAsync(Cancel);
        var syncs = await db.AudienceSyncs.Select(s => $"{s.Id} {s.State} {s.RunId} {s.AudienceName}").ToListAsync(Cancel);
        return string.Join(
            '\n', [.. requests, .. syncs, .. keys, .. imports, .. templates, .. webhooks, .. deliveries, .. accounts, .. users, .. attempts,
                .. people, .. invitations, counts, .. await DumpCampaignsAsync()]);
    }
}

public sealed class TenantIsolationTestsOnSqlite() : TenantIsolationTests(DatabaseProvider.Sqlite);

public sealed class TenantIsolationTestsOnPostgres() : TenantIsolationTests(DatabaseProvider.Postgres);
