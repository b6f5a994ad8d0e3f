using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>What users change of their own account, and that nobody gets round it.</summary>
public abstract partial class OwnAccountTests(DatabaseProvider database) : PortalTest(database)
{
    private const string Password = "seven green kettles";
    private AsyncServiceScope _scope;
    private UserSessionId _session;
    private UserSessionId _other;

    private OwnAccount Account => Get<OwnAccount>();

    private SecondFactors Factors => Get<SecondFactors>();

    private UserManager<AgencyUser> Users => Get<UserManager<AgencyUser>>();

    protected override void Register(IServiceCollection services) => services.AddPortalIdentity();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _scope = Portal.Scope();
        var user = (await Users.FindByIdAsync(Member.User.ToString()))!;
        Assert.True((await Users.AddPasswordAsync(user, Password)).Succeeded);
        Assert.True((await Users.SetLockoutEnabledAsync(user, true)).Succeeded);
        _session = await Portal.Get<UserSessions>().StartAsync(user, null, null, Cancel);
        _other = await Portal.Get<UserSessions>().StartAsync(user, null, null, Cancel);
    }

    [Fact]
    public async Task How_a_user_sees_the_table_is_kept_for_that_user()
    {
        Assert.Equal(TableView.Usual, await Account.FindTableViewAsync(Member, Cancel));

        await Account.KeepTableViewAsync(Member, new TableView(100, IsCompact: true), Cancel);

        Assert.Equal(new TableView(100, IsCompact: true), await Account.FindTableViewAsync(Member, Cancel));
        Assert.Equal(TableView.Usual, await Account.FindTableViewAsync(Owner, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Account.KeepTableViewAsync(Member, new TableView(1000, IsCompact: false), Cancel));
    }

    [Fact]
    public async Task A_profile_is_kept_and_noted_once()
    {
        var profile = new Profile("  New name ", "de", "Europe/Berlin");

        Assert.Null(await Account.ChangeProfileAsync(Member, profile, Cancel));
        Assert.Null(await Account.ChangeProfileAsync(Member, profile, Cancel));

        Assert.Equal(profile with { Name = "New name" }, await Account.FindProfileAsync(Member, Cancel));
        Assert.Equal(1, await CountAsync(AuditKind.ProfileChanged));
    }

    [Theory]
    [InlineData("", null, null, nameof(Profile.Name))]
    [InlineData("two\nlines", null, null, nameof(Profile.Name))]
    [InlineData("Name\u2028X-Header: y", null, null, nameof(Profile.Name))]
    [InlineData("half \ud83d a character", null, null, nameof(Profile.Name))]
    [InlineData("Name", "xx", null, nameof(Profile.Language))]
    [InlineData("Name", null, "Mars/Olympus", nameof(Profile.TimeZone))]
    public async Task A_profile_that_cannot_be_is_refused(string name, string? language, string? zone, string field)
    {
        var refusal = Assert.IsType<InputRefused>(await Account.ChangeProfileAsync(Member, new Profile(name, language, zone), Cancel));

        Assert.Equal([field], refusal.Fields.Keys);
        Assert.Equal("The member", (await Account.FindProfileAsync(Member, Cancel)).Name);
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_ends_every_other_session()
    {
        Assert.IsType<PasswordWrong>(await Account.ChangePasswordAsync(Member, _session, "wrong", "nine purple lanterns", Cancel));
        Assert.IsType<PasswordTooShort>(await Account.ChangePasswordAsync(Member, _session, Password, "short", Cancel));
        Assert.Equal(2, (await Portal.Get<UserSessions>().ListAsync(Member, Cancel)).Count);

        Assert.Null(await Account.ChangePasswordAsync(Member, _session, Password, "six patient herons", Cancel));

        Assert.Equal([_session], (await Portal.Get<UserSessions>().ListAsync(Member, Cancel)).Select(s => s.Id));
        Assert.True(await Users.CheckPasswordAsync(await UserAsync(), "six patient herons"));
        Assert.Equal(1, await CountAsync(AuditKind.PasswordChanged));
    }

    [Fact]
    public async Task Whoever_guesses_the_password_in_an_open_session_is_stopped()
    {
        for (var guess = 0; guess < 10; guess++)
            Assert.IsType<PasswordWrong>(
                await Account.ChangePasswordAsync(Member, _session, $"guess {guess}", "nine purple lanterns", Cancel));

        Assert.IsType<TooManyAttempts>(await Account.ChangePasswordAsync(Member, _session, Password, "nine purple lanterns", Cancel));
        Assert.IsType<TooManyAttempts>((await Factors.MakeRecoveryCodesAsync(Member, Password)).Error);
    }

    [Fact]
    public async Task An_app_is_on_only_after_it_showed_a_code_and_then_the_other_sessions_are_over()
    {
        var setUp = Factors.BeginAuthenticator(Member);
        Assert.IsType<CodeRefused>((await Factors.ConfirmAuthenticatorAsync(Member, _session, setUp.Sealed, "000000", Cancel)).Error);
        // somebody else's
        Assert.IsType<SetUpExpired>((await Factors.ConfirmAuthenticatorAsync(Owner, _session, setUp.Sealed, CodeOf(setUp), Cancel)).Error);
        Assert.IsType<SetUpExpired>((await Factors.ConfirmAuthenticatorAsync(Member, _session, "forged", CodeOf(setUp), Cancel)).Error);
        Assert.False((await Factors.FindAsync(Member)).HasAuthenticator);

        var codes = Value(await Factors.ConfirmAuthenticatorAsync(Member, _session, setUp.Sealed, CodeOf(setUp), Cancel)).Codes;

        Assert.Equal(10, codes.Distinct().Count());
        Assert.Equal(
            (true, 10), (await Factors.FindAsync(Member)) is var state ? (state.HasAuthenticator, state.RecoveryCodesLeft) : default);
        Assert.Null(await Portal.Get<UserSessions>().FindAsync(_other, Member.User, null, Cancel));
        Assert.Equal((1, 1), (await CountAsync(AuditKind.TwoFactorOn), await CountAsync(AuditKind.RecoveryCodesMade)));
        // a second time
        Assert.IsType<SetUpExpired>((await Factors.ConfirmAuthenticatorAsync(Member, _session, setUp.Sealed, CodeOf(setUp), Cancel)).Error);
    }

    [Fact]
    public async Task A_main_user_resets_what_a_user_lost_who_then_needs_their_password_alone()
    {
        var users = Portal.Get<UserService>();
        Assert.Null(await users.ResetTwoFactorAsync(Owner, Member.User, Cancel)); // nothing to take away, nothing to note
        var setUp = await AnAppAsync();
        Assert.Null(await Factors.AddPasskeyAsync(Member, APasskey(1), "Laptop"));
        Assert.IsType<OwnUserRefused>(await users.ResetTwoFactorAsync(Owner, Owner.User, Cancel));

        Assert.Null(await users.ResetTwoFactorAsync(Owner, Member.User, Cancel));

        await _scope.DisposeAsync();
        _scope = Portal.Scope(); // the next sign-in reads the user anew
        var state = await Factors.FindAsync(Member);
        Assert.Equal((false, 0, 0), (state.HasAuthenticator, state.RecoveryCodesLeft, state.Passkeys.Count));
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(await TakesAsync(CodeOf(setUp)));
        Assert.True(await Users.CheckPasswordAsync(await UserAsync(), Password));
        Assert.Empty(await Portal.Get<UserSessions>().ListAsync(Member, Cancel));
        Assert.Equal(1, await CountAsync(AuditKind.TwoFactorReset, Owner));
    }

    [Fact]
    public async Task Users_are_mailed_about_each_change_of_their_sign_in_in_their_language_and_zone()
    {
        Assert.Null(await Account.ChangeProfileAsync(Member, new Profile(Member.Name, "de", "Asia/Tokyo"), Cancel));
        await _scope.DisposeAsync();
        _scope = Portal.Scope(); // the next page reads the user anew
        await AnAppAsync();
        Assert.Null(await Factors.AddPasskeyAsync(Member, APasskey(1), "<b>{0} Laptop</b>"));
        await Factors.RemovePasskeyAsync(Member, (await Factors.FindAsync(Member)).Passkeys[0].Id);
        Assert.Null(await Factors.RemoveAuthenticatorAsync(Member, _session, Password, Cancel));
        Assert.Null(await Account.ChangePasswordAsync(Member, _session, Password, "nine purple lanterns", Cancel));
        await AnAppAsync();
        Assert.Null(await Portal.Get<UserService>().ResetTwoFactorAsync(Owner with { Name = "The <i>owner</i>" }, Member.User, Cancel));

        Assert.Equal(7, await Outbox.DeliverAsync(Cancel));

        var mails = Mail.Taken;
        Assert.All(mails, m => Assert.Equal((Member.Email, "Ihre Anmeldung wurde geändert"), (m.To, m.Content.Subject)));
        string[] words = [
            "Authenticator-App eingerichtet", "<b>{0} Laptop</b>“ wurde Ihrer", "<b>{0} Laptop</b>“ wurde aus",
            "Authenticator-App Ihrer Anmeldung wurde entfernt", "Passwort wurde geändert", "eingerichtet", "The <i>owner</i> hat Ihre"
        ];
        Assert.All(words.Zip(mails), pair => Assert.Contains(pair.First, pair.Second.Content.Text, StringComparison.Ordinal));
        Assert.Contains($"{Clock.Now.ToOffset(TimeSpan.FromHours(9)).ToString("f", CultureInfo.GetCultureInfo("de"))}, von der "
            + $"Netzwerkadresse {Member.Address}", mails[0].Content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            mails, m => m.Content.Html.Contains("<b>", StringComparison.Ordinal)
                || m.Content.Html.Contains("<i>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Switching_the_app_off_needs_the_password_or_a_fresh_code_and_leaves_nothing()
    {
        var setUp = await AnAppAsync();
        Assert.IsType<ProofRefused>(await Factors.RemoveAuthenticatorAsync(Member, _session, "wrong", Cancel));
        // used when it was set up
        Assert.IsType<ProofRefused>(await Factors.RemoveAuthenticatorAsync(Member, _session, CodeOf(setUp), Cancel));
        Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Null(await Factors.RemoveAuthenticatorAsync(Member, _session, CodeOf(setUp), Cancel));

        Assert.False((await Factors.FindAsync(Member)).HasAuthenticator);
        Assert.Null(await Users.GetAuthenticatorKeyAsync(await UserAsync()));
        Assert.Equal(0, await Users.CountRecoveryCodesAsync(await UserAsync()));
        Assert.Equal(1, await CountAsync(AuditKind.TwoFactorOff));
        Assert.NotEqual(setUp.Key, (await AnAppAsync()).Key);
    }

    [Fact]
    public async Task A_passkey_has_a_name_and_is_gone_when_it_is_removed()
    {
        Assert.IsType<PasskeyNameMissing>(await Factors.AddPasskeyAsync(Member, APasskey(1), " "));
        Assert.Null(await Factors.AddPasskeyAsync(Member, APasskey(1), " Laptop "));
        Assert.Null(await Factors.AddPasskeyAsync(Member, APasskey(2), "Phone"));
        Assert.IsType<PasskeyRefused>(await Factors.AddPasskeyAsync(Owner, APasskey(1), "Mine now"));
        var laptop = (await Factors.FindAsync(Member)).Passkeys[0];

        Assert.IsType<PasskeyNameMissing>(await Factors.RenamePasskeyAsync(Member, laptop.Id, "Old\u2029laptop"));
        Assert.Null(await Factors.RenamePasskeyAsync(Member, laptop.Id, "Old laptop"));
        Assert.Null(await Factors.RenamePasskeyAsync(Member, laptop.Id, "Old laptop"));
        await Factors.RemovePasskeyAsync(Owner, laptop.Id); // a colleague's id does nothing
        Assert.Equal(["Old laptop", "Phone"], (await Factors.FindAsync(Member)).Passkeys.Select(p => p.Name));

        await Factors.RemovePasskeyAsync(Member, laptop.Id);
        Assert.Equal(["Phone"], (await Factors.FindAsync(Member)).Passkeys.Select(p => p.Name));
        Assert.Equal(
            (2, 1, 1),
            (await CountAsync(AuditKind.PasskeyAdded), await CountAsync(AuditKind.PasskeyRenamed), await CountAsync(
                AuditKind.PasskeyRemoved)));
    }

    private static UserPasskeyInfo APasskey(byte id) =>
        new([id], [1, 2, 3], DateTimeOffset.UnixEpoch.AddDays(id), 0, [], true, false, false, [4], [5]);

    private T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    private string CodeOf(AuthenticatorSetUp setUp) => AuthenticatorCodes.Compute(setUp.Key, Clock.Now);

    private async Task<AgencyUser> UserAsync() => (await Users.FindByIdAsync(Member.User.ToString()))!;

    private async Task<bool> TakesAsync(string code) =>
        await Users.VerifyTwoFactorTokenAsync(await UserAsync(), TokenOptions.DefaultAuthenticatorProvider, code);

    private async Task<AuthenticatorSetUp> AnAppAsync()
    {
        var setUp = Factors.BeginAuthenticator(Member);
        Value(await Factors.ConfirmAuthenticatorAsync(
            Member, _session, setUp.Sealed, AuthenticatorCodes.Compute(setUp.Key, Clock.Now), Cancel));
        return setUp;
    }

    private async Task<int> CountAsync(AuditKind kind, AgencyCaller? by = null)
    {
        await using var db = Portal.Contexts.Create(Member.Agency);
        return await db.AuditEvents.CountAsync(e => e.Kind == kind && e.ActorId == (by ?? Member).User.Value && e.Seal != null, Cancel);
    }
}

public sealed class OwnAccountTestsOnSqlite() : OwnAccountTests(DatabaseProvider.Sqlite);

public sealed class OwnAccountTestsOnPostgres() : OwnAccountTests(DatabaseProvider.Postgres);
