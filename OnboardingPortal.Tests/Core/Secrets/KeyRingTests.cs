using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Secrets;

/// <summary>The master key is changed node by node, and never made anew over secrets that it does not open.</summary>
public abstract class KeyRingTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly string Old = Convert.ToBase64String("the master key of these tests !!"u8);
    private static readonly string New = Convert.ToBase64String("the next key of these very tests"u8);

    private readonly FailingCommands _commands = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("portal-keys-").FullName;
    private ConnectionId _account;
    private string _cookie = "";

    [Fact]
    public async Task Without_the_master_key_of_its_secrets_the_portal_does_not_start_and_makes_no_new_one()
    {
        await using var without = Node(master: null);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => without.Get<KeyRing>().OpenAsync(Cancel));

        Assert.Contains("the master key is missing", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task With_another_master_key_it_does_not_start_either()
    {
        await using var wrong = Node(New);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => wrong.Get<KeyRing>().OpenAsync(Cancel));

        Assert.Contains("another master key", refusal.Message, StringComparison.Ordinal);
        await WorksAsync(Portal);
    }

    [Fact]
    public async Task The_master_key_changes_node_by_node_while_all_go_on_and_then_the_old_one_can_go()
    {
        await using var knowsBoth = Node(Old, New);
        await knowsBoth.Get<KeyRing>().OpenAsync(Cancel);
        await using var changed = Node(New, Old);
        await changed.Get<KeyRing>().OpenAsync(Cancel);

        await WorksAsync(knowsBoth);
        await WorksAsync(changed);

        await using var later = Node(New);
        await later.Get<KeyRing>().OpenAsync(Cancel);
        await WorksAsync(later);
    }

    [Fact]
    public async Task A_key_from_the_configuration_takes_over_from_the_files()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "master.key"), Old, Cancel);
        await using var fromFile = Node(master: null);
        await fromFile.Get<KeyRing>().OpenAsync(Cancel);
        await WorksAsync(fromFile);

        await using var configured = Node(New);
        await configured.Get<KeyRing>().OpenAsync(Cancel);
        File.Delete(Path.Combine(_directory, "master.key"));

        await using var later = Node(New);
        await later.Get<KeyRing>().OpenAsync(Cancel);
        await WorksAsync(later);
    }

    [Theory]
    [InlineData("not base64 !")]
    [InlineData("c2hvcnQ=")]
    public async Task A_master_key_that_is_none_is_named(string key)
    {
        await using var wrong = Node(key);

        Assert.Contains(
            "Portal:MasterKey", (await Assert.ThrowsAsync<StartRefusedException>(() => wrong.Get<KeyRing>().OpenAsync(Cancel))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_key_that_is_due_is_renewed_and_everything_encrypted_anew_while_an_older_node_goes_on()
    {
        await using var older = Portal.AnotherNode();
        await WorksAsync(older); // knows the first key only
        var before = await SecretAsync();
        Assert.Equal(0, await Portal.Get<KeyRing>().RotateDueAsync(Cancel));

        Clock.Advance(TimeSpan.FromDays(366));
        Assert.Equal(2, await Portal.Get<KeyRing>().RotateDueAsync(Cancel)); // the account and the Facebook user
        Assert.Equal(0, await Portal.Get<KeyRing>().RotateDueAsync(Cancel));

        Assert.NotEqual(before[..5], (await SecretAsync())[..5]);
        await WorksAsync(older);
        await WorksAsync(Portal);
    }

    [Fact]
    public async Task Which_key_is_the_newest_is_asked_for_once_however_many_secrets_there_are()
    {
        var reads = 0;
        _commands.Before = command =>
        {
            var isOfKeys = command.Contains("agency_keys", StringComparison.Ordinal);
            if (isOfKeys && command.Contains("MAX(", StringComparison.OrdinalIgnoreCase)) reads++;
            return Task.CompletedTask;
        };
        Clock.Advance(TimeSpan.FromDays(366));

        Assert.Equal(2, await Portal.Get<KeyRing>().RotateDueAsync(Cancel));

        Assert.Equal(3, reads); // which agencies are due, the number of the next key, the newest one
    }

    [Fact]
    public async Task The_key_ring_is_read_from_the_rows_that_older_portals_wrote_and_written_for_older_nodes_to_read()
    {
        await using var db = Portal.Contexts.CreateForSystem();
        var key = Assert.Single(await db.DataProtectionKeys.AsNoTracking().ToListAsync(Cancel));
        Assert.Contains(
            "decryptorType=\"OnboardingPortal.Core.Data.MasterKeyXmlDecryptor, OnboardingPortal.Core,", key.Xml, StringComparison.Ordinal);

        await db.Database.ExecuteSqlAsync($"DELETE FROM data_protection_keys", Cancel);
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO data_protection_keys ("Name", "Xml") VALUES ({key.FriendlyName}, {key.Xml})""", Cancel);
        await using var node = Node(Old);

        await WorksAsync(node);
    }

    protected override void Register(IServiceCollection services) => _commands.Register(services);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _account = await AnAccount(
            await AParticipant(await ARequest().Asking(Mailchimp, Facebook).SentAsync()), Mailchimp, token: "the-token");
        _cookie = Portal.Get<IDataProtectionProvider>().CreateProtector("test").Protect("hello");
    }

    private TestPortal Node(string? master, params string[] others)
    {
        var settings = new Dictionary<string, string?> { ["Portal:DataDirectory"] = _directory, ["Portal:MasterKey"] = master };
        for (var i = 0; i < others.Length; i++) settings[$"Portal:PreviousMasterKeys:{i}"] = others[i];
        return Portal.AnotherNode(settings);
    }

    private async Task WorksAsync(TestPortal node)
    {
        var secret = await SecretAsync();
        Assert.Equal(
            "the-token",
            (await node.Get<CredentialProtector>().UnprotectAsync(Owner.Agency, _account.Value, Mailchimp, secret, Cancel)).AccessToken);
        Assert.Equal("hello", node.Get<IDataProtectionProvider>().CreateProtector("test").Unprotect(_cookie));
    }

    private async Task<byte[]> SecretAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return (await db.Connections.Where(c => c.Id == _account).Select(c => c.Credentials).SingleAsync(Cancel))!;
    }
}

public sealed class KeyRingTestsOnSqlite() : KeyRingTests(DatabaseProvider.Sqlite);

public sealed class KeyRingTestsOnPostgres() : KeyRingTests(DatabaseProvider.Postgres);
