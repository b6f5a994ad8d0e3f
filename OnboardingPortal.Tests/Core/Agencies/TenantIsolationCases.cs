using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Work;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

public abstract partial class TenantIsolationTests
{
    /// <summary>A case for each public method that acts for somebody; a new method without one fails the test below.</summary>
    private Dictionary<string, Func<Task>> Cases => new([.. RequestCases, .. UserCases, .. SyncCases, .. CampaignCases]);

    private Dictionary<string, Func<Task>> RequestCases => new()
    {
        ["RequestService.CreateAsync"] = async () => Refused<BusinessManagerRefused>(await Requests.CreateAsync(
            Stranger, new RequestTerms("m", [Facebook], _facebookUser, RequestBuilder.Business.ExternalId, null), Cancel)),
        ["RequestService.SendAsync"] = async () =>
            Refused<RequestNotFound>(await Requests.SendAsync(Stranger, _theirs.Id, "thief@harbour.example", Cancel)),
        ["RequestService.ResendAsync"] = async () => Refused<RequestNotFound>(await Requests.ResendAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestService.CopyLinkAsync"] = async () => Refused<RequestNotFound>(await Requests.CopyLinkAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestService.DeleteAsync"] = async () => Refused<RequestNotFound>(await Requests.DeleteAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestService.RenewAsync"] = async () => Refused<RequestNotFound>(await Requests.RenewAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestService.ReplaceLinkAsync"] = async () =>
            Refused<RequestNotFound>(await Requests.ReplaceLinkAsync(Stranger, _theirs.Id, Cancel)),
        ["RecipientLinks.ReplaceAsync"] = async () => Refused<RequestNotFound>(
            await Portal.Get<RecipientLinks>()
                .ReplaceAsync(Stranger, _theirs.Id, (await DetailsOf(_theirs.Id)).Request.Recipients[0].Id, Cancel)),
        ["RequestEditor.FindAsync"] = async () =>
            Refused<RequestNotFound>(await Portal.Get<RequestEditor>().FindAsync(Stranger, _theirs.Id, Cancel)),
        ["RequestEditor.SaveAsync"] = async () => Assert.IsType<RequestNotFound>(await Portal.Get<RequestEditor>().SaveAsync(
            Stranger, _theirs.Id, new RequestTerms("Mine", [Mailchimp], null, null), Cancel)),
        ["RequestTable.FindAsync"] = async () => Assert.Null(await Table.FindAsync(Stranger.Scope, _theirs.Id, Cancel)),
        ["RequestTable.ListAsync"] = async () => Assert.All(
            [new RequestQuery(), new RequestQuery("bakery"), new RequestQuery(Status: RequestStatus.Pending, Sort: RequestSort.Recipient),
                new RequestQuery(Cursor: new(RequestId.From(long.MaxValue), "", false))],
            query => Assert.Empty(Table.ListAsync(Stranger.Scope, query, Cancel).GetAwaiter().GetResult().Rows)),
        ["RequestTable.CountAsync"] = async () =>
            Assert.Equal(
                0, await Table.CountAsync(Stranger.Scope, "bakery", null, Cancel)
                    + await Table.CountAsync(Stranger.Scope, null, null, Cancel)),
        ["RequestTable.ReadAllAsync"] = async () =>
            Assert.Empty(await Table.ReadAllAsync(Stranger.Scope, new RequestQuery(), Cancel).ToListAsync(Cancel)),
        ["RequestTable.ListChosenAsync"] = async () => Assert.Empty(await Table.ListChosenAsync(Stranger.Scope, [_theirs.Id], Cancel)),
        ["RequestDetailsReader.ListOutcomesAsync"] = async () =>
            Assert.Empty(await Portal.Get<RequestDetailsReader>().ListOutcomesAsync(Stranger.Scope, [_theirs.Id], Cancel)),
        ["RequestDetailsReader.FindAsync"] = async () =>
            Assert.Null(await Portal.Get<RequestDetailsReader>().FindAsync(Stranger.Scope, _theirs.Id, Cancel)),
        ["RequestDetailsReader.ListNewestEventsAsync"] = async () =>
            Assert.Empty(await Portal.Get<RequestDetailsReader>().ListNewestEventsAsync(Stranger.Scope, 100, Cancel)),
        ["RequestFeed.Publish"] = PublishesNothingAsync,
        ["RequestFeed.Subscribe"] = PublishesNothingAsync,
        ["AgencyService.GetAsync"] = async () =>
            Assert.Equal("Harbour Agency", (await Portal.Get<AgencyService>().GetAsync(Stranger.Agency, Cancel)).Name),
        ["AgencyService.ChangeSettingsAsync"] = async () =>
        {
            Assert.Null(
                await Portal.Get<AgencyService>()
                    .ChangeSettingsAsync(Stranger, TestPortal.NewSettings with { DefaultMessage = "mine" }, Cancel));
            Assert.Equal(
                "Please connect your accounts.", (await Portal.Get<AgencyService>().GetAsync(Owner.Agency, Cancel)).DefaultMessage);
        },
        ["ApiKeys.ListAsync"] = async () => Assert.Empty(Value(await Portal.Get<ApiKeys>().ListAsync(Stranger, Cancel))),
        ["ApiKeys.CreateAsync"] = async () =>
        {
            var own = Value(
                await Portal.Get<ApiKeys>()
                    .CreateAsync(Stranger with { User = Owner.User }, new NewApiKey("Mine", [ApiScope.ReadRequests]), Cancel));
            Refused<ApiKeyUserGone>(await Portal.Get<ApiKeys>().AuthenticateAsync(own.Secret, null, Cancel)); // that user is nobody here
            Assert.Null(await Portal.Get<ApiKeys>().RevokeAsync(Stranger, own.Id, Cancel));
        },
        ["ApiKeys.RevokeAsync"] = async () =>
            Assert.IsType<ApiKeyNotFound>(await Portal.Get<ApiKeys>().RevokeAsync(Stranger, _apiKey, Cancel)),
        ["RequestOrders.CreateAsync"] = async () => Refused<BusinessManagerRefused>(await Portal.Get<RequestOrders>().CreateAsync(
            new ApiCaller(_apiKey, [ApiScope.WriteRequests], Stranger),
            new RequestOrder("m", [Facebook], _facebookUser, RequestBuilder.Business.ExternalId, null, []), null, Cancel)),
        ["AuditTrail.ListAsync"] = async () => Assert.All(
            Value(await Portal.Get<AuditTrail>().ListAsync(Stranger, new AuditQuery(), null, 100, Cancel)).Events,
            e => Assert.Equal(Stranger.Agency, e.AgencyId)),
        ["AuditTrail.ExportAsync"] = async () =>
        {
            // holds the note of itself
            var export = Value(await Portal.Get<AuditTrail>().ExportAsync(Stranger, new AuditQuery(), "csv", Cancel));
            await foreach (var item in export.Events) Assert.Equal(Stranger.Agency, item.AgencyId);
        },
        ["AuditTrail.ListPeopleAsync"] = async () =>
            Assert.All(
                Value(await Portal.Get<AuditTrail>().ListPeopleAsync(Stranger, Cancel)), p => Assert.Equal("The other owner", p.Name)),
        ["AuditTrail.VerifyAsync"] = async () => Assert.Null(Value(await Portal.Get<AuditTrail>().VerifyAsync(Stranger, Cancel)).Broken),
        ["BrandingService.GetAsync"] = async () =>
            Assert.Equal("Harbour Agency", Value(await Portal.Get<BrandingService>().GetAsync(Stranger, Cancel)).AgencyName),
        ["BrandingService.SaveAsync"] = async () =>
        {
            Assert.Null(await Portal.Get<BrandingService>().SaveAsync(
                Stranger, BrandingInput.Of(null) with { IsOn = true, CompanyName = "Mine" }, new LogoChange(true, Pictures.Png()), Cancel));
            Assert.Equal("Brightside Agency", (await Portal.Get<ClientBrands>().FindAsync(Owner.Agency, Cancel)).Name);
        },
        ["BrandingService.SendTestAsync"] = async () =>
            Assert.Null(await Portal.Get<BrandingService>().SendTestAsync(Stranger with { User = Owner.User }, "en", Cancel)),
        ["EmailSetup.Get"] = () =>
        {
            // the portal's, nothing of an agency
            Assert.DoesNotContain("Brightside", $"{Value(Portal.Get<EmailSetup>().Get(Stranger))}", StringComparison.Ordinal);
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
        ["ClientBrands.FindAsync"] = async () =>
            Assert.NotEqual("Brightside Agency", (await Portal.Get<ClientBrands>().FindAsync(Stranger.Agency, Cancel)).Name),
        ["ClientBrands.FindLogoAsync"] = async () =>
            Assert.Null(await Portal.Get<ClientBrands>().FindLogoAsync(Stranger.Agency, new string('0', 64), Cancel)),
        ["Notices.ListUsersAsync"] = async () =>
            Assert.Equal(Stranger.User, Assert.Single(await Portal.Get<Notices>().ListUsersAsync(Stranger, Cancel)).Id),
        ["BulkService.ReadAsync"] = async () =>
        {
            var read = await Bulk.ReadAsync(
                Stranger, null, new MemoryStream("recipients,template\na@bakery.example,Ours"u8.ToArray()), Cancel);
            Assert.Equal(
                BulkColumn.Template,
                Assert.Single((await Bulk.ListRowsAsync(Stranger, Value(read), true, 0, 1, Cancel)).Lines).Problems[0].Column);
        },
        ["BulkService.FindAsync"] = async () => Assert.Null(await Bulk.FindAsync(Stranger with { User = Owner.User }, _import, Cancel)),
        ["BulkService.ListAsync"] = async () => Assert.Empty(await Bulk.ListAsync(Stranger with { User = Owner.User }, Cancel)),
        ["BulkService.ListRowsAsync"] = async () =>
            Assert.Empty((await Bulk.ListRowsAsync(Stranger with { User = Owner.User }, _import, false, 0, 50, Cancel)).Lines),
        ["BulkService.SendAsync"] = async () =>
            Assert.IsType<BulkImportNotFound>(await Bulk.SendAsync(Stranger with { User = Owner.User }, _import, Cancel)),
        ["BulkService.CancelAsync"] = async () =>
            Assert.IsType<BulkImportNotFound>(await Bulk.CancelAsync(Stranger with { User = Owner.User }, _import, Cancel)),
        ["BulkService.ReadResultsAsync"] = async () =>
            Refused<BulkImportNotFound>(await Bulk.ReadResultsAsync(Stranger with { User = Owner.User }, _import, Cancel)),
        ["RequestTemplates.ListAsync"] = async () => Assert.Empty(await Templates.ListAsync(Stranger, Cancel)),
        ["RequestTemplates.SaveAsync"] = async () =>
        {
            Refused<TemplateNotFound>(
                await Templates.SaveAsync(Stranger, _template, new TemplateInput("Mine", new RequestTerms("", [], null, null)), Cancel));
            Refused<BusinessManagerRefused>(await Templates.SaveAsync(
                Stranger, null,
                new TemplateInput("Mine", new RequestTerms("", [Facebook], _facebookUser, RequestBuilder.Business.ExternalId)), Cancel));
        },
        ["RequestTemplates.DeleteAsync"] = async () =>
            Assert.IsType<TemplateNotFound>(await Templates.DeleteAsync(Stranger, _template, Cancel)),
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
                await db.EmailMessages.Where(m => m.State == EmailState.Queued)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.IsTroubleOfSending, true), Cancel);
            }

            Assert.Null(await Portal.Get<GivenUpMails>().FindTroubleAsync(Stranger, Cancel));
        },
        ["RoundItems.ListAsync"] = async () =>
        {
            await using (var db = Portal.Contexts.Create(Owner.Agency))
            {
                db.RestingItems.Add(
                    new RestingItem(RoundKind.Expiry, Owner.Agency, _theirs.Id.ToString(), Clock.Now, TimeSpan.FromDays(1)));
                await db.SaveChangesAsync(Cancel);
                await db.RestingItems.ExecuteUpdateAsync(set => set.SetProperty(i => i.Failures, RoundItems.SeenAfter), Cancel);
            }

            Assert.Single(await Portal.Get<RoundItems>().ListAsync(Owner, Cancel));
            Assert.Empty(await Portal.Get<RoundItems>().ListAsync(Stranger, Cancel));
        },
        ["GivenUpMails.ListAsync"] = async () => Assert.Empty(await Portal.Get<GivenUpMails>().ListAsync(Stranger, null, Cancel)),
        ["GivenUpMails.SendAgainAsync"] = async () =>
            Assert.IsType<MailNotGivenUp>(await Portal.Get<GivenUpMails>().SendAgainAsync(Stranger, _givenUp, Cancel)),
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
    };

    /// <summary>A mail of the agency that was refused for good.</summary>
    private async Task<EmailMessageId> GiveUpAsync()
    {
        Mail.BeforeTaking = m => m.To == "hello@bakery.example" ? throw new EmailRefusedException("550 No such user") : Task.CompletedTask;
        await Outbox.DeliverAsync(Cancel);
        return Assert.Single(await Portal.Get<GivenUpMails>().ListAsync(Owner, null, Cancel)).Id;
    }
}
