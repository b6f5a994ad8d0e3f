using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;
using OnboardingPortal.Mails;

namespace OnboardingPortal.Tests.Support;

/// <summary>The real services over the database of a running portal: makes in a moment what a browser test is not about.</summary>
public sealed class SecondNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public SecondNode(PortalProcess portal, params (string Name, string Value)[] more)
        : this(portal, TimeProvider.System, more)
    {
    }

    /// <summary>A node whose clock tells another time than the portal's.</summary>
    public SecondNode(PortalProcess portal, TimeProvider clock, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Portal:DataDirectory"] = portal.DataDirectory,
            ["Portal:PublicUrl"] = portal.Address.AbsoluteUri,
            ["OwnHosts:PointingIsProof"] = "true",
            ["Platforms:Facebook:AppId"] = "sandbox",
            ["Platforms:Facebook:AppSecret"] = "sandbox",
            ["Platforms:GoogleAds:DeveloperToken"] = "sandbox",
        };
        foreach (var section in new[] { "Mailchimp", "Salesforce", "HubSpot", "GoogleSheets", "GoogleAds" })
        {
            (settings[$"Platforms:{section}:ClientId"], settings[$"Platforms:{section}:ClientSecret"]) = ("sandbox", "sandbox");
        }

        foreach (var (name, value) in more) settings[name] = value;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(clock).AddLogging().AddLocalization().AddSingleton<IServer, StubServer>().AddPortalCore().AddMails();
        _services = services.BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A demo user as a caller who has just proved that it is them.</summary>
    public async Task<AgencyCaller> UserAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = Get<PortalDbContextFactory>().CreateForSystem();
        var id = await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(cancellationToken);
        return (await Get<AgencyService>()
            .FindCallerAsync(AgencyUserId.From(id), null, cancellationToken))! with
        { ProvedAt = DateTimeOffset.MaxValue };
    }

    /// <summary>A pending request of the demo agency's owner, and its link.</summary>
    public Task<(RequestId Id, string Link)> ARequestAsync(CancellationToken cancellationToken, params PlatformKey[] platforms) =>
        ARequestAsync("owner@demo.test", cancellationToken, platforms);

    /// <summary>A pending request of a user of the demo agency, and its link.</summary>
    public async Task<(RequestId Id, string Link)> ARequestAsync(
        string requester, CancellationToken cancellationToken, params PlatformKey[] platforms)
    {
        var owner = await UserAsync(requester, cancellationToken);
        var facebook = (await Get<AgencyFacebookService>().ListAsync(owner.Agency, cancellationToken))[0];
        var asksFacebook = platforms.Contains(FacebookDefaults.Key);
        var input = new RequestTerms(
            "Please connect your accounts.", platforms, asksFacebook ? facebook.Id : null,
            asksFacebook ? facebook.BusinessManagers.First(b => b.IsAdmin).ExternalId : null, null);
        var id = (await Get<RequestService>().CreateAsync(owner, input, cancellationToken)).Value;
        return (id, (await Get<RequestService>().CopyLinkAsync(owner, id, cancellationToken)).Value.AbsoluteUri);
    }

    /// <summary>The own link of a request's recipient.</summary>
    public async Task<string> LinkOfAsync(RequestId request, string recipient, CancellationToken cancellationToken)
    {
        await using var db = Get<PortalDbContextFactory>().CreateForSystem();
        var copy = await db.Recipients.IgnoreQueryFilters().Where(r => r.RequestId == request && r.Email == recipient)
            .Select(r => r.LinkTokenProtected).SingleAsync(cancellationToken);
        return Get<LinkTokens>().LinkOf(copy!, Get<PortalAddress>().Public).AbsoluteUri;
    }

    /// <summary>The participant of a request who came last.</summary>
    public async Task<ClientCaller> ParticipantAsync(RequestId request, CancellationToken cancellationToken)
    {
        await using var db = Get<PortalDbContextFactory>().CreateForSystem();
        var id = await db.Participants.IgnoreQueryFilters().Where(p => p.RequestId == request).OrderByDescending(p => p.Id)
            .Select(p => p.Id).FirstAsync(cancellationToken);
        return (await Get<WizardService>().FindCallerAsync(request, id, null, cancellationToken))!;
    }

    /// <summary>The names of the accounts that were connected for a request.</summary>
    public async Task<IReadOnlyList<string>> AccountsAsync(RequestId request, CancellationToken cancellationToken)
    {
        await using var db = Get<PortalDbContextFactory>().CreateForSystem();
        return await db.Connections.IgnoreQueryFilters().Where(c => c.RequestId == request).Select(c => c.DisplayName)
            .ToListAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
