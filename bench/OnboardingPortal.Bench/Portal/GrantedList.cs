using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;
using FacebookSharing = OnboardingPortal.Core.Sharing.FacebookSharing;

namespace OnboardingPortal.Bench.Portal;

/// <summary>A client's biggest list and an ad account of theirs, granted in one request, and the sync between them.</summary>
internal sealed class GrantedList
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private readonly SyncService _syncs;
    private readonly IContactSource _source;
    private readonly SandboxSite _platforms;
    private readonly AgencyCaller _owner;
    private readonly ConnectionId _account;
    private AudienceSyncId _sync;
    private ContactSelection? _selection;

    private GrantedList(ServiceProvider core, SandboxSite platforms, AgencyCaller owner, ConnectionId account)
    {
        _syncs = core.GetRequiredService<SyncService>();
        _source = core.GetServices<IContactSource>().Single(s => s.Platform == MailchimpDefaults.Key);
        (_platforms, _owner, _account) = (platforms, owner, account);
    }

    /// <summary>What the wizard does, without its pages.</summary>
    public static async Task<GrantedList> GrantAsync(ServiceProvider core, SandboxSite platforms, CancellationToken cancellationToken)
    {
        var owner = await PortalSite.FindOwnerAsync(core, cancellationToken);
        var users = core.GetRequiredService<AgencyFacebookService>();
        await users.ConnectAsync(
            owner, platforms.AgencyAdmin, OnboardingPortal.Sandbox.Facebook.FacebookAgencyAdmin.BusinessManagers, cancellationToken);
        var user = (await users.ListAsync(owner.Agency, cancellationToken))[0];
        var requests = core.GetRequiredService<RequestService>();
        var request = Must(await requests.CreateAsync(
            owner, new(
                "We need access.", [FacebookDefaults.Key, MailchimpDefaults.Key], user.Id,
                user.BusinessManagers.First(b => b.IsAdmin).ExternalId), cancellationToken));
        Must(await requests.SendAsync(owner, request, "baker@bench.example", cancellationToken));
        var link = Must(await requests.CopyLinkAsync(owner, request, cancellationToken)).Segments[^1];
        var links = core.GetRequiredService<LinkService>();
        Must(await links.OpenAsync(link, null, cancellationToken));
        var client = Must(await links.IdentifyAsync(link, new("The client", "baker@bench.example"), null, cancellationToken));
        var accounts = core.GetRequiredService<ClientAccounts>();
        var facebook = Must(await accounts.AttachAsync(client, FacebookDefaults.Key, platforms.Facebook, cancellationToken));
        var sharing = core.GetRequiredService<FacebookSharing>();
        var business = Must(await sharing.ListBusinessesAsync(client, facebook, cancellationToken))[0].ExternalId;
        var assets = Must(await sharing.ListAssetsAsync(client, facebook, business, cancellationToken));
        Must(await sharing.ShareAsync(
            client, facebook, business, [.. assets.Where(a => a is { OwnerName: null, Inactive: false })], cancellationToken));
        var account = Must(await accounts.AttachAsync(client, MailchimpDefaults.Key, platforms.Mailchimp, cancellationToken));
        Must(await core.GetRequiredService<WizardService>().CompleteAsync(client, cancellationToken));
        return new(core, platforms, owner, account);
    }

    /// <summary>Sets the sync up as somebody does who takes what is proposed.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        var list = Must(await _syncs.ListsAsync(_owner, _account, null, cancellationToken)).MaxBy(l => l.Count)!;
        var proposal = Must(await _syncs.ProposeAsync(_owner, _account, list.Key, filter: null, cancellationToken));
        var adAccount = Must(await _syncs.TargetsAsync(_owner, _account, cancellationToken)).First(t => t.Works).AdAccount;
        _sync = Must(await _syncs.CreateAsync(
            _owner, new(
                _account, list.Key, list.Name, null, adAccount, null, "Bench", proposal.Columns, proposal.Country,
                "They agreed when they signed up for the newsletter.", MaySend: true, SyncInterval.Manual), cancellationToken));
        _selection = new(list.Key, [.. proposal.Columns.Select(c => new ContactField(c.Field, c.Name)).DistinctBy(f => f.Key)]);
    }

    /// <summary>Asks for a run.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) =>
        Must(await _syncs.RunAsync(_owner, _sync, cancellationToken));

    /// <summary>Waits until the run under way has ended.</summary>
    /// <returns>The run and how long it took from its first turn; the audience then holds whom the list holds.</returns>
    /// <exception cref="InvalidOperationException">It did not end well.</exception>
    public async Task<(SyncRunLine Run, TimeSpan Took)> EndAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? begun = null;
        while (true)
        {
            var view = Must(await _syncs.FindAsync(_owner, _sync, cancellationToken));
            if (view.Line.Running is null)
            {
                var run = view.Runs[0];
                if (run.State != SyncRunState.Done || (run.Kind == SyncRunKind.Run && view.Line.People != run.Counts.Valid))
                {
                    throw new InvalidOperationException(
                        $"{run.Kind} {run.State} {run.Problem} {run.ProblemDetail}: {view.Line.People} of {run.Counts.Valid}");
                }

                return (run, run.EndedAt!.Value - (begun ?? run.BegunAt));
            }

            if (view.Line.Running.State == SyncRunState.Running) begun ??= TimeProvider.System.GetUtcNow();
            await Task.Delay(Glance, cancellationToken);
        }
    }

    /// <summary>Reads the list to its end and does nothing with it.</summary>
    /// <returns>How many people it has.</returns>
    public async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        var people = 0;
        for (string? cursor = null; ;)
        {
            var page = Must(await _source.ReadAsync(_platforms.Mailchimp.Credentials, _selection!, cursor, cancellationToken));
            people += page.People.Count;
            if ((cursor = page.Next) is null) return people;
        }
    }

    private static T Must<T>(Result<T> result) =>
        result.Succeeded ? result.Value : throw new InvalidOperationException($"It was refused: {result.Error}");

    private static void Must(PortalError? refusal)
    {
        if (refusal is not null) throw new InvalidOperationException($"It was refused: {refusal}");
    }
}
