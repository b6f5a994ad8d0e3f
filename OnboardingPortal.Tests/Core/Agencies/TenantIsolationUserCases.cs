using Microsoft.AspNetCore.Identity;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Sharing;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.Tests.Core.Agencies;

public abstract partial class TenantIsolationTests
{
    /// <summary>Those of users, their sessions, invitations, and what they sign in with.</summary>
    private Dictionary<string, Func<Task>> UserCases => new()
    {
        ["UserSessions.ListAsync"] = async () => Assert.Empty(await Sessions.ListAsync(Stranger with { User = Owner.User }, Cancel)),
        ["UserSessions.EndOwnAsync"] = async () =>
            Assert.Equal(0, await Sessions.EndOwnAsync(Stranger with { User = Owner.User }, _session, Cancel)),
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
        ["UserService.ListAsync"] = async () =>
            Assert.Equal(Stranger.User, Assert.Single(Value(await Users.ListAsync(Stranger, Cancel))).Id),
        ["UserService.ChangeRoleAsync"] = async () =>
            Assert.IsType<UserNotFound>(await Users.ChangeRoleAsync(Stranger, Member.User, AgencyRole.MainUser, Cancel)),
        ["UserService.DisableAsync"] = async () => Assert.IsType<UserNotFound>(await Users.DisableAsync(Stranger, Owner.User, Cancel)),
        ["UserService.EnableAsync"] = async () => Assert.IsType<UserNotFound>(await Users.EnableAsync(Stranger, Member.User, Cancel)),
        ["UserService.ResetTwoFactorAsync"] = async () =>
            Assert.IsType<UserNotFound>(await Users.ResetTwoFactorAsync(Stranger, Member.User, Cancel)),
        ["UserService.RequireTwoFactorAsync"] = async () => Assert.Null(await Users.RequireTwoFactorAsync(Stranger, false, Cancel)),
        ["UserHandover.RemoveAsync"] = async () =>
            Refused<UserNotFound>(await Portal.Get<UserHandover>().RemoveAsync(Stranger, Member.User, null, Cancel)),
        ["UserHandover.HandRequestsOverAsync"] = async () =>
            Refused<UserNotFound>(await Portal.Get<UserHandover>().HandRequestsOverAsync(Stranger, Owner.User, Stranger.User, Cancel)),
        ["UserHandover.HandOwnershipOverAsync"] = async () =>
            Assert.IsType<UserNotFound>(await Portal.Get<UserHandover>().HandOwnershipOverAsync(Stranger, Owner.User, Cancel)),
        ["InvitationService.ListAsync"] = async () =>
            Assert.Empty(Value(await Portal.Get<InvitationService>().ListAsync(Stranger, Cancel))),
        ["InvitationService.InviteAsync"] = async () =>
        {
            // Somebody whom the other agency has invited, too, and one of its users: neither is told.
            Assert.True(
                (await Portal.Get<InvitationService>()
                    .InviteAsync(Stranger, new NewInvitation("invited@brightside.example", AgencyRole.SubUser), Cancel)).Succeeded);
            Assert.True(
                (await Portal.Get<InvitationService>()
                    .InviteAsync(Stranger, new NewInvitation(Owner.Email, AgencyRole.SubUser), Cancel)).Succeeded);
        },
        ["InvitationService.ResendAsync"] = async () =>
            Assert.IsType<InvitationNotFound>(await Portal.Get<InvitationService>().ResendAsync(Stranger, _invitation, Cancel)),
        ["InvitationService.CancelAsync"] = async () =>
            Assert.IsType<InvitationNotFound>(await Portal.Get<InvitationService>().CancelAsync(Stranger, _invitation, Cancel)),
        ["OwnAccount.FindProfileAsync"] = () =>
            ActsForNobodyAsync<OwnAccount>((account, forged) => account.FindProfileAsync(forged, Cancel)),
        ["OwnAccount.ChangeProfileAsync"] = () =>
            ActsForNobodyAsync<OwnAccount>(
                (account, forged) => account.ChangeProfileAsync(forged, new Profile("Mine", null, null), Cancel)),
        ["OwnAccount.FindTableViewAsync"] = () =>
            ActsForNobodyAsync<OwnAccount>((account, forged) => account.FindTableViewAsync(forged, Cancel)),
        ["OwnAccount.KeepTableViewAsync"] = () =>
            ActsForNobodyAsync<OwnAccount>((account, forged) => account.KeepTableViewAsync(forged, TableView.Usual, Cancel)),
        ["OwnAccount.ChangePasswordAsync"] = () =>
            ActsForNobodyAsync<OwnAccount>(
                (account, forged) => account.ChangePasswordAsync(forged, _session, "", "eleven wooden spoons", Cancel)),
        ["SecondFactors.FindAsync"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.FindAsync(forged)),
        ["SecondFactors.BeginAuthenticator"] = () =>
            ActsForNobodyAsync<SecondFactors>(
                (factors, forged) =>
                    factors.ConfirmAuthenticatorAsync(forged, _session, factors.BeginAuthenticator(forged).Sealed, "", Cancel)),
        ["SecondFactors.Open"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) =>
            factors.Open(Stranger, factors.BeginAuthenticator(Owner).Sealed) is null ? factors.FindAsync(forged) : Task.CompletedTask),
        ["SecondFactors.ConfirmAuthenticatorAsync"] = () =>
            ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.ConfirmAuthenticatorAsync(forged, _session, "", "", Cancel)),
        ["SecondFactors.MakeRecoveryCodesAsync"] = () =>
            ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.MakeRecoveryCodesAsync(forged, "")),
        ["SecondFactors.RemoveAuthenticatorAsync"] = () =>
            ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.RemoveAuthenticatorAsync(forged, _session, "", Cancel)),
        ["SecondFactors.AddPasskeyAsync"] = () => ActsForNobodyAsync<SecondFactors>((factors, forged) =>
            factors.AddPasskeyAsync(forged, new UserPasskeyInfo([1], [1], Clock.Now, 0, [], true, false, false, [], []), "Mine")),
        ["SecondFactors.RenamePasskeyAsync"] = () =>
            ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.RenamePasskeyAsync(forged, "01", "Mine")),
        ["SecondFactors.RemovePasskeyAsync"] = () =>
            ActsForNobodyAsync<SecondFactors>((factors, forged) => factors.RemovePasskeyAsync(forged, "01")),
        ["FreshProof.FindWaysAsync"] = () => ActsForNobodyAsync<FreshProof>((proof, forged) => proof.FindWaysAsync(forged, Cancel)),
        ["FreshProof.ProveAsync"] = () => ActsForNobodyAsync<FreshProof>((proof, forged) => proof.ProveAsync(forged, _session, "", Cancel)),
        ["FreshProof.NoteAsync"] = async () =>
        {
            await using var scope = Portal.Scope();
            await scope.ServiceProvider.GetRequiredService<FreshProof>().NoteAsync(Stranger with { User = Owner.User }, _session, Cancel);
        },
        ["AgencyFacebookService.ListAsync"] = async () =>
            Assert.Empty(await Portal.Get<AgencyFacebookService>().ListAsync(Stranger.Agency, Cancel)),
        ["AgencyFacebookService.RemoveAsync"] = async () =>
            Refused<ConnectionNotFound>(await Portal.Get<AgencyFacebookService>().RemoveAsync(Stranger, _facebookUser, Cancel)),
        ["AgencyFacebookCheck.CheckAsync"] = async () =>
            Assert.IsType<ConnectionNotFound>(await Portal.Get<AgencyFacebookCheck>().CheckAsync(Stranger, _facebookUser, Cancel)),
        ["KeyAccounts.ConnectAsync"] = async () => Assert.False(
            (await Portal.Get<KeyAccounts>()
                .ConnectAsync(_forged, new PlatformKey("activecampaign"), "https://bakery.api-us1.com", "key", Cancel)).Succeeded),
        ["ConnectedAccounts.CheckAsync"] = async () =>
            Assert.IsType<ConnectionNotFound>(await Portal.Get<ConnectedAccounts>().CheckAsync(Stranger, _account, Cancel)),
        ["ConnectedAccounts.RevokeAsync"] = async () =>
            Assert.IsType<RequestNotFound>(await Portal.Get<ConnectedAccounts>().RevokeAsync(_forged, _account, Cancel)),
        ["ConnectedAccounts.DisconnectAsync"] = async () =>
            Refused<ConnectionNotFound>(await Portal.Get<ConnectedAccounts>().DisconnectAsync(Stranger, _account, Cancel)),
        ["ConnectService.ReturnAsync"] = async () => Refused<ConnectAttemptUnknown>(
            await Portal.Get<ConnectService>().ReturnAsync(Facebook, Stranger.Agency, "forged", null, null, Cancel)),
        ["ConnectService.FindLastAttemptAsync"] = async () =>
            Assert.Null(
                await Portal.Get<ConnectService>()
                    .FindLastAttemptAsync(Stranger with { User = Owner.User }, PlatformGrants.Assets, Cancel)),
        ["ConnectService.DismissAttemptAsync"] = () => Portal.Get<ConnectService>()
            .DismissAttemptAsync(Stranger with { User = Owner.User }, _attempt, Cancel),
        ["AgencyFacebookService.ConnectAsync"] = async () =>
        {
            // The same person at Facebook: connected to the other agency, never taken from this one.
            var same = new PlatformSignIn(
                new PlatformAccount("10215000000000099", "Thief", null), new PlatformCredentials("t", null, null, null));
            await Portal.Get<AgencyFacebookService>().ConnectAsync(Stranger, same, [], Cancel);
            Assert.Equal("Agency admin", Assert.Single(await Portal.Get<AgencyFacebookService>().ListAsync(Owner.Agency, Cancel)).Name);
            var stolen = (await Portal.Get<AgencyFacebookService>().ListAsync(Stranger.Agency, Cancel))[0].Id;
            Assert.Equal(
                Disconnection.PlatformHasNoWay, Value(await Portal.Get<AgencyFacebookService>().RemoveAsync(Stranger, stolen, Cancel)));
            Assert.Empty(Http.Calls); // Facebook would end the other agency's sign-in, too
        },
        ["ConnectionList.ListAccountsAsync"] = async () =>
            Assert.Empty(await Portal.Get<ConnectionList>().ListAccountsAsync(Stranger.Scope, Cancel)),
        ["ConnectionList.ListAssetsAsync"] = async () =>
            Assert.Empty(await Portal.Get<ConnectionList>().ListAssetsAsync(Stranger.Scope, Cancel)),
        ["ConnectionList.ListAsync"] = async () =>
            Assert.Empty((await Portal.Get<ConnectionList>().ListAsync(Stranger.Scope, null, 100, Cancel)).Lines),
        ["FacebookVerification.CheckAsync"] = async () =>
            Assert.IsType<RequestNotFound>(await Portal.Get<FacebookVerification>().CheckAsync(_forged, Cancel)),
        ["CredentialProtector.ProtectAsync"] = ReadsNoCredentialsAsync,
        ["CredentialProtector.UnprotectAsync"] = ReadsNoCredentialsAsync,
        ["ConnectService.BeginAsync"] = async () =>
        {
            Refused<RequestNotFound>(await Portal.Get<ConnectService>().BeginAsync(_forged, Mailchimp, new(), Cancel));
            var own = Value(await Portal.Get<ConnectService>().BeginAsync(Stranger with { User = Owner.User }, Facebook, new(), Cancel));
            Assert.True(
                (await Portal.Get<ConnectService>().StartAsync(Facebook, own, null, a => a.AgencyId == Stranger.Agency, Cancel)).Succeeded);
        },
        ["WebhookService.ListAsync"] = async () => Assert.Empty(Value(await Portal.Get<WebhookService>().ListAsync(Stranger, Cancel))),
        ["WebhookService.AddAsync"] = async () =>
        {
            Value(await Portal.Get<WebhookService>().AddAsync(Stranger, new WebhookInput("https://hooks.harbour.example/", []), Cancel));
            Assert.Null(
                await Portal.Get<WebhookService>()
                    .RemoveAsync(Stranger, Value(await Portal.Get<WebhookService>().ListAsync(Stranger, Cancel))[0].Id, Cancel));
        },
        ["WebhookService.ChangeAsync"] = async () => Assert.IsType<WebhookNotFound>(
            await Portal.Get<WebhookService>()
                .ChangeAsync(Stranger, _webhook, new WebhookInput("https://hooks.harbour.example/", []), Cancel)),
        ["WebhookService.SwitchOnAsync"] = async () =>
            Assert.IsType<WebhookNotFound>(await Portal.Get<WebhookService>().SwitchOnAsync(Stranger, _webhook, Cancel)),
        ["WebhookService.SwitchOffAsync"] = async () =>
            Assert.IsType<WebhookNotFound>(await Portal.Get<WebhookService>().SwitchOffAsync(Stranger, _webhook, Cancel)),
        ["WebhookService.RenewSecretAsync"] = async () =>
            Refused<WebhookNotFound>(await Portal.Get<WebhookService>().RenewSecretAsync(Stranger, _webhook, Cancel)),
        ["WebhookService.RemoveAsync"] = async () =>
            Assert.IsType<WebhookNotFound>(await Portal.Get<WebhookService>().RemoveAsync(Stranger, _webhook, Cancel)),
        ["WebhookLog.ListAsync"] = async () =>
            Refused<WebhookNotFound>(await Portal.Get<WebhookLog>().ListAsync(Stranger, _webhook, null, 100, Cancel)),
        ["WebhookLog.RedeliverAsync"] = async () =>
            Assert.IsType<WebhookDeliveryNotFound>(await Portal.Get<WebhookLog>().RedeliverAsync(Stranger, _delivery, Cancel)),
        ["WebhookLog.SendTestAsync"] = async () =>
            Refused<WebhookNotFound>(await Portal.Get<WebhookLog>().SendTestAsync(Stranger, _webhook, Cancel)),
        ["WizardService.FindAsync"] = async () => Assert.Null(await Wizard.FindAsync(_forged, Cancel)),
        ["WizardService.GoToAsync"] = async () =>
            Assert.IsType<RequestNotFound>(await Wizard.GoToAsync(_forged, PlatformGrants.Account, Cancel)),
        ["WizardService.DeclineAsync"] = async () =>
            Assert.IsType<RequestNotFound>(await Wizard.DeclineAsync(_forged, Mailchimp, DeclineReason.NotUsed, null, Cancel)),
        ["WizardService.ReclaimAsync"] = async () => Assert.IsType<RequestNotFound>(await Wizard.ReclaimAsync(_forged, Mailchimp, Cancel)),
        ["ClientQuestions.AskAsync"] = async () =>
            Assert.IsType<RequestNotFound>(await Portal.Get<ClientQuestions>().AskAsync(_forged, null, "Whose is this?", Cancel)),
        ["ClientQuestions.MarkAnsweredAsync"] = async () =>
            Assert.IsType<RequestNotFound>(
                await Portal.Get<ClientQuestions>().MarkAnsweredAsync(Stranger, _forged.Request, QuestionId.None, Cancel)),
        ["PartialCompletion.FinishPartAsync"] = async () =>
            Assert.IsType<RequestNotFound>(await Portal.Get<PartialCompletion>().FinishPartAsync(_forged, Cancel)),
        ["PartialCompletion.GoOnAsync"] = async () =>
            Assert.IsType<RequestNotFound>(await Portal.Get<PartialCompletion>().GoOnAsync(_forged, Cancel)),
        ["WizardService.RemoveAccountAsync"] = async () =>
            Assert.IsType<RequestNotFound>(await Wizard.RemoveAccountAsync(_forged, _account, Cancel)),
        ["WizardService.DismissAttemptAsync"] = () => Wizard.DismissAttemptAsync(_forged, _attempt, Cancel),
        ["WizardService.CompleteAsync"] = async () => Assert.IsType<RequestNotFound>(await Wizard.CompleteAsync(_forged, Cancel)),
        ["ClientAccounts.AttachAsync"] = async () => Refused<RequestNotFound>(await Portal.Get<ClientAccounts>().AttachAsync(
            _forged, Mailchimp, new PlatformSignIn(new PlatformAccount("x", "x", null), new PlatformCredentials("t", null, null, null)),
            Cancel)),
        ["FacebookSharing.ListBusinessesAsync"] = async () =>
            Refused<ConnectionNotFound>(await Portal.Get<FacebookSharing>().ListBusinessesAsync(_forged, _account, Cancel)),
        ["FacebookSharing.ListAssetsAsync"] = async () =>
            Refused<ConnectionNotFound>(await Portal.Get<FacebookSharing>().ListAssetsAsync(_forged, _account, "1", Cancel)),
        ["FacebookSharing.ShareAsync"] = async () =>
            Assert.IsType<RequestNotFound>(await Portal.Get<FacebookSharing>().ShareAsync(_forged, _account, "1", [], Cancel)),
        ["FacebookSharing.ResumeAsync"] = async () =>
            Assert.IsType<ConnectionNotFound>(await Portal.Get<FacebookSharing>().ResumeAsync(_forged, _account)),
    };
}
