using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OnboardingPortal.Bench.Servers;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Mailchimp;

namespace OnboardingPortal.Bench.Portal;

/// <summary>
/// The stand-in platforms in a process of their own, with a list of as many people as somebody wants. The agency's Facebook user and a
/// client have signed in to them already.
/// </summary>
internal sealed class SandboxSite : IAsyncDisposable
{
    private readonly ServerProcess _server;

    private SandboxSite(ServerProcess server, string admin, string facebook, string mailchimp)
    {
        _server = server;
        Settings =
        [
            ("Platforms:Facebook:AppId", FacebookApp.Id), ("Platforms:Facebook:AppSecret", FacebookApp.Secret),
            ("Platforms:Facebook:GraphAddress", $"{Within(FacebookApp.GraphPath)}/"),
            ("Platforms:Mailchimp:ClientId", MailchimpApp.ClientId), ("Platforms:Mailchimp:ClientSecret", MailchimpApp.ClientSecret),
        ];
        var (person, holder) = (FacebookPeople.All[0], MailchimpPeople.All[0]);
        AgencyAdmin = new(
            new(FacebookAgencyAdmin.UserId, FacebookAgencyAdmin.Name, FacebookAgencyAdmin.Email), new(admin, null, null, null));
        Facebook = new(new(person.UserId, person.Name, person.Email), new(facebook, null, null, null));
        Mailchimp = new(
            new(holder.Account.Id, holder.Account.Name, holder.Email),
            new(mailchimp, null, null, Within($"{MailchimpApp.Path}/{holder.Account.DataCentre}/")));
    }

    /// <summary>What a portal needs to call them.</summary>
    public (string Name, string? Value)[] Settings { get; }

    public PlatformSignIn AgencyAdmin { get; }

    public PlatformSignIn Facebook { get; }

    public PlatformSignIn Mailchimp { get; }

    public static async Task<SandboxSite> StartAsync(BenchContext bench, int contacts, CancellationToken cancellationToken)
    {
        var folder = bench.NewDataFolder();
        var (admin, facebook, mailchimp) = SignIn(folder);
        var server = await bench.StartSandboxAsync(
            folder, new Dictionary<string, string>
            {
                ["Sandbox__Contacts"] = contacts.ToString(CultureInfo.InvariantCulture),
                ["Sandbox__AdsTier"] = "Full",
            }, cancellationToken);
        return new(server, admin, facebook, mailchimp);
    }

    /// <summary>One in a hundred people of the client's lists changes.</summary>
    public async Task ChangeAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var address = Within($"/sandbox/accounts/{MailchimpApp.Key}/{MailchimpPeople.All[0].Key}/contacts");
        using var answer = await http.PostAsync(address, null, cancellationToken);
        if ((int)answer.StatusCode >= 400) throw new InvalidOperationException($"The list did not change: {answer.StatusCode}.");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Uri Within(string path) => new(_server.Address, path);

    /// <summary>Writes the tokens down before the stand-ins start, which read what they know then.</summary>
    private static (string Admin, string Facebook, string Mailchimp) SignIn(string folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection([new("Portal:DataDirectory", folder)]);
        builder.Services.AddSandbox(builder.Configuration);
        using var host = builder.Build();
        var tokens = host.Services.GetRequiredService<FacebookTokens>();
        return (
            tokens.IssueForDemo(FacebookAgencyAdmin.Key), tokens.IssueForDemo(FacebookPeople.All[0].Key),
            host.Services.GetRequiredService<SandboxTokens>()
                .Issue(MailchimpApp.Key, MailchimpPeople.All[0].Key, Guid.NewGuid().ToString("n"), life: null).Value);
    }
}
