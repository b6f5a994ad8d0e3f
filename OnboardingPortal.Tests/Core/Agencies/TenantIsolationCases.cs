using Microsoft.AspNetCore.Identity;
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
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

public abstract partial class TenantIsolationTests
{
    /// <summary>A case for each public method that acts for somebody; a new method without one fails the test below.</summary>
    private Dictionary<string, Func<Task>> Cases => new()
    {
        ["RequestService.CreateAsync"] = async () => Refused<BusinessManagerRefused>(await Requests.CreateAsync(
            Stranger, new NewRequest("m", [Facebook], _facebookUser, RequestBuilder.Business.ExternalId, null), Cancel)),
        ["RequestService.SendAsync"] = async () => Refused<RequestNotFound>(await Requests.SendAsync(Stranger, _theirs.Id, "thief@harbour.example", Cancel)),
        ["RequestService.ResendAsync"] = async () => Refused<RequestNotFound>(await Requests.ResendAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestService.CopyLinkAsync"] = async () => Refused<RequestNotFound>(await Requests.CopyLinkAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestService.DeleteAsync"] = async () => Refused<RequestNotFound>(await Requests.DeleteAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestService.RenewAsync"] = async () => Refused<RequestNotFound>(await Requests.RenewAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestService.ReplaceLinkAsync"] = async () => Refused<RequestNotFound>(await Requests.ReplaceLinkAsync(Stranger, _theirs.Id, Cancel)),
        ["RecipientLinks.ReplaceAsync"] = async () => Refused<RequestNotFound>(
            await Portal.Get<RecipientLinks>().ReplaceAsync(Stranger, _theirs.Id, (await DetailsOf(_theirs.Id)).Request.Recipients[0].Id, Cancel)),
        ["RequestEditor.FindAsync"] = async () => Refused<RequestNotFound>(await Portal.Get<RequestEditor>().FindAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestEditor.SaveAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<RequestEditor>().SaveAsync(
            Stranger, _theirs.Id, new RequestEdit("Mine", [Mailchimp], null, null), Cancel)),
        ["RequestTable.FindAsync"] = async () => Assert.Null(await Table.FindAsync(Stranger.Scope, _theirs.Id, Cancel)),
        ["RequestTable.ListAsync"] = async () => Assert.All(
            [new RequestQuery(), new RequestQuery("bakery"), new RequestQuery(Status: RequestStatus.Pending, Sort: RequestSort.Recipient), new RequestQuery(Cursor: new(new(long.MaxValue), "", false))],
            query => Assert.Empty(Table.ListAsync(Stranger.Scope, query, Cancel).GetAwaiter().GetResult().Rows)),
        ["RequestTable.CountAsync"] = async () => Assert.Equal(0, await Table.CountAsync(Stranger.Scope, "bakery", null, Cancel) + await Table.CountAsync(Stranger.Scope, null, null, Cancel)),
        ["RequestTable.ReadAllAsync"] = async () => Assert.Empty(await Table.ReadAllAsync(Stranger.Scope, new RequestQuery(), Cancel).ToListAsync(Cancel)),
        ["RequestTable.ListChosenAsync"] = async () => Assert.Empty(await Table.ListChosenAsync(Stranger.Scope, [_theirs.Id], Cancel)),
        ["RequestDetailsReader.ListConnectionsAsync"] = async () => Assert.Empty(await Portal.Get<RequestDetailsReader>().ListConnectionsAsync(Stranger.Scope, [_theirs.Id], Cancel)),
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
        ["ApiKeys.ListAsync"] = async () => Assert.Empty(Value(await Portal.Get<ApiKeys>().ListAsync(Stranger, Cancel))),
        ["ApiKeys.CreateAsync"] = async () =>
        {
            var own = Value(await Portal.Get<ApiKeys>().CreateAsync(Stranger with { User = Owner.User }, new NewApiKey("Mine", [ApiScope.ReadRequests]), Cancel));
            Refused<ApiKeyUserGone>(await Portal.Get<ApiKeys>().AuthenticateAsync(own.Secret, null, Cancel)); // that user is nobody here
            Assert.Null(await Portal.Get<ApiKeys>().RevokeAsync(Stranger, own.Id, Cancel));
        },
        ["ApiKeys.RevokeAsync"] = async () => Assert.IsType<ApiKeyNotFound>(await Portal.Get<ApiKeys>().RevokeAsync(Stranger, _apiKey, Cancel)),
        ["RequestOrders.CreateAsync"] = async () => Refused<BusinessManagerRefused>(await Portal.Get<RequestOrders>().CreateAsync(
            new ApiCaller(_apiKey, [ApiScope.WriteRequests], Stranger), new RequestOrder("m", [Facebook], _facebookUser, RequestBuilder.Business.ExternalId, null, []), null, Cancel)),
        ["AuditTrail.ListAsync"] = async () => Assert.All(
            Value(await Portal.Get<AuditTrail>().ListAsync(Stranger, new AuditQuery(), null, 100, Cancel)).Events, e => Assert.Equal(Stranger.Agency, e.AgencyId)),
        ["AuditTrail.ExportAsync"] = async () =>
        {
            var export = Value(await Portal.Get<AuditTrail>().ExportAsync(Stranger, new AuditQuery(), "csv", Cancel)); // holds the note of itself
            await foreach (var item in export.Events) Assert.Equal(Stranger.Agency, item.AgencyId);
        },
        ["AuditTrail.ListPeopleAsync"] = async () => Assert.All(Value(await Portal.Get<AuditTrail>().ListPeopleAsync(Stranger, Cancel)), p => Assert.Equal("The other owner", p.Name)),
        ["AuditTrail.VerifyAsync"] = async () => Assert.Null(Value(await Portal.Get<AuditTrail>().VerifyAsync(Stranger, Cancel)).Broken),
        ["BrandingService.GetAsync"] = async () => Assert.Equal("Harbour Agency", Value(await Portal.Get<BrandingService>().GetAsync(Stranger, Cancel)).AgencyName),
        ["BrandingService.SaveAsync"] = async () =>
        {
            Assert.Null(await Portal.Get<BrandingService>().SaveAsync(
                Stranger, BrandingInput.Of(null) with { IsOn = true, CompanyName = "Mine" }, new LogoChange(true, Pictures.Png()), Cancel));
            Assert.Equal("Brightside Agency", (await Portal.Get<ClientBrands>().FindAsync(Owner.Agency, Cancel)).Name);
        },
        ["BrandingService.SendTestAsync"] = async () => Assert.Null(await Portal.Get<BrandingService>().SendTestAsync(Stranger with { User = Owner.User }, "en", Cancel)),
        ["EmailSetup.Get"] = () =>
        {
            Assert.DoesNotContain("Brightside", $"{Value(Portal.Get<EmailSetup>().Get(Stranger))}", StringComparison.Ordinal); // the portal's, nothing of an agency
            return Task.CompletedTask;
        },
        ["EmailSetup.SendTestAsync"] = async () =>
        {
            Assert.True((await Portal.Get<EmailSetup>().SendTestAsync(Stranger with { User = Member.User }, "en", Cancel)).Succeeded);
            Assert.DoesNotContain("Brightside", $"{Mail.Taken[^1]}", StringComparison.Ordinal);
        },
        ["OwnHosts.CheckAsync"] = async () =>
        {
            Assert.Null(await Portal.Get<OwnHosts>().CheckAsync(Stranger with { User = Owner.User }, Cancel));
            Assert.Null((await Portal.Get<ClientBrands>().FindAsync(Owner.Agency, Cancel)).PublicHost);
        },
        ["ClientBrands.FindAsync"] = async () => Assert.NotEqual("Brightside Agency", (await Portal.Get<ClientBrands>().FindAsync(Stranger.Agency, Cancel)).Name),
        ["ClientBrands.FindLogoAsync"] = async () => Assert.Null(await Portal.Get<ClientBrands>().FindLogoAsync(Stranger.Agency, new string('0', 64), Cancel)),
        ["Notices.ListUsersAsync"] = async () => Assert.Equal(Stranger.User, Assert.Single(await Portal.Get<Notices>().ListUsersAsync(Stranger, Cancel)).Id),
        ["BulkService.ReadAsync"] = async () =>
        {
            var read = await Bulk.ReadAsync(Stranger, null, new MemoryStream("recipients,template\na@bakery.example,Ours"u8.ToArray()), Cancel);
            Assert.Equal(BulkColumn.Template, Assert.Single((await Bulk.ListRowsAsync(Stranger, Value(read), true, 0, 1, Cancel)).Lines).Problems[0].Column);
        },
        ["BulkService.FindAsync"] = async () => Assert.Null(await Bulk.FindAsync(Stranger with { User = Owner.User }, _import, Cancel)),
        ["BulkService.ListAsync"] = async () => Assert.Empty(await Bulk.ListAsync(Stranger with { User = Owner.User }, Cancel)),
        ["BulkService.ListRowsAsync"] = async () => Assert.Empty((await Bulk.ListRowsAsync(Stranger with { User = Owner.User }, _import, false, 0, 50, Cancel)).Lines),
        ["BulkService.SendAsync"] = async () => Assert.IsType<BulkImportNotFound>(await Bulk.SendAsync(Stranger with { User = Owner.User }, _import, Cancel)),
        ["BulkService.CancelAsync"] = async () => Assert.IsType<BulkImportNotFound>(await Bulk.CancelAsync(Stranger with { User = Owner.User }, _import, Cancel)),
        ["BulkService.ReadResultsAsync"] = async () => Refused<BulkImportNotFound>(await Bulk.ReadResultsAsync(Stranger with { User = Owner.User }, _import, Cancel)),
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
        ["GivenUpMails.FindTroubleAsync"] = async () =>
        {
            await using (var db = Portal.Contexts.Create(Owner.Agency))
            {
                await db.EmailMessages.Where(m => m.State == EmailState.Queued).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsTroubleOfSending, true), Cancel);
            }

            Assert.Null(await Portal.Get<GivenUpMails>().FindTroubleAsync(Stranger, Cancel));
        },
        ["RoundItems.ListAsync"] = async () =>
        {
            await using (var db = Portal.Contexts.Create(Owner.Agency))
            {
                db.RestingItems.Add(new RestingItem(RoundKind.Expiry, Owner.Agency, _theirs.Id.ToString(), Clock.Now, TimeSpan.FromDays(1)));
                await db.SaveChangesAsync(Cancel);
                await db.RestingItems.ExecuteUpdateAsync(set => set.SetProperty(i => i.Failures, RoundItems.SeenAfter), Cancel);
            }

            Assert.Single(await Portal.Get<RoundItems>().ListAsync(Owner, Cancel));
            Assert.Empty(await Portal.Get<RoundItems>().ListAsync(Stranger, Cancel));
        },
        ["GivenUpMails.ListAsync"] = async () => Assert.Empty(await Portal.Get<GivenUpMails>().ListAsync(Stranger, null, Cancel)),
        ["GivenUpMails.SendAgainAsync"] = async () => Assert.IsType<MailNotGivenUp>(await Portal.Get<GivenUpMails>().SendAgainAsync(Stranger, _givenUp, Cancel)),
        ["HomeReader.ReadAsync"] = async () =>
        {
            var home = await Portal.Get<HomeReader>().ReadAsync(Stranger, Cancel);
            Assert.Empty(home.Latest);
            Assert.Equal(new HomeAccounts(0, 0), home.Accounts);
            Assert.Equal(new HubNumbers(0, 0, 0, 0, 0), home.Hub.Numbers);
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
        ["UserService.ResetTwoFactorAsync"] = async () => Assert.IsType<UserNotFound>(await Users.ResetTwoFactorAsync(Stranger, Member.User, Cancel)),
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
        ["OwnAccount.FindTableViewAsync"] = () => ActsForNobodyAsync<OwnAccount>((account, forged) => account.FindTableViewAsync(forged, Cancel)),
        ["OwnAccount.KeepTableViewAsync"] = () => ActsForNobodyAsync<OwnAccount>((account, forged) => account.KeepTableViewAsync(forged, TableView.Usual, Cancel)),
        ["OwnAccount.ChangePasswordAsync"] = () => ActsForNobodyAsync<OwnAccount>((account, forged) => account.ChangePasswordAsync(forged, _session, "", "eleven wooden spoons", Cancel)),
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
        ["FreshProof.FindWaysAsync"] = () => ActsForNobodyAsync<FreshProof>((proof, forged) => proof.FindWaysAsync(forged, Cancel)),
        ["FreshProof.ProveAsync"] = () => ActsForNobodyAsync<FreshProof>((proof, forged) => proof.ProveAsync(forged, _session, "", Cancel)),
        ["FreshProof.NoteAsync"] = async () =>
        {
            await using var scope = Portal.Scope();
            await scope.ServiceProvider.GetRequiredService<FreshProof>().NoteAsync(Stranger with { User = Owner.User }, _session, Cancel);
        },
        ["AgencyFacebookService.ListAsync"] = async () => Assert.Empty(await Portal.Get<AgencyFacebookService>().ListAsync(Stranger.Agency, Cancel)),
        ["AgencyFacebookService.RemoveAsync"] = async () => Refused<ConnectionNotFound>(await Portal.Get<AgencyFacebookService>().RemoveAsync(Stranger, _facebookUser, Cancel)),
        ["AgencyFacebookCheck.CheckAsync"] = async () => Assert.IsType<ConnectionNotFound>(await Portal.Get<AgencyFacebookCheck>().CheckAsync(Stranger, _facebookUser, Cancel)),
        ["KeyAccounts.ConnectAsync"] = async () => Assert.False(
            (await Portal.Get<KeyAccounts>().ConnectAsync(_forged, new PlatformKey("activecampaign"), "https://bakery.api-us1.com", "key", Cancel)).Succeeded),
        ["ConnectedAccounts.CheckAsync"] = async () => Assert.IsType<ConnectionNotFound>(await Portal.Get<ConnectedAccounts>().CheckAsync(Stranger, _account, Cancel)),
        ["ConnectedAccounts.TakeBackAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<ConnectedAccounts>().TakeBackAsync(_forged, _account, Cancel)),
        ["ConnectedAccounts.DisconnectAsync"] = async () => Refused<ConnectionNotFound>(await Portal.Get<ConnectedAccounts>().DisconnectAsync(Stranger, _account, Cancel)),
        ["ConnectService.ReturnAsync"] = async () => Refused<ConnectAttemptUnknown>(
            await Portal.Get<ConnectService>().ReturnAsync(Facebook, Stranger.Agency, "forged", null, null, Cancel)),
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
        ["ConnectionList.ListAccountsAsync"] = async () => Assert.Empty(await Portal.Get<ConnectionList>().ListAccountsAsync(Stranger.Scope, Cancel)),
        ["ConnectionList.ListAssetsAsync"] = async () => Assert.Empty(await Portal.Get<ConnectionList>().ListAssetsAsync(Stranger.Scope, Cancel)),
        ["ConnectionList.ListAsync"] = async () => Assert.Empty((await Portal.Get<ConnectionList>().ListAsync(Stranger.Scope, null, 100, Cancel)).Lines),
        ["FacebookVerification.CheckAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<FacebookVerification>().CheckAsync(_forged, Cancel)),
        ["CredentialProtector.ProtectAsync"] = ReadsNoCredentialsAsync,
        ["CredentialProtector.UnprotectAsync"] = ReadsNoCredentialsAsync,
        ["ConnectService.BeginAsync"] = async () =>
        {
            Refused<RequestNotFound>(await Portal.Get<ConnectService>().BeginAsync(_forged, Mailchimp, new(), Cancel));
            var own = Value(await Portal.Get<ConnectService>().BeginAsync(Stranger with { User = Owner.User }, Facebook, new(), Cancel));
            Assert.True((await Portal.Get<ConnectService>().StartAsync(Facebook, own, null, a => a.AgencyId == Stranger.Agency, Cancel)).Succeeded);
        },
        ["WebhookService.ListAsync"] = async () => Assert.Empty(Value(await Portal.Get<WebhookService>().ListAsync(Stranger, Cancel))),
        ["WebhookService.AddAsync"] = async () =>
        {
            Value(await Portal.Get<WebhookService>().AddAsync(Stranger, new WebhookInput("https://hooks.harbour.example/", []), Cancel));
            Assert.Null(await Portal.Get<WebhookService>().RemoveAsync(Stranger, Value(await Portal.Get<WebhookService>().ListAsync(Stranger, Cancel))[0].Id, Cancel));
        },
        ["WebhookService.ChangeAsync"] = async () => Assert.IsType<WebhookNotFound>(
            await Portal.Get<WebhookService>().ChangeAsync(Stranger, _webhook, new WebhookInput("https://hooks.harbour.example/", []), Cancel)),
        ["WebhookService.SwitchOnAsync"] = async () => Assert.IsType<WebhookNotFound>(await Portal.Get<WebhookService>().SwitchOnAsync(Stranger, _webhook, Cancel)),
        ["WebhookService.SwitchOffAsync"] = async () => Assert.IsType<WebhookNotFound>(await Portal.Get<WebhookService>().SwitchOffAsync(Stranger, _webhook, Cancel)),
        ["WebhookService.RenewSecretAsync"] = async () => Refused<WebhookNotFound>(await Portal.Get<WebhookService>().RenewSecretAsync(Stranger, _webhook, Cancel)),
        ["WebhookService.RemoveAsync"] = async () => Assert.IsType<WebhookNotFound>(await Portal.Get<WebhookService>().RemoveAsync(Stranger, _webhook, Cancel)),
        ["WebhookLog.ListAsync"] = async () => Refused<WebhookNotFound>(await Portal.Get<WebhookLog>().ListAsync(Stranger, _webhook, null, 100, Cancel)),
        ["WebhookLog.RedeliverAsync"] = async () => Assert.IsType<WebhookDeliveryNotFound>(await Portal.Get<WebhookLog>().RedeliverAsync(Stranger, _delivery, Cancel)),
        ["WebhookLog.SendTestAsync"] = async () => Refused<WebhookNotFound>(await Portal.Get<WebhookLog>().SendTestAsync(Stranger, _webhook, Cancel)),
        ["WizardService.FindAsync"] = async () => Assert.Null(await Wizard.FindAsync(_forged, Cancel)),
        ["WizardService.GoToAsync"] = async () => Assert.IsType<RequestNotFound>(await Wizard.GoToAsync(_forged, PlatformGrants.Account, Cancel)),
        ["WizardService.DeclineAsync"] = async () => Assert.IsType<RequestNotFound>(await Wizard.DeclineAsync(_forged, Mailchimp, DeclineReason.NotUsed, null, Cancel)),
        ["WizardService.ReclaimAsync"] = async () => Assert.IsType<RequestNotFound>(await Wizard.ReclaimAsync(_forged, Mailchimp, Cancel)),
        ["ClientQuestions.AskAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<ClientQuestions>().AskAsync(_forged, null, "Whose is this?", Cancel)),
        ["ClientQuestions.MarkAnsweredAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<ClientQuestions>().MarkAnsweredAsync(Stranger, _forged.Request, default, Cancel)),
        ["PartialCompletion.FinishPartAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<PartialCompletion>().FinishPartAsync(_forged, Cancel)),
        ["PartialCompletion.GoOnAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<PartialCompletion>().GoOnAsync(_forged, Cancel)),
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

    /// <summary>A mail of the agency that was refused for good.</summary>
    private async Task<EmailMessageId> GiveUpAsync()
    {
        Mail.BeforeTaking = m => m.To == "hello@bakery.example" ? throw new EmailRefusedException("550 No such user") : Task.CompletedTask;
        await Outbox.DeliverAsync(Cancel);
        return Assert.Single(await Portal.Get<GivenUpMails>().ListAsync(Owner, null, Cancel)).Id;
    }
}
