using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Tests.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Mails;

/// <summary>An agency where every text that anybody may type is the same, and a way to have each kind of mail queued there.</summary>
public abstract class EveryMail(DatabaseProvider database) : UserTest(database)
{
    private static readonly PlatformKey Salesforce = new("salesforce");

    public static TheoryData<EmailKind> Kinds => new(Enum.GetValues<EmailKind>());

    /// <summary>The agency's main user, once there is one.</summary>
    protected AgencyCaller Caller { get; private set; } = null!;

    protected async Task FoundAsync(string text, string language)
    {
        var agency = await Portal.AddAgencyAsync(text, Cancel);
        await using (var scope = Portal.Scope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
            Caller = Value(
                await Portal.Get<AgencyService>()
                    .AddUserAsync(agency, AgencyRole.MainUser, text, "owner@evil.example", "two slow otters", users)) with
            { ProvedAt = DateTimeOffset.MaxValue };
        }

        Assert.Null(
            await Portal.Get<AgencyService>().ChangeSettingsAsync(Caller, TestPortal.NewSettings with { Language = language }, Cancel));
        var brand = BrandingInput.Of(null) with
        {
            IsOn = true,
            CompanyName = text,
            RequesterName = text,
            SenderName = text,
            FooterText = $"{text}\n{text}",
            PrivacyUrl = "https://evil.example/privacy?a=1&b=%22%3E",
            ImprintUrl = "https://evil.example/imprint",
        };
        Assert.Null(await Portal.Get<BrandingService>().SaveAsync(Caller, brand, new LogoChange(true, Pictures.Png()), Cancel));
    }

    /// <summary>Has a mail queued, as what causes it does; mails that belong to the way there have left.</summary>
    protected Task QueueAsync(EmailKind kind, string text) => kind switch
    {
        EmailKind.Request => ARequest().By(Caller).Asking(Mailchimp).Saying(text).For("client@evil.example").SentAsync(),
        EmailKind.Completed => CompleteAsync(text),
        EmailKind.NewLinkAsked => AskForLinkAsync(text),
        EmailKind.AccessLost => LoseAsync(text),
        EmailKind.Invitation => InviteAsync(),
        EmailKind.PasswordReset => Portal.Get<PasswordResets>().AskAsync(Caller.Email, null, Cancel),
        EmailKind.Test => Portal.Get<BrandingService>().SendTestAsync(Caller, "en", Cancel),
        EmailKind.Question => AskAsync(text),
        EmailKind.PartDone => FinishPartAsync(text),
        EmailKind.WebhookGivenUp => GiveUpAsync(text),
        EmailKind.Undeliverable => BounceAsync(text),
        EmailKind.SignInChanged => ChangeSignInAsync(text),
        EmailKind.ApiKeyExpiring => ExpireKeyAsync(text),
        EmailKind.CampaignQuestion => AskAboutCampaignAsync(text),
        EmailKind.SyncFailed => FailSyncAsync(text),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A new mail is queued here, too."),
    };

    /// <summary>The newest mail of a kind.</summary>
    protected async Task<EmailMessage> QueuedAsync(EmailKind kind)
    {
        await using var db = Portal.Contexts.Create(Caller.Agency);
        return await db.EmailMessages.AsNoTracking().Where(m => m.Kind == kind).OrderByDescending(m => m.Id).FirstAsync(Cancel);
    }

    private async Task<(ClientCaller Client, ConnectionId Account)> ConnectedAsync(string text)
    {
        var request = await ARequest().By(Caller).Asking(Mailchimp, Salesforce).Saying(text).For("client@evil.example").SentAsync();
        await Outbox.DeliverAsync(Cancel);
        var client = await AParticipant(request, text);
        return (client, await AnAccount(client, Mailchimp, name: text));
    }

    private async Task CompleteAsync(string text)
    {
        var (client, _) = await ConnectedAsync(text);
        Assert.Null(await Wizard.DeclineAsync(client, Salesforce, DeclineReason.NotAllowed, text, Cancel));
        Assert.Null(await Wizard.CompleteAsync(client, Cancel));
    }

    private async Task AskForLinkAsync(string text)
    {
        var (client, _) = await ConnectedAsync(text);
        await AddAsync(NewMail.OfRequest(EmailKind.NewLinkAsked, client.Request, Caller.Email, null));
    }

    private async Task LoseAsync(string text)
    {
        var (_, account) = await ConnectedAsync(text);
        await AddAsync(new NewMail(EmailKind.AccessLost, MailSubject.Of(account), Caller.Email, null));
    }

    private async Task FailSyncAsync(string text)
    {
        var (client, account) = await ConnectedAsync(text);
        var terms = new SyncTerms(
            account, "list", text, null, AssetId.From(7), null, text, [new SyncColumn("email", text, MatchKey.Email)], null,
            "They agreed to it when they signed up.", true, SyncInterval.Daily);
        var sync = new AudienceSync(
            AudienceSyncId.New(Clock), Caller, terms, new SyncPair(client.Request, Mailchimp, client.Request, "act_7"), text, [1], Clock.Now);
        await using var db = Portal.Contexts.Create(Caller.Agency);
        db.AudienceSyncs.Add(sync);
        await db.SaveChangesAsync(Cancel);
        await db.AudienceSyncs.ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Problem, SyncProblem.TermsNotAccepted).SetProperty(s => s.ProblemSince, Clock.Now), Cancel);
        await AddAsync(new NewMail(EmailKind.SyncFailed, MailSubject.Of(sync.Id), Caller.Email, null));
    }

    private async Task InviteAsync() =>
        Value(await Portal.Get<InvitationService>().InviteAsync(Caller, new NewInvitation("new@evil.example", AgencyRole.SubUser), Cancel));

    private async Task AskAsync(string text)
    {
        var (client, _) = await ConnectedAsync(text);
        Assert.Null(await Portal.Get<ClientQuestions>().AskAsync(client, Mailchimp, $"{text}\n{text}", Cancel));
    }

    private async Task FinishPartAsync(string text)
    {
        var (client, _) = await ConnectedAsync(text);
        Assert.Null(await Portal.Get<PartialCompletion>().FinishPartAsync(client, Cancel));
    }

    private async Task GiveUpAsync(string text)
    {
        Value(await Portal.Get<WebhookService>().AddAsync(
            Caller, new WebhookInput($"https://hooks.evil.example/{Uri.EscapeDataString(text)}", []), Cancel));
        await using var db = Portal.Contexts.Create(Caller.Agency);
        var endpoint = await db.WebhookEndpoints.SingleAsync(Cancel);
        (endpoint.DisabledAt, endpoint.GaveUp) = (Clock.Now, true);
        await db.SaveChangesAsync(Cancel);
        await AddAsync(new NewMail(EmailKind.WebhookGivenUp, MailSubject.Of(endpoint.Id), Caller.Email, null));
    }

    private async Task BounceAsync(string text)
    {
        await ConnectedAsync(text);
        var sent = await QueuedAsync(EmailKind.Request);
        var report = new DeliveryReport("event", DeliveryState.Bounced, Clock.Now, sent.To, sent.Id, null, text);
        Assert.Equal(1, await Portal.Get<DeliveryService>().ApplyAsync([report], Cancel));
    }

    private async Task ChangeSignInAsync(string text)
    {
        await using var db = Portal.Contexts.Create(Caller.Agency);
        var user = await db.Users.SingleAsync(u => u.Id == Caller.User.Value, Cancel);
        db.AddWithMail(
            new AuditEvent(
                AuditEventId.New(Clock), Caller.Agency, Clock.Now, AuditKind.PasskeyAdded,
                Caller.Actor with { Address = "<b>198.51.100.7" }, null, null, text),
            user, Clock);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task ExpireKeyAsync(string text)
    {
        Value(await Portal.Get<ApiKeys>().CreateAsync(Caller, new NewApiKey(text, Enum.GetValues<ApiScope>()), Cancel));
        await using var db = Portal.Contexts.Create(Caller.Agency);
        var key = await db.ApiKeys.Select(k => k.Id).SingleAsync(Cancel);
        await AddAsync(new NewMail(EmailKind.ApiKeyExpiring, MailSubject.Of(key), Caller.Email, null));
    }

    private async Task AskAboutCampaignAsync(string text)
    {
        var request = await ARequest().By(Caller).Asking(Facebook).Saying(text).For("client@evil.example").SentAsync();
        await Outbox.DeliverAsync(Cancel);
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Caller);
        var id = CampaignDraftId.New(Clock);
        var draft = new CampaignDraft(id, Caller, Portal.Get<CampaignLinks>().Make(), Clock.Now);
        var asset = new CampaignAsset(AssetId.From(1), text, "1");
        var terms = new CampaignTerms(
            asset.Id, asset.Id, text, CampaignObjective.Traffic, [], [], CampaignBudget.Daily, 1, null, null, ["US"], null, null, [], false);
        draft.Order(new CampaignPair(request.Id, user, text, asset, asset), terms, new CampaignFacts("EUR", 1, "Europe/Berlin", Clock.Now));
        await using (var db = Portal.Contexts.Create(Caller.Agency))
        {
            db.CampaignDrafts.Add(draft);
            await db.SaveChangesAsync(Cancel);
        }

        var link = Value(await Portal.Get<CampaignService>().FindLinkAsync(Caller, id, Cancel));
        Assert.Null(await Portal.Get<CampaignLinks>().AskAsync(
            link.Segments[^1], new NewCampaignQuestion(text.Length > 120 ? text[..120] : text, "client@evil.example", text), null, Cancel));
    }

    /// <summary>Queues a mail of the agency's.</summary>
    protected async Task AddAsync(NewMail mail)
    {
        await using var db = Portal.Contexts.Create(Caller.Agency);
        db.EmailMessages.Add(new EmailMessage(EmailMessageId.New(Clock), Caller.Agency, mail, Clock.Now));
        await db.SaveChangesAsync(Cancel);
    }
}
