using System.Reflection;
using Microsoft.AspNetCore.Identity;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>Whoever has a stolen session cannot make it last: what changes how one signs in, or who may, asks for a fresh proof.</summary>
public abstract class FreshProofTests(DatabaseProvider database) : UserTest(database)
{
    private const string Password = "seven green kettles";
    private AsyncServiceScope _scope;
    private UserSessionId _session;
    private InvitationId _invitation;
    private ApiKeyId _key;

    private SecondFactors Factors => Get<SecondFactors>();

    private ApiKeys Keys => Portal.Get<ApiKeys>();

    /// <summary>What an open session must not do alone, with the password or code that the action itself asks for left out.</summary>
    private Dictionary<string, Func<AgencyCaller, Task<PortalError?>>> Actions => new()
    {
        ["SecondFactors.ConfirmAuthenticatorAsync"] = async by =>
        {
            var setUp = Factors.BeginAuthenticator(by);
            return (await Factors.ConfirmAuthenticatorAsync(
                by, _session, setUp.Sealed, AuthenticatorCodes.Compute(setUp.Key, Clock.Now), Cancel)).Error;
        },
        ["SecondFactors.AddPasskeyAsync"] = by =>
            Factors.AddPasskeyAsync(by, new UserPasskeyInfo([9], [1, 2, 3], Clock.Now, 0, [], true, false, false, [4], [5]), "The thief's"),
        ["SecondFactors.RemovePasskeyAsync"] = by => Factors.RemovePasskeyAsync(by, "01"),
        ["SecondFactors.MakeRecoveryCodesAsync"] = async by => (await Factors.MakeRecoveryCodesAsync(by, "a guess")).Error,
        ["SecondFactors.RemoveAuthenticatorAsync"] = by => Factors.RemoveAuthenticatorAsync(by, _session, "a guess", Cancel),
        ["OwnAccount.ChangePasswordAsync"] = by => Get<OwnAccount>()
            .ChangePasswordAsync(by, _session, "a guess", "what a thief would like", Cancel),
        ["ApiKeys.CreateAsync"] = async by =>
            (await Keys.CreateAsync(by, new NewApiKey("The thief's", [ApiScope.ReadRequests]), Cancel)).Error,
        ["ApiKeys.RevokeAsync"] = by => Keys.RevokeAsync(by, _key, Cancel),
        ["UserService.ChangeRoleAsync"] = by => Users.ChangeRoleAsync(by, Member.User, AgencyRole.MainUser, Cancel),
        ["UserService.DisableAsync"] = by => Users.DisableAsync(by, Member.User, Cancel),
        ["UserService.EnableAsync"] = by => Users.EnableAsync(by, Member.User, Cancel),
        ["UserService.ResetTwoFactorAsync"] = by => Users.ResetTwoFactorAsync(by, Member.User, Cancel),
        ["UserService.RequireTwoFactorAsync"] = by => Users.RequireTwoFactorAsync(by, false, Cancel),
        ["UserHandover.RemoveAsync"] = async by => (await Handover.RemoveAsync(by, Member.User, null, Cancel)).Error,
        ["UserHandover.HandRequestsOverAsync"] = async by =>
            (await Handover.HandRequestsOverAsync(by, Owner.User, Member.User, Cancel)).Error,
        ["UserHandover.HandOwnershipOverAsync"] = by => Handover.HandOwnershipOverAsync(by, Owner.User, Cancel),
        ["InvitationService.InviteAsync"] = async by =>
            (await Invitations.InviteAsync(by, new NewInvitation("thief@elsewhere.example", AgencyRole.MainUser), Cancel)).Error,
        ["InvitationService.ResendAsync"] = by => Invitations.ResendAsync(by, _invitation, Cancel),
        ["InvitationService.CancelAsync"] = by => Invitations.CancelAsync(by, _invitation, Cancel),
    };

    /// <summary>What changes nothing of it: what is read, a name, how a table looks, the first half of a set-up.</summary>
    private static IEnumerable<string> Harmless =>
    [
        "SecondFactors.FindAsync", "SecondFactors.BeginAuthenticator", "SecondFactors.Open", "SecondFactors.RenamePasskeyAsync",
        "OwnAccount.FindProfileAsync",
        "OwnAccount.ChangeProfileAsync", "OwnAccount.FindTableViewAsync", "OwnAccount.KeepTableViewAsync", "ApiKeys.ListAsync",
        "UserService.ListAsync", "InvitationService.ListAsync",
    ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _scope = Portal.Scope();
        var users = Get<UserManager<AgencyUser>>();
        var user = (await users.FindByIdAsync(Owner.User.ToString()))!;
        Assert.True((await users.AddPasswordAsync(user, Password)).Succeeded);
        _invitation = Value(await Invitations.InviteAsync(Owner, new NewInvitation("new@brightside.example", AgencyRole.SubUser), Cancel));
        _key = Value(await Keys.CreateAsync(Owner, new NewApiKey("CRM", [ApiScope.ReadRequests]), Cancel)).Id;
        _session = await Sessions.StartAsync(user, "192.0.2.10", "Browser", Cancel);
    }

    [Fact]
    public async Task A_session_of_eleven_minutes_ago_can_do_nothing_that_changes_who_signs_in_and_how()
    {
        Clock.Advance(TimeSpan.FromMinutes(11));
        var thief = await CallerAsync();

        var refusals = new Dictionary<string, string?>();
        foreach (var (name, act) in Actions) refusals[name] = (await act(thief))?.GetType().Name;

        string[] bringTheirOwn = [
            "SecondFactors.MakeRecoveryCodesAsync", "SecondFactors.RemoveAuthenticatorAsync", "OwnAccount.ChangePasswordAsync"
        ];
        Assert.Equal(
            Actions.Keys.ToDictionary(
                name => name,
                name => (string?)(name == bringTheirOwn[2]
                    ? "PasswordWrong"
                    : bringTheirOwn.Contains(name) ? "ProofRefused" : "ProofNeeded")), refusals);
        Assert.Empty((await Factors.FindAsync(Owner)).Passkeys);
        Assert.Single(Value(await Keys.ListAsync(Owner, Cancel)));
    }

    [Fact]
    public async Task A_password_or_a_code_proves_it_for_ten_minutes_in_that_session_alone()
    {
        var proof = Get<FreshProof>();
        var other = await StartSessionAsync(Owner);
        Value(await Factors.ConfirmAuthenticatorAsync(
            await CallerAsync(), _session, KeyOf(out var key), AuthenticatorCodes.Compute(key, Clock.Now), Cancel));
        other = await StartSessionAsync(Owner); // the app ended the other one
        Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.IsType<ProofRefused>(await proof.ProveAsync(await CallerAsync(), _session, "a guess", Cancel));
        Assert.IsType<ProofNeeded>(await Factors.RemovePasskeyAsync(await CallerAsync(), "01"));

        Assert.Null(await proof.ProveAsync(await CallerAsync(), _session, Password, Cancel));

        Assert.Null(await Factors.RemovePasskeyAsync(await CallerAsync(), "01"));
        Assert.IsType<ProofNeeded>(await Factors.RemovePasskeyAsync(await CallerAsync(other), "01"));
        Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        Assert.IsType<ProofNeeded>(await Factors.RemovePasskeyAsync(await CallerAsync(), "01"));
        Assert.Null(await proof.ProveAsync(await CallerAsync(), _session, AuthenticatorCodes.Compute(key, Clock.Now), Cancel));
        Assert.Null(await Factors.RemovePasskeyAsync(await CallerAsync(), "01"));
        Assert.Equal(new ProofWays(HasAuthenticator: true, HasPasskey: false), await proof.FindWaysAsync(Owner, Cancel));
    }

    [Fact]
    public async Task A_proof_ends_with_its_session_and_a_program_has_none()
    {
        await Sessions.EndAsync(await CallerAsync(), _session, Cancel);
        await Get<FreshProof>().NoteAsync(Owner, _session, Cancel);
        Assert.Null(await Sessions.FindAsync(_session, Owner.User, null, Cancel));

        var program = Value(
            await Keys.AuthenticateAsync(
                Value(await Keys.CreateAsync(Owner, new NewApiKey("CRM 2", [ApiScope.ReadRequests]), Cancel)).Secret, null, Cancel)).Caller;
        Assert.IsType<ProofNeeded>((await Keys.CreateAsync(program, new NewApiKey("Mine", [ApiScope.ReadRequests]), Cancel)).Error);
        Assert.IsType<ProofNeeded>(
            (await Invitations.InviteAsync(program, new NewInvitation("thief@elsewhere.example", AgencyRole.MainUser), Cancel)).Error);
    }

    [Fact]
    public void Every_change_of_who_signs_in_and_how_is_among_them() => Assert.Equal(
        new[] { typeof(SecondFactors), typeof(OwnAccount), typeof(ApiKeys), typeof(UserService), typeof(UserHandover),
            typeof(InvitationService) }
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(AgencyCaller)))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}").Except(Harmless).Order(),
        Actions.Keys.Order());

    private T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    private string KeyOf(out string key)
    {
        var setUp = Factors.BeginAuthenticator(Owner);
        key = setUp.Key;
        return setUp.Sealed;
    }

    private async Task<AgencyCaller> CallerAsync(UserSessionId? session = null) =>
        (await Sessions.FindAsync(session ?? _session, Owner.User, "192.0.2.10", Cancel))!.Caller;
}

public sealed class FreshProofTestsOnSqlite() : FreshProofTests(DatabaseProvider.Sqlite);

public sealed class FreshProofTestsOnPostgres() : FreshProofTests(DatabaseProvider.Postgres);
