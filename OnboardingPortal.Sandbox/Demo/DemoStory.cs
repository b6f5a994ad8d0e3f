using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Mailchimp;

namespace OnboardingPortal.Sandbox.Demo;

/// <summary>What happened at the demo agency before the newcomer came.</summary>
internal sealed class DemoStory(
    IServiceProvider services, DemoClock clock, AgencyCaller owner, FacebookTokens tokens, SandboxTokens accountTokens)
{
    private static readonly CancellationToken Uncancelled = CancellationToken.None;
    private readonly RequestService _requests = services.GetRequiredService<RequestService>();

    /// <summary>
    /// Looks how far an earlier start has come: deletes what it broke off half way and what it had not sent yet, to be told anew.
    /// </summary>
    /// <param name="inOrder">The first recipient of each part.</param>
    /// <param name="before">When this start began, UTC: what users have made since is theirs.</param>
    /// <returns>The first recipients of what stays.</returns>
    public async Task<HashSet<string>> ResumeAsync(IReadOnlyList<string> inOrder, DateTimeOffset before)
    {
        List<RequestRow> rows = [];
        await foreach (var row in services.GetRequiredService<RequestTable>().ReadAllAsync(owner.Scope, new RequestQuery(), Uncancelled))
            rows.Add(row);
        var last = inOrder.LastOrDefault(to => rows.Any(r => r.FirstRecipient == to)); // all before it were told to their ends
        foreach (var row in rows.Where(IsHalfTold).ToList())
        {
            Must(await _requests.DeleteAsync(owner, row.Id, Uncancelled));
            rows.Remove(row);
        }

        return [.. rows.Select(r => r.FirstRecipient)];

        // A link that was copied is somebody's, though no recipient stands at it.
        bool IsHalfTold(RequestRow row) => row.RequestedAt < before
            && (row.RecipientCount == 0
                ? row.StoredStatus == RequestStatus.Draft
                : row.FirstRecipient == last && row.StoredStatus != RequestStatus.Connected);
    }

    public async Task ExpiredAsync(string to)
    {
        clock.Behind = TimeSpan.FromDays(45);
        var id = await SaveAsync(MailchimpDefaults.Key);
        await SendAsync(id, to);
    }

    public async Task CompletedAsync(params string[] to)
    {
        clock.Behind = TimeSpan.FromDays(9);
        var id = await SaveAsync(FacebookDefaults.Key, MailchimpDefaults.Key);
        await SendAsync(id, string.Join(',', to));
        clock.Behind = TimeSpan.Zero; // signatures of calls to Facebook hold for five minutes only
        var client = await VisitAsync(id, "All well", to[0]);
        await ShareAsync(client);
        await ConnectMailchimpAsync(
            client, accountTokens.Issue(MailchimpApp.Key, MailchimpPeople.All[0].Key, SandboxTokens.RandomText(24), life: null).Value);
        await FinishAsync(client);
    }

    /// <summary>So that the Hub has weeks to show.</summary>
    public async Task CompletedEarlierAsync(string to, int daysAgo, TimeSpan took)
    {
        clock.Behind = TimeSpan.FromDays(daysAgo);
        var id = await SaveAsync(MailchimpDefaults.Key);
        var options = services.GetRequiredService<IOptions<RequestOptions>>().Value; // the story's own, not the portal's
        var configured = options.LinkLifetime;
        // with a month, the portal at work would note the link as run out before this client comes
        options.LinkLifetime = TimeSpan.FromDays(daysAgo + 1);
        await SendAsync(id, to);
        options.LinkLifetime = configured;
        clock.Behind -= took;
        var client = await VisitAsync(id, "Former client", to);
        await ConnectMailchimpAsync(
            client, accountTokens.Issue(MailchimpApp.Key, MailchimpPeople.All[0].Key, SandboxTokens.RandomText(24), life: null).Value);
        await FinishAsync(client);
    }

    /// <summary>Stuck: opened three days ago, and nothing since.</summary>
    public async Task LeftAloneAsync(string to)
    {
        clock.Behind = TimeSpan.FromDays(4);
        var id = await SaveAsync(MailchimpDefaults.Key);
        await SendAsync(id, to);
        clock.Behind = TimeSpan.FromDays(3);
        await VisitAsync(id, "Bike shop", to);
    }

    /// <summary>A problem: the account was connected, and Mailchimp no longer knows its key.</summary>
    public async Task LostAsync(string to)
    {
        clock.Behind = TimeSpan.FromDays(2);
        var id = await SaveAsync(MailchimpDefaults.Key);
        await SendAsync(id, to);
        clock.Behind = TimeSpan.FromHours(30);
        var client = await VisitAsync(id, "Hotel reception", to);
        var account = await ConnectMailchimpAsync(client, SandboxTokens.RandomText(24));
        await FinishAsync(client);
        clock.Behind = TimeSpan.FromHours(6);
        await services.GetRequiredService<ConnectedAccounts>().CheckAsync(owner, account, Uncancelled);
    }

    public async Task TemplateAsync()
    {
        var templates = services.GetRequiredService<RequestTemplates>();
        if ((await templates.ListAsync(owner, Uncancelled)).Count > 0) return;
        Must(await templates.SaveAsync(
            owner, null,
            new TemplateInput(
                "Newsletter only", new RequestTerms(
                    "Hello,\n\nto plan your next newsletter we need access to your Mailchimp account.", [MailchimpDefaults.Key], null,
                    null)), Uncancelled));
    }

    public async Task OpenedAsync(string to)
    {
        clock.Behind = TimeSpan.FromHours(5);
        var id = await SaveAsync(FacebookDefaults.Key, MailchimpDefaults.Key);
        await SendAsync(id, to);
        clock.Behind = TimeSpan.FromMinutes(12);
        await VisitAsync(id, "Second account", to);
    }

    public async Task SentAsync(string to)
    {
        clock.Behind = TimeSpan.FromHours(1);
        await SendAsync(await SaveAsync(MailchimpDefaults.Key), to);
    }

    /// <summary>A draft with what a client granted, so that the area shows what it is for. One that is there is enough.</summary>
    public async Task CampaignAsync(string client)
    {
        clock.Behind = TimeSpan.Zero; // as for the client's grant
        var campaigns = services.GetRequiredService<CampaignService>();
        var granted = (await campaigns.ListClientsAsync(owner, Uncancelled)).FirstOrDefault(c => c.Name == client);
        if (granted is null || (await campaigns.ListAsync(owner, Uncancelled)).Count > 0) return;
        var (account, page) = (granted.AdAccounts[0].Id, granted.Pages.First(p => p.Name == "Blue Bakery").Id);
        var proposal = Must(await campaigns.ProposeAsync(owner, account, page, Uncancelled));
        Must(await campaigns.CreateAsync(
            owner, new CampaignTerms(
                account, page, CampaignNaming.Fill(CampaignNaming.UsualRule, client, "Traffic", proposal.Facts.Today),
                CampaignObjective.Traffic, [], [], CampaignBudget.Daily, 20, null, null, ["DE", "AT"], proposal.Beneficiary,
                proposal.Payor, [], WidensAudience: false), null, Uncancelled));
    }

    public async Task DraftAsync()
    {
        clock.Behind = TimeSpan.FromMinutes(3);
        await SaveAsync(FacebookDefaults.Key);
    }

    private async Task<RequestId> SaveAsync(params PlatformKey[] platforms)
    {
        var agency = await services.GetRequiredService<AgencyService>().GetAsync(owner.Agency, Uncancelled);
        var facebook = platforms.Contains(FacebookDefaults.Key)
            ? (await services.GetRequiredService<AgencyFacebookService>().ListAsync(owner.Agency, Uncancelled))[0]
            : null;
        return Must(await _requests.CreateAsync(
            owner, new RequestTerms(
                agency.DefaultMessage, platforms, facebook?.Id, facebook?.BusinessManagers.First(b => b.IsAdmin).ExternalId,
                null), Uncancelled));
    }

    private async Task SendAsync(RequestId id, string to)
    {
        Must(await _requests.SendAsync(owner, id, to, Uncancelled));
        await services.GetRequiredService<OutboxDelivery>().DeliverAsync(Uncancelled);
    }

    private async Task<ClientCaller> VisitAsync(RequestId id, string name, string email)
    {
        var link = Must(await _requests.CopyLinkAsync(owner, id, Uncancelled));
        var links = services.GetRequiredService<LinkService>();
        await links.OpenAsync(link.Segments[^1], null, Uncancelled);
        return Must(await links.IdentifyAsync(link.Segments[^1], new Visitor(name, email), null, Uncancelled));
    }

    private async Task ShareAsync(ClientCaller client)
    {
        var person = FacebookPeople.All[0];
        var connection = Must(
            await services.GetRequiredService<ClientAccounts>().AttachAsync(client, FacebookDefaults.Key, new PlatformSignIn(
                new PlatformAccount(person.UserId, person.Name, person.Email),
                new PlatformCredentials(tokens.IssueForDemo(person.Key), null, null, null)), Uncancelled));
        var sharing = services.GetRequiredService<Core.Sharing.FacebookSharing>();
        var business = Must(await sharing.ListBusinessesAsync(client, connection, Uncancelled))[0];
        var assets = Must(await sharing.ListAssetsAsync(client, connection, business.ExternalId, Uncancelled));
        await sharing.ShareAsync(
            client, connection, business.ExternalId, [.. assets.Where(a => a is { OwnerName: null, Inactive: false })], Uncancelled);
    }

    private async Task<ConnectionId> ConnectMailchimpAsync(ClientCaller client, string token)
    {
        var holder = MailchimpPeople.All[0];
        return Must(await services.GetRequiredService<ClientAccounts>().AttachAsync(client, MailchimpDefaults.Key, new PlatformSignIn(
            new PlatformAccount(holder.Account.Id, holder.Account.Name, holder.Email),
            new PlatformCredentials(token, null, null, SandboxAddresses.Within($"{MailchimpApp.Path}/{holder.Account.DataCentre}"))),
                Uncancelled));
    }

    private async Task FinishAsync(ClientCaller client)
    {
        if (await services.GetRequiredService<WizardService>().CompleteAsync(client, Uncancelled) is { } refusal)
            throw new InvalidOperationException(refusal.ToString());
    }

    private static T Must<T>(Result<T> result) => result.Value;
}
