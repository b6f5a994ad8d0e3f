using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Api;

/// <summary>Keys to the API: who makes them, whom they act as, and what stops them.</summary>
public abstract class ApiKeyTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly ApiScope[] AllScopes = Enum.GetValues<ApiScope>();

    private ApiKeys Keys => Portal.Get<ApiKeys>();

    [Fact]
    public async Task A_key_is_shown_once_and_only_its_hash_is_kept()
    {
        var key = Value(
            await Keys.CreateAsync(
                Owner, new NewApiKey("  CRM ", [ApiScope.WriteRequests, ApiScope.ReadRequests, ApiScope.ReadRequests]), Cancel));

        Assert.Matches("^op_live_[-_A-Za-z0-9]{49}$", key.Secret);
        Assert.DoesNotContain(key.Secret, key.ToString(), StringComparison.Ordinal);
        var listed = Assert.Single(Value(await Keys.ListAsync(Owner, Cancel)));
        Assert.Equal(
            ("CRM", key.Secret[..14], "The owner", Clock.Now), (listed.Name, listed.Prefix, listed.CreatedByName, listed.CreatedAt));
        Assert.Equal([ApiScope.ReadRequests, ApiScope.WriteRequests], listed.Scopes);
        Assert.Null(listed.Stopped);
        Assert.DoesNotContain(await DumpOf("api_keys"), cell => cell.Contains(key.Secret[14..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_key_may_do_is_stored_by_name_and_the_numbers_of_before_are_read()
    {
        await Keys.CreateAsync(Owner, new NewApiKey("CRM", [ApiScope.WriteRequests]), Cancel);
        Assert.Contains("[\"WriteRequests\"]", await DumpOf("api_keys"));

        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Database.ExecuteSqlRawAsync("UPDATE api_keys SET \"Scopes\" = '[0,2]'", Cancel);
        }

        Assert.Equal([ApiScope.ReadRequests, ApiScope.ReadConnections], Assert.Single(Value(await Keys.ListAsync(Owner, Cancel))).Scopes);
    }

    [Fact]
    public async Task Only_main_users_make_see_and_revoke_keys()
    {
        var key = await AKey();

        Assert.IsType<NotAllowed>((await Keys.CreateAsync(Member, new NewApiKey("Mine", AllScopes), Cancel)).Error);
        Assert.IsType<NotAllowed>((await Keys.ListAsync(Member, Cancel)).Error);
        Assert.IsType<NotAllowed>(await Keys.RevokeAsync(Member, key.Id, Cancel));

        Value(await Keys.AuthenticateAsync(key.Secret, null, Cancel));
    }

    [Fact]
    public async Task A_key_needs_a_name_and_something_that_it_may()
    {
        foreach (var (input, field) in new[]
        {
            (new NewApiKey(" ", AllScopes), nameof(NewApiKey.Name)),
            (new NewApiKey("two\nlines", AllScopes), nameof(NewApiKey.Name)),
            (new NewApiKey(new string('x', ApiKey.NameMaxLength + 1), AllScopes), nameof(NewApiKey.Name)),
            (new NewApiKey("CRM", []), nameof(NewApiKey.Scopes)),
            (new NewApiKey("CRM", [(ApiScope)99]), nameof(NewApiKey.Scopes)),
        })
        {
            Assert.Equal([field], Assert.IsType<InputRefused>((await Keys.CreateAsync(Owner, input, Cancel)).Error).Fields.Keys);
        }

        Assert.Empty(Value(await Keys.ListAsync(Owner, Cancel)));
    }

    [Fact]
    public async Task An_agency_has_fifty_keys_at_most()
    {
        for (var i = 0; i < ApiKeys.MaxKeys; i++) await AKey();

        Assert.IsType<TooManyApiKeys>((await Keys.CreateAsync(Owner, new NewApiKey("One more", AllScopes), Cancel)).Error);
        Assert.Null(await Keys.RevokeAsync(Owner, Value(await Keys.ListAsync(Owner, Cancel))[0].Id, Cancel));
        await AKey();
    }

    [Fact]
    public async Task A_key_acts_as_the_user_who_made_it_and_sees_what_they_see()
    {
        var key = await AKey();
        var own = await ARequest().DraftAsync();
        var other = await ARequest().By(Member).DraftAsync();

        var caller = Value(await Keys.AuthenticateAsync(key.Secret, "192.0.2.77", Cancel));
        Assert.Equal(
            (Owner.Agency, Owner.User, AgencyRole.MainUser, "192.0.2.77"),
            (caller.Caller.Agency, caller.Caller.User, caller.Caller.Role, caller.Caller.Address));
        Assert.NotNull(await Table.FindAsync(caller.Caller.Scope, other.Id, Cancel));

        Assert.Null(
            await Portal.Get<AgencyService>()
                .ChangeSettingsAsync(Owner, TestPortal.NewSettings with { Visibility = RequestVisibility.OnlyRequester }, Cancel));
        caller = Value(await Keys.AuthenticateAsync(key.Secret, null, Cancel));
        Assert.Null(await Table.FindAsync(caller.Caller.Scope, other.Id, Cancel));
        Assert.NotNull(await Table.FindAsync(caller.Caller.Scope, own.Id, Cancel));
        Assert.IsType<RequestNotFound>((await Requests.DeleteAsync(caller.Caller, other.Id, Cancel)).Error);
    }

    [Fact]
    public async Task A_key_stops_at_once_when_its_user_is_disabled_made_a_sub_user_or_removed()
    {
        var key = await AKey();
        await using var db = Portal.Contexts.CreateForSystem();
        var user = db.Users.Where(u => u.Id == Owner.User.Value);

        await user.ExecuteUpdateAsync(set => set.SetProperty(u => u.DisabledAt, Clock.Now), Cancel);
        Assert.Equal(new ApiKeyUserGone("The owner"), (await Keys.AuthenticateAsync(key.Secret, null, Cancel)).Error);
        Assert.Equal(new ApiKeyUserGone("The owner"), Assert.Single(Value(await Keys.ListAsync(Owner, Cancel))).Stopped);

        await user.ExecuteUpdateAsync(
            set => set.SetProperty(u => u.DisabledAt, (DateTimeOffset?)null).SetProperty(u => u.Role, AgencyRole.SubUser), Cancel);
        Assert.Equal(new ApiKeyUserNotMain("The owner"), (await Keys.AuthenticateAsync(key.Secret, null, Cancel)).Error);

        await user.ExecuteUpdateAsync(set => set.SetProperty(u => u.Role, AgencyRole.MainUser), Cancel);
        Value(await Keys.AuthenticateAsync(key.Secret, null, Cancel));

        await user.ExecuteDeleteAsync(Cancel);
        Assert.IsType<ApiKeyUserGone>((await Keys.AuthenticateAsync(key.Secret, null, Cancel)).Error);
    }

    [Fact]
    public async Task A_revoked_key_is_dead_and_leaves_the_list_and_anything_else_is_no_key()
    {
        var key = await AKey();

        Assert.Null(await Keys.RevokeAsync(Owner, key.Id, Cancel));

        Assert.IsType<ApiKeyNotFound>(await Keys.RevokeAsync(Owner, key.Id, Cancel));
        Assert.Empty(Value(await Keys.ListAsync(Owner, Cancel)));
        Assert.IsType<ApiKeyRevoked>((await Keys.AuthenticateAsync(key.Secret, null, Cancel)).Error);
        foreach (var wrong in new[]
        {
            "", "op_live_", key.Secret + "x", key.Secret[..^1], key.Secret.ToUpperInvariant(), new string('ä', 51),
            ApiKeys.Start + new string('x', 43)
        })
        {
            Assert.IsType<ApiKeyUnknown>((await Keys.AuthenticateAsync(wrong, null, Cancel)).Error);
        }
    }

    [Fact]
    public async Task The_use_of_a_key_is_noted_to_the_minute_and_written_once_a_minute()
    {
        var key = await AKey();
        Assert.Null(Assert.Single(Value(await Keys.ListAsync(Owner, Cancel))).LastUsedAt);
        Clock.Advance(TimeSpan.FromSeconds(42));

        await Keys.AuthenticateAsync(key.Secret, null, Cancel);
        Assert.Equal(FakeTime.Start, Assert.Single(Value(await Keys.ListAsync(Owner, Cancel))).LastUsedAt);

        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            // a mark that a second write would wipe out
            await db.ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, FakeTime.Start.AddSeconds(1)), Cancel);
        }

        await Keys.AuthenticateAsync(key.Secret, null, Cancel);
        Assert.Equal(FakeTime.Start.AddSeconds(1), Assert.Single(Value(await Keys.ListAsync(Owner, Cancel))).LastUsedAt);
        Clock.Advance(TimeSpan.FromMinutes(3));
        await Keys.AuthenticateAsync(key.Secret, null, Cancel);
        Assert.Equal(FakeTime.Start.AddMinutes(3), Assert.Single(Value(await Keys.ListAsync(Owner, Cancel))).LastUsedAt);
    }

    [Fact]
    public async Task The_audit_trail_names_the_key_beside_its_user_and_its_chain_holds()
    {
        var key = await AKey();
        var caller = Value(await Keys.AuthenticateAsync(key.Secret, "192.0.2.77", Cancel)).Caller;
        var request = await ARequest().By(caller).SentAsync();
        Value(await Requests.DeleteAsync(caller, request.Id, Cancel));
        Assert.Null(await Keys.RevokeAsync(Owner, key.Id, Cancel));

        var events = Value(await Portal.Get<AuditTrail>().ListAsync(Owner, new AuditQuery(), null, 100, Cancel)).Events;
        Assert.Equal(
            [(AuditKind.ApiKeyRevoked, "The owner"), (AuditKind.RequestDeleted, "The owner (API: CRM)"), (AuditKind.RequestSent,
                "The owner (API: CRM)"),
                (AuditKind.RequestCreated, "The owner (API: CRM)"), (AuditKind.ApiKeyCreated, "The owner")],
            events.Select(e => (e.Kind, e.ActorName)));
        Assert.All(events, e => Assert.Equal((ActorKind.AgencyUser, Owner.User.Value), (e.ActorKind, e.ActorId)));
        Assert.Equal(["CRM", "CRM"], events.Where(e => e.RequestId is null).Select(e => e.Detail));
        Assert.Null(Value(await Portal.Get<AuditTrail>().VerifyAsync(Owner, Cancel)).Broken);
    }

    [Fact]
    public async Task The_longest_names_fit_into_the_audit_trail_and_clients_read_the_users_alone()
    {
        var key = Value(await Keys.CreateAsync(Owner, new NewApiKey(new string('k', ApiKey.NameMaxLength), AllScopes), Cancel));
        await using var db = Portal.Contexts.CreateForSystem();
        await db.Users.Where(u => u.Id == Owner.User.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.DisplayName, new string('n', AgencyUser.DisplayNameMaxLength)), Cancel);

        var request = await ARequest().By(Value(await Keys.AuthenticateAsync(key.Secret, null, Cancel)).Caller).SentAsync();

        var details = await DetailsOf(request.Id);
        Assert.All(details.Events, e => Assert.Equal($"{new string('n', 32)} (API: {new string('k', 80)})".Length, e.ActorName.Length));
        Assert.All(details.Events, e => Assert.EndsWith($"(API: {new string('k', 80)})", e.ActorName, StringComparison.Ordinal));
        Assert.Equal(new string('n', AgencyUser.DisplayNameMaxLength), details.Request.RequesterName);
    }

    private async Task<CreatedApiKey> AKey() => Value(await Keys.CreateAsync(Owner, new NewApiKey("CRM", AllScopes), Cancel));

    private async Task<IReadOnlyList<string>> DumpOf(string table)
    {
        var cells = new List<string>();
        await using var db = Portal.Contexts.CreateForSystem();
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // a name that is written above
        command.CommandText = $"SELECT * FROM {table}";
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        while (await rows.ReadAsync(Cancel))
        {
            for (var i = 0; i < rows.FieldCount; i++)
                cells.Add(rows.GetValue(i) is byte[] bytes ? Convert.ToBase64String(bytes) : $"{rows.GetValue(i)}");
        }

        return cells;
    }
}

public sealed class ApiKeyTestsOnSqlite() : ApiKeyTests(DatabaseProvider.Sqlite);

public sealed class ApiKeyTestsOnPostgres() : ApiKeyTests(DatabaseProvider.Postgres);
