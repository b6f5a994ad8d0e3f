using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Secrets;

public abstract class SecretsTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly PlatformCredentials Credentials =
        new("CANARY-access-token", "CANARY-refresh-token", FakeTime.Start, new Uri("https://us1.api.mailchimp.com/"));

    private CredentialProtector Protector => Portal.Get<CredentialProtector>();

    [Fact]
    public async Task Credentials_come_back_as_they_were_also_on_another_node()
    {
        var secret = await Protector.ProtectAsync(Owner.Agency, 7, Mailchimp, Credentials, Cancel);
        await using var other = Portal.AnotherNode();

        Assert.Equal(Credentials, await Protector.UnprotectAsync(Owner.Agency, 7, Mailchimp, secret, Cancel));
        Assert.Equal(Credentials, await other.Get<CredentialProtector>().UnprotectAsync(Owner.Agency, 7, Mailchimp, secret, Cancel));
        Assert.NotEqual(secret, await Protector.ProtectAsync(Owner.Agency, 7, Mailchimp, Credentials, Cancel));
    }

    [Fact]
    public async Task Credentials_copied_to_another_row_agency_or_platform_cannot_be_read()
    {
        var secret = await Protector.ProtectAsync(Owner.Agency, 7, Mailchimp, Credentials, Cancel);
        await Protector.ProtectAsync(Stranger.Agency, 7, Mailchimp, Credentials, Cancel); // the other agency has a key too

        await RefusesAsync(() => Protector.UnprotectAsync(Owner.Agency, 8, Mailchimp, secret, Cancel));
        await RefusesAsync(() => Protector.UnprotectAsync(Stranger.Agency, 7, Mailchimp, secret, Cancel));
        await RefusesAsync(() => Protector.UnprotectAsync(Owner.Agency, 7, Facebook, secret, Cancel));
    }

    [Fact]
    public async Task Credentials_that_were_changed_in_any_byte_cannot_be_read()
    {
        var secret = await Protector.ProtectAsync(Owner.Agency, 7, Mailchimp, Credentials, Cancel);

        for (var i = 0; i < secret.Length; i++)
        {
            var changed = secret.ToArray();
            changed[i] ^= 1;
            await Assert.ThrowsAnyAsync<Exception>(() => Protector.UnprotectAsync(Owner.Agency, 7, Mailchimp, changed, Cancel));
        }

        foreach (var length in new[] { 0, 1, 5, 20, secret.Length - 1 })
            await RefusesAsync(() => Protector.UnprotectAsync(Owner.Agency, 7, Mailchimp, secret[..length], Cancel));
    }

    [Fact]
    public async Task Two_nodes_that_need_an_agencys_first_key_at_once_agree_on_one()
    {
        await using var other = Portal.AnotherNode();

        var secrets = await Task.WhenAll(new[] { Protector, other.Get<CredentialProtector>() }
            .Select(p => Task.Run(() => p.ProtectAsync(Owner.Agency, 7, Mailchimp, Credentials, Cancel))));

        await using var third = Portal.AnotherNode();
        foreach (var secret in secrets)
        {
            Assert.Equal(Credentials, await third.Get<CredentialProtector>().UnprotectAsync(Owner.Agency, 7, Mailchimp, secret, Cancel));
        }
    }

    [Fact]
    public async Task Another_master_key_opens_nothing()
    {
        var secret = await Protector.ProtectAsync(Owner.Agency, 7, Mailchimp, Credentials, Cancel);
        var stolen = new CredentialProtector(
            Portal.Contexts,
            new MasterKey(Options.Create(new PortalOptions { MasterKey = Convert.ToBase64String(new byte[32]) })), Clock);

        await RefusesAsync(() => stolen.UnprotectAsync(Owner.Agency, 7, Mailchimp, secret, Cancel));
    }

    [Fact]
    public async Task No_token_link_or_key_lies_in_the_database_in_clear()
    {
        var request = await ARequest().Asking(Mailchimp, Facebook).SentAsync();
        var baker = await AParticipant(request);
        await AnAccount(baker, Mailchimp, token: "CANARY-client-token");
        var ticket = Value(await Portal.Get<ConnectService>().BeginAsync(baker, Mailchimp, new(), Cancel));
        var start = Value(await Portal.Get<ConnectService>().StartAsync(Mailchimp, ticket, null, _ => true, Cancel));
        var state = QueryHelpers.ParseQuery(start.Address.Query)["state"].ToString();
        Value(await Requests.CopyLinkAsync(Owner, request.Id, Cancel));
        await Outbox.DeliverAsync(Cancel);

        var dump = await DatabaseDump.ReadAsync(Portal, Cancel);

        Assert.Contains("hello@bakery.example", dump, StringComparison.Ordinal); // the search itself works
        foreach (var canary in new[]
        {
            "CANARY", "agency-token", request.Token, ticket, state, start.BrowserSecret, "in an unencrypted form"
        })
        {
            Assert.DoesNotContain(canary, dump, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nor_does_any_of_it_reach_a_log()
    {
        var request = await ARequest().SentAsync();
        var baker = await AParticipant(request);
        await AnAccount(baker, Mailchimp, token: "CANARY-client-token");
        await Outbox.DeliverAsync(Cancel);

        Assert.DoesNotContain(
            Portal.Logs.Lines, l => l.Contains("CANARY", StringComparison.Ordinal) || l.Contains(request.Token, StringComparison.Ordinal));
    }

    private static Task<CryptographicException> RefusesAsync(Func<Task> read) => Assert.ThrowsAnyAsync<CryptographicException>(read);
}

public sealed class SecretsTestsOnSqlite() : SecretsTests(DatabaseProvider.Sqlite);

public sealed class SecretsTestsOnPostgres() : SecretsTests(DatabaseProvider.Postgres);
