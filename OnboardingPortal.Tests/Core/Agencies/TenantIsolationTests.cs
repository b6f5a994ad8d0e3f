using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Events;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>Harbour's main user, and a client of Harbour's, try everything with the ids of Brightside's rows.</summary>
public abstract class TenantIsolationTests(DatabaseProvider database) : PortalTest(database)
{
    private GivenRequest _theirs = null!;
    private ClientCaller _forged = null!;
    private ConnectionId _account;
    private AgencyFacebookUserId _facebookUser;
    private ConnectAttemptId _attempt;
    private UserSessionId _session;
    private InvitationId _invitation;
    private RequestTemplateId _template;

    private UserService Users => Portal.Get<UserService>();

    private RequestTemplates Templates => Portal.Get<RequestTemplates>();

    private UserSessions Sessions => Portal.Get<UserSessions>();

    /// <summary>A case for each public method that acts for somebody; a new method without one fails the test below.</summary>
    private Dictionary<string, Func<Task>> Cases => new()
    {
        ["RequestService.CreateAsync"] = async () => Refused<BusinessManagerRefused>(await Requests.CreateAsync(
            Stranger, new NewRequest("m", [Facebook], _facebookUser, RequestBuilder.Business.ExternalId, null), Cancel)),
        ["RequestService.SendAsync"] = async () => Refused<RequestNotFound>(await Requests.SendAsync(Stranger, _theirs.Id, "thief@harbour.example", Cancel)),
        ["RequestService.ResendAsync"] = async () => Refused<RequestNotFound>(await Requests.ResendAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestService.CopyLinkAsync"] = async () => Refused<RequestNotFound>(await Requests.CopyLinkAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestService.DeleteAsync"] = async () => Refused<RequestNotFound>(await Requests.DeleteAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestTable.FindAsync"] = async () => Assert.Null(await Table.FindAsync(Stranger.Scope, _theirs.Id, Cancel)),
        ["RequestTable.ListAsync"] = async () => Assert.All(
            [new RequestQuery(), new RequestQuery("bakery"), new RequestQuery(Status: RequestStatus.Pending, Sort: RequestSort.Recipient), new RequestQuery(Cursor: new(new(long.MaxValue), "", false))],
            query => Assert.Empty(Table.ListAsync(Stranger.Scope, query, Cancel).GetAwaiter().GetResult().Rows)),
        ["RequestTable.CountAsync"] = async () => Assert.Equal(0, await Table.CountAsync(Stranger.Scope, "bakery", null, Cancel) + await Table.CountAsync(Stranger.Scope, null, null, Cancel)),
        ["RequestDetailsReader.FindAsync"] = async () => Assert.Null(await Portal.Get<RequestDetailsReader>().FindAsync(Stranger.Scope, _theirs.Id, Cancel)),
        ["RequestDetailsReader.ListNewestEventsAsync"] = async () => Assert.Empty(await Portal.Get<RequestDetailsReader>().ListNewestEventsAsync(Stranger.Scope, 100, Cancel)),
        ["RequestFeed.Publish"] = PublishesNothingAsync,
        ["RequestFeed.Subscribe"] = PublishesNothingAsync,
        ["AgencyService.GetAsync"] = async () => Assert.Equal("Harbour Agency", (await Portal.Get<AgencyService>().GetAsync(Stranger.Agency, Cancel)).Name),
        ["AgencyService.ChangeSettingsAsync"] = async () =>
        {
            Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(Stranger, TestPortal.NewSettings with { DefaultMessage = "mine" }, Cancel));
            Assert.Equal("Please connect your accounts.", (await Portal.Get<AgencyService>().GetAsync(Owner.Agency, Cancel)).DefaultMessage);
        },
        ["AgencyService.ListNamesAsync"] = async () => Assert.Equal(["The other owner"], (await Portal.Get<AgencyService>().ListNamesAsync(Stranger.Agency, Cancel)).Select(u => u.Name)),
        ["AuditTrail.ListAsync"] = async () => Assert.All(
            Value(await Portal.Get<AuditTrail>().ListAsync(Stranger, new AuditQuery(), null, 100, Cancel)).Events, e => Assert.Equal(Stranger.Agency, e.AgencyId)),
        ["AuditTrail.ExportAsync"] = async () =>
        {
            var export = Value(await Portal.Get<AuditTrail>().ExportAsync(Stranger, new AuditQuery(), "csv", Cancel)); // holds the note of itself
            await foreach (var item in export.Events) Assert.Equal(Stranger.Agency, item.AgencyId);
        },
        ["AuditTrail.VerifyAsync"] = async () => Assert.Null(Value(await Portal.Get<AuditTrail>().VerifyAsync(Stranger, Cancel)).Broken),
        ["BrandingService.GetAsync"] = async () => Assert.Equal("Harbour Agency", Value(await Portal.Get<BrandingService>().GetAsync(Stranger, Cancel)).AgencyName),
        ["BrandingService.SaveAsync"] = async () =>
        {
            Assert.Null(await Portal.Get<BrandingService>().SaveAsync(
                Stranger, BrandingInput.Of(null) with { IsOn = true, CompanyName = "Mine" }, new LogoChange(true, Pictures.Png()), Cancel));
            Assert.Equal("Brightside Agency", (await Portal.Get<ClientBrands>().FindAsync(Owner.Agency, Cancel)).Name);
        },
        ["BrandingService.SendTestAsync"] = async () => Assert.Null(await Portal.Get<BrandingService>().SendTestAsync(Stranger with { User = Owner.User }, "en", Cancel)),
        ["ClientBrands.FindAsync"] = async () => Assert.NotEqual("Brightside Agency", (await Portal.Get<ClientBrands>().FindAsync(Stranger.Agency, Cancel)).Name),
        ["ClientBrands.FindLogoAsync"] = async () => Assert.Null(await Portal.Get<ClientBrands>().FindLogoAsync(Stranger.Agency, new string('0', 64), Cancel)),
        ["Notices.ListUsersAsync"] = async () => Assert.Equal(Stranger.User, Assert.Single(await Portal.Get<Notices>().ListUsersAsync(Stranger, Cancel)).Id),
        ["RequestTemplates.ListAsync"] = async () => Assert.Empty(await Templates.ListAsync(Stranger, Cancel)),
        ["RequestTemplates.SaveAsync"] = async () =>
        {
            Refused<TemplateNotFound>(await Templates.SaveAsync(Stranger, _template, new TemplateInput("Mine", "", [], null, null), Cancel));
            Refused<BusinessManagerRefused>(await Templates.SaveAsync(
                Stranger, null, new TemplateInput("Mine", "", [Facebook], _facebookUser, RequestBuilder.Business.ExternalId), Cancel));
        },
        ["RequestTemplates.DeleteAsync"] = async () => Assert.IsType<TemplateNotFound>(await Templates.DeleteAsync(Stranger, _template, Cancel)),
        ["RequestTemplates.MakeDefaultAsync"] = async () =>
        {
            Assert.IsType<TemplateNotFound>(await Templates.MakeDefaultAsync(Stranger, _template, Cancel));
            Assert.Null(await Templates.MakeDefaultAsync(Stranger, null, Cancel));
            Assert.True(Assert.Single(await Templates.ListAsync(Owner, Cancel)).IsDefault);
        },
        ["HubReader.ReadAsync"] = async () =>
        {
            var hub = await Portal.Get<HubReader>().ReadAsync(Stranger.Scope, Cancel);
            Assert.Equal(new HubNumbers(0, 0, 0, 0, 0), hub.Numbers);
            Assert.Empty(hub.Needs);
            Assert.All(hub.Weeks, week => Assert.Equal((0, 0), (week.Sent, week.Completed)));
        },
        ["UserSessions.ListAsync"] = async () => Assert.Empty(await Sessions.ListAsync(Stranger with { User = Owner.User }, Cancel)),
        ["UserSessions.EndOwnAsync"] = async () => Assert.Equal(0, await Sessions.EndOwnAsync(Stranger with { User = Owner.User }, _session, Cancel)),
        ["UserSessions.EndAsync"] = async () =>
        {
            await Sessions.EndAsync(Stranger with { User = Owner.User }, _session, Cancel);
            Assert.True(await Sessions.IsAliveAsync(_session, Owner.User, null, Cancel));
        },
        ["UserSessions.EndAllAsync"] = async () =>
        {
            await Sessions.EndAllAsync(Stranger.Agency, Owner.User, null, Cancel);
            Assert.True(await Sessions.IsAliveAsync(_session, Owner.User, null, Cancel));
        },
        ["UserService.ListAsync"] = async () => Assert.Equal(Stranger.User, Assert.Single(Value(await Users.ListAsync(Stranger, Cancel))).Id),
        ["UserService.ChangeRoleAsync"] = async () => Assert.IsType<UserNotFound>(await Users.ChangeRoleAsync(Stranger, Member.User, AgencyRole.MainUser, Cancel)),
        ["UserService.DisableAsync"] = async () => Assert.IsType<UserNotFound>(await Users.DisableAsync(Stranger, Owner.User, Cancel)),
        ["UserService.EnableAsync"] = async () => Assert.IsType<UserNotFound>(await Users.EnableAsync(Stranger, Member.User, Cancel)),
        ["UserService.RequireTwoFactorAsync"] = async () => Assert.Null(await Users.RequireTwoFactorAsync(Stranger, false, Cancel)),
        ["UserHandover.RemoveAsync"] = async () => Refused<UserNotFound>(await Portal.Get<UserHandover>().RemoveAsync(Stranger, Member.User, null, Cancel)),
        ["UserHandover.HandRequestsOverAsync"] = async () => Refused<UserNotFound>(await Portal.Get<UserHandover>().HandRequestsOverAsync(Stranger, Owner.User, Stranger.User, Cancel)),
        ["UserHandover.HandOwnershipOverAsync"] = async () => Assert.IsType<UserNotFound>(await Portal.Get<UserHandover>().HandOwnershipOverAsync(Stranger, Owner.User, Cancel)),
        ["InvitationService.ListAsync"] = async () => Assert.Empty(Value(await Portal.Get<InvitationService>().ListAsync(Stranger, Cancel))),
        ["InvitationService.InviteAsync"] = async () =>
        {
            // Somebody whom the other agency has invited, too, and one of its users: neither is told.
            Assert.True((await Portal.Get<InvitationService>().InviteAsync(Stranger, new NewInvitation("invited@brightside.example", AgencyRole.SubUser), Cancel)).Succeeded);
            Assert.True((await Portal.Get<InvitationService>().InviteAsync(Stranger, new NewInvitation(Owner.Email, AgencyRole.SubUser), Cancel)).Succeeded);
        },
        ["InvitationService.ResendAsync"] = async () => Assert.IsType<InvitationNotFound>(await Portal.Get<InvitationService>().ResendAsync(Stranger, _invitation, Cancel)),
        ["InvitationService.CancelAsync"] = async () => Assert.IsType<InvitationNotFound>(await Portal.Get<InvitationService>().CancelAsync(Stranger, _invitation, Cancel)),
        ["OwnAccount.FindProfileAsync"] = () => ActsForNobodyAsync<OwnAccount>((account, forged) => account.FindProfileAsync(forged, Cancel)),
        ["OwnAccount.ChangeProfileAsync"] = () => ActsForNobodyAsync<OwnAccount>((account, forged) => account.ChangeProfileAsync(forged, new Profile("Mine", null, null), Cancel)),
        ["OwnAccount.ChangePasswordAsync"] = () => ActsForNobodyAsync<OwnAccount>((account, forged) => account.ChangePasswordAsync(forged, _session, "", "a new password", Cancel)),
        ["SecondFactors.FindAsync"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.FindAsync(forged)),
        ["SecondFactors.BeginAuthenticator"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.ConfirmAuthenticatorAsync(forged, _session, factors.BeginAuthenticator(forged).Sealed, "", Cancel)),
        ["SecondFactors.Open"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) =>
            factors.Open(Stranger, factors.BeginAuthenticator(Owner).Sealed) is null ? factors.FindAsync(forged) : Task.CompletedTask),
        ["SecondFactors.ConfirmAuthenticatorAsync"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.ConfirmAuthenticatorAsync(forged, _session, "", "", Cancel)),
        ["SecondFactors.MakeRecoveryCodesAsync"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.MakeRecoveryCodesAsync(forged, "")),
        ["SecondFactors.RemoveAuthenticatorAsync"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.RemoveAuthenticatorAsync(forged, _session, "", Cancel)),
        ["SecondFactors.AddPasskeyAsync"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) =>
            factors.AddPasskeyAsync(forged, new UserPasskeyInfo([1], [1], Clock.Now, 0, [], true, false, false, [], []), "Mine")),
        ["SecondFactors.RenamePasskeyAsync"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.RenamePasskeyAsync(forged, "01", "Mine")),
        ["SecondFactors.RemovePasskeyAsync"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.RemovePasskeyAsync(forged, "01")),
        ["AgencyFacebookService.ListAsync"] = async () => Assert.Empty(await Portal.Get<AgencyFacebookService>().ListAsync(Stranger.Agency, Cancel)),
        ["AgencyFacebookService.RemoveAsync"] = async () => Refused<ConnectionNotFound>(await Portal.Get<AgencyFacebookService>().RemoveAsync(Stranger, _facebookUser, Cancel)),
        ["AgencyFacebookCheck.CheckAsync"] = async () => Assert.IsType<ConnectionNotFound>(await Portal.Get<AgencyFacebookCheck>().CheckAsync(Stranger, _facebookUser, Cancel)),
        ["KeyAccounts.ConnectAsync"] = async () => Assert.False(
            (await Portal.Get<KeyAccounts>().ConnectAsync(_forged, new PlatformKey("activecampaign"), "https://bakery.api-us1.com", "key", Cancel)).Succeeded),
        ["ConnectedAccounts.CheckAsync"] = async () => Assert.IsType<ConnectionNotFound>(await Portal.Get<ConnectedAccounts>().CheckAsync(Stranger, _account, Cancel)),
        ["ConnectedAccounts.TakeBackAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<ConnectedAccounts>().TakeBackAsync(_forged, _account, Cancel)),
        ["ConnectedAccounts.DisconnectAsync"] = async () => Refused<ConnectionNotFound>(await Portal.Get<ConnectedAccounts>().DisconnectAsync(Stranger, _account, Cancel)),
        ["ConnectService.FindLastAttemptAsync"] = async () =>
            Assert.Null(await Portal.Get<ConnectService>().FindLastAttemptAsync(Stranger with { User = Owner.User }, PlatformGrants.Assets, Cancel)),
        ["ConnectService.DismissAttemptAsync"] = () => Portal.Get<ConnectService>().DismissAttemptAsync(Stranger with { User = Owner.User }, _attempt, Cancel),
        ["AgencyFacebookService.ConnectAsync"] = async () =>
        {
            // The same person at Facebook: connected to the other agency, never taken from this one.
            var same = new PlatformSignIn(new PlatformAccount("10215000000000099", "Thief", null), new PlatformCredentials("t", null, null, null));
            await Portal.Get<AgencyFacebookService>().ConnectAsync(Stranger, same, [], Cancel);
            Assert.Equal("Agency admin", Assert.Single(await Portal.Get<AgencyFacebookService>().ListAsync(Owner.Agency, Cancel)).Name);
            var stolen = (await Portal.Get<AgencyFacebookService>().ListAsync(Stranger.Agency, Cancel))[0].Id;
            Assert.Equal(Disconnection.PlatformHasNoWay, Value(await Portal.Get<AgencyFacebookService>().RemoveAsync(Stranger, stolen, Cancel)));
            Assert.Empty(Http.Calls); // Facebook would end the other agency's sign-in, too
        },
        ["ConnectionList.ListAccountsAsync"] = async () => Assert.Empty(await Portal.Get<ConnectionList>().ListAccountsAsync(Stranger.Agency, Cancel)),
        ["ConnectionList.ListAssetsAsync"] = async () => Assert.Empty(await Portal.Get<ConnectionList>().ListAssetsAsync(Stranger.Agency, Cancel)),
        ["FacebookVerification.CheckAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<FacebookVerification>().CheckAsync(Stranger.Agency, _theirs.Id, Cancel)),
        ["CredentialProtector.ProtectAsync"] = ReadsNoCredentialsAsync,
        ["CredentialProtector.UnprotectAsync"] = ReadsNoCredentialsAsync,
        ["ConnectService.BeginAsync"] = async () =>
        {
            Refused<RequestNotFound>(await Portal.Get<ConnectService>().BeginAsync(_forged, Mailchimp, new(), Cancel));
            var own = Value(await Portal.Get<ConnectService>().BeginAsync(Stranger with { User = Owner.User }, Facebook, new(), Cancel));
            Assert.True((await Portal.Get<ConnectService>().StartAsync(Facebook, own, null, a => a.AgencyId == Stranger.Agency, Cancel)).Succeeded);
        },
        ["WizardService.FindAsync"] = async () => Assert.Null(await Wizard.FindAsync(_forged, Cancel)),
        ["WizardService.GoToAsync"] = async () => Assert.IsType<RequestNotFound>(await Wizard.GoToAsync(_forged, PlatformGrants.Account, Cancel)),
        ["WizardService.DeclineAsync"] = async () => Assert.IsType<RequestNotFound>(await Wizard.DeclineAsync(_forged, Mailchimp, true, Cancel)),
        ["WizardService.RemoveAccountAsync"] = async () => Assert.IsType<RequestNotFound>(await Wizard.RemoveAccountAsync(_forged, _account, Cancel)),
        ["WizardService.DismissAttemptAsync"] = () => Wizard.DismissAttemptAsync(_forged, _attempt, Cancel),
        ["WizardService.CompleteAsync"] = async () => Assert.IsType<RequestNotFound>(await Wizard.CompleteAsync(_forged, Cancel)),
        ["ClientAccounts.AttachAsync"] = async () => Refused<RequestNotFound>(await Portal.Get<ClientAccounts>().AttachAsync(
            _forged, Mailchimp, new PlatformSignIn(new PlatformAccount("x", "x", null), new PlatformCredentials("t", null, null, null)), Cancel)),
        ["FacebookSharing.ListBusinessesAsync"] = async () => Refused<ConnectionNotFound>(await Portal.Get<FacebookSharing>().ListBusinessesAsync(_forged, _account, Cancel)),
        ["FacebookSharing.ListAssetsAsync"] = async () => Refused<ConnectionNotFound>(await Portal.Get<FacebookSharing>().ListAssetsAsync(_forged, _account, "1", Cancel)),
        ["FacebookSharing.ShareAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<FacebookSharing>().ShareAsync(_forged, _account, "1", [], Cancel)),
        ["FacebookSharing.ResumeAsync"] = async () => Assert.IsType<ConnectionNotFound>(await Portal.Get<FacebookSharing>().ResumeAsync(_forged, _account)),
    };

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
        _invitation = Value(await Portal.Get<InvitationService>().InviteAsync(Owner, new NewInvitation("invited@brightside.example", AgencyRole.SubUser), Cancel));
        _template = Value(await Templates.SaveAsync(Owner, null, new TemplateInput("Ours", "", [Mailchimp], null, null), Cancel));
        Assert.Null(await Templates.MakeDefaultAsync(Owner, _template, Cancel));
        _forged = baker with { Agency = Stranger.Agency };
        Value(await Portal.Get<ConnectService>().BeginAsync(Owner, Facebook, new(), Cancel));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        _session = await Sessions.StartAsync(await db.Users.SingleAsync(u => u.Id == Owner.User.Value, Cancel), null, null, Cancel);
        _attempt = await db.ConnectAttempts.Select(a => a.Id).SingleAsync(Cancel);
        await db.ConnectAttempts.ExecuteUpdateAsync(set => set.SetProperty(a => a.UsedAt, Clock.Now), Cancel);
    }

    [Fact]
    public void Every_method_that_acts_for_somebody_has_a_case()
    {
        Type[] somebody = [typeof(AgencyId), typeof(AgencyCaller), typeof(ClientCaller), typeof(RequestScope)];
        var acting = typeof(RequestService).Assembly.GetExportedTypes().Where(t => t is { IsClass: true } && !typeof(IAgencyOwned).IsAssignableFrom(t) && t.GetMethod("<Clone>$") is null)
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
        db.AuditEvents.Add(new AuditEvent(AuditEventId.New(Clock), Owner.Agency, Clock.Now, AuditKind.SettingsChanged, Actor.System, null, null, null));
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
        foreach (var agency in new[] { Stranger.Agency, default })
        {
            await using var db = agency == default ? Portal.Contexts.CreateForSystem() : Portal.Contexts.Create(agency);
            foreach (var type in db.Model.GetEntityTypes().Select(t => t.ClrType).Where(t => typeof(IAgencyOwned).IsAssignableFrom(t) && t != typeof(AgencyUser)))
            {
                var count = (int)typeof(TenantIsolationTests).GetMethod(nameof(Count), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [db])!;
                Assert.True(count == 0, $"{type.Name}: {count} rows of another agency are seen.");
            }
        }

        Assert.Throws<ArgumentException>(() => Portal.Contexts.Create(default));
    }

    private static int Count<T>(PortalDbContext db)
        where T : class => db.Set<T>().Count();

    private static void Refused<T>(object result)
        where T : PortalError => Assert.IsType<T>(result.GetType().GetProperty("Error")!.GetValue(result));

    /// <summary>A caller with the id of a user who is another agency's is nobody.</summary>
    private async Task ActsForNobodyAsync<T>(Func<T, AgencyCaller, Task> attempt)
        where T : notnull
    {
        await using var scope = Portal.Scope();
        await Assert.ThrowsAsync<InvalidOperationException>(() => attempt(scope.ServiceProvider.GetRequiredService<T>(), Stranger with { User = Owner.User }));
    }

    private async Task PublishesNothingAsync()
    {
        var told = new TaskCompletionSource<RequestChanged>();
        using var subscription = Portal.Get<RequestFeed>().Subscribe(Stranger.Agency, Stranger.User, told.SetResult);
        Portal.Get<RequestFeed>().Publish(Stranger.Agency, _theirs.Id);
        Assert.Null((await told.Task.WaitAsync(Cancel)).Row); // read as the watcher's agency: no such row
    }

    private async Task ReadsNoCredentialsAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var secret = await db.Connections.Where(c => c.Id == _account).Select(c => c.Credentials).SingleAsync(Cancel);
        await Portal.Get<CredentialProtector>().ProtectAsync(Stranger.Agency, _account.Value, Mailchimp, new PlatformCredentials("t", null, null, null), Cancel);
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
        var people = await db.Users.Where(u => u.AgencyId == Owner.Agency).OrderBy(u => u.Id).Select(u => $"{u.Id} {u.Role} {u.DisabledAt}").ToListAsync(Cancel);
        var invitations = await db.Invitations.Select(i => $"{i.Id} {i.ExpiresAt} {i.CancelledAt}").ToListAsync(Cancel);
        var counts = $"{await db.AuditEvents.CountAsync(Cancel)} {await db.EmailMessages.CountAsync(Cancel)} {await db.Participants.CountAsync(Cancel)}";
        return string.Join('\n', [.. requests, .. accounts, .. users, .. attempts, .. people, .. invitations, counts]);
        var templates = await db.RequestTemplates.Select(t => $"{t.Id} {t.Name} {t.IsDefault}").ToListAsync(Cancel);
        return string.Join('\n', [.. requests, .. templates, .. accounts, .. users, .. attempts, counts]);
    }
}

public sealed class TenantIsolationTestsOnSqlite() : TenantIsolationTests(DatabaseProvider.Sqlite);

public sealed class TenantIsolationTestsOnPostgres() : TenantIsolationTests(DatabaseProvider.Postgres);
