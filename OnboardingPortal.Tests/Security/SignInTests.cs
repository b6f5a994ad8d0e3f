using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Security;

/// <summary>The ways in, and what stops whoever tries them.</summary>
public sealed class SignInTests() : PortalTest(DatabaseProvider.Sqlite), IAsyncLifetime
{
    private const string Password = "seven green kettles";
    private AsyncServiceScope _scope;
    private AgencyUser _user = null!;

    private PortalSignInManager SignIn => Get<PortalSignInManager>();

    private HttpContext Context => SignIn.Context;

    protected override void Register(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddPortalIdentity().AddSignInManager<PortalSignInManager>().AddClaimsPrincipalFactory<AgencyUserClaims>();
        services.AddHttpContextAccessor().AddSingleton<KnownBrowsers>();
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _scope = Portal.Scope();
        SignIn.Context = new DefaultHttpContext { RequestServices = _scope.ServiceProvider };
        Context.Request.Headers.UserAgent = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36";
        _user = (await SignIn.UserManager.FindByIdAsync(Member.User.ToString()))!;
        await SignIn.UserManager.AddPasswordAsync(_user, Password);
        await SignIn.UserManager.SetLockoutEnabledAsync(_user, true);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _scope.DisposeAsync();
        await DisposeAsync();
    }

    [Fact]
    public async Task Whoever_signs_in_has_a_session_that_their_cookie_names()
    {
        Assert.Equal(SignInOutcome.SignedIn, await SignIn.SignInWithPasswordAsync(_user, Password));

        var session = Assert.Single(await Portal.Get<UserSessions>().ListAsync(Member, Cancel));
        Assert.Equal(session.Id.ToString(), Context.User.FindFirst(AgencyUserClaims.Session)!.Value);
        Assert.Contains("Windows", session.Browser, StringComparison.Ordinal);
        Assert.Equal([AuditKind.UserSignedIn], await NotedAsync());
    }

    [Fact]
    public async Task A_renewed_cookie_names_the_same_session()
    {
        await SignIn.SignInWithPasswordAsync(_user, Password);
        var before = Context.User.FindFirst(AgencyUserClaims.Session)!.Value;

        await SignIn.RefreshSignInAsync(_user);

        Assert.Equal(before, Context.User.FindFirst(AgencyUserClaims.Session)!.Value);
        Assert.Single(await Portal.Get<UserSessions>().ListAsync(Member, Cancel));
    }

    [Fact]
    public async Task Who_is_disabled_is_told_so_after_the_right_password_only()
    {
        _user.DisabledAt = Clock.Now;
        await SignIn.UserManager.UpdateAsync(_user);

        Assert.Equal(SignInOutcome.Refused, await SignIn.SignInWithPasswordAsync(_user, "wrong password"));
        Assert.Equal(SignInOutcome.Disabled, await SignIn.SignInWithPasswordAsync(_user, Password));
        Assert.Empty(await Portal.Get<UserSessions>().ListAsync(Member, Cancel));
        for (var guess = 0; guess < 9; guess++) await SignIn.SignInWithPasswordAsync(_user, "wrong password");
        Assert.Equal(SignInOutcome.LockedOut, await SignIn.SignInWithPasswordAsync(_user, Password));
    }

    [Fact]
    public async Task Wrong_codes_of_either_kind_stop_codes_for_a_while()
    {
        var (key, codes) = await AnAppAsync();
        Assert.Equal(SignInOutcome.CodeNeeded, await SignIn.SignInWithPasswordAsync(_user, Password));
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Equal(SignInOutcome.Refused, await SignIn.SignInWithCodeAsync(_user, "000000"));
            Assert.Equal(
                guess < 4 ? SignInOutcome.Refused : SignInOutcome.LockedOut,
                await SignIn.SignInWithRecoveryCodeAsync(_user, "AAAAA-BBBBB"));
        }

        Assert.Equal(SignInOutcome.LockedOut, await SignIn.SignInWithCodeAsync(_user, AuthenticatorCodes.Compute(key, Clock.Now)));
        Assert.Equal(SignInOutcome.LockedOut, await SignIn.SignInWithRecoveryCodeAsync(_user, codes[0]));
        Assert.Equal(SignInOutcome.CodeNeeded, await SignIn.SignInWithPasswordAsync(_user, Password));
        Assert.DoesNotContain(AuditKind.UserSignedIn, await NotedAsync());
    }

    [Fact]
    public async Task A_code_counts_as_a_second_factor_and_a_recovery_code_works_once_however_it_is_typed()
    {
        var (key, codes) = await AnAppAsync();
        await SignIn.SignInWithPasswordAsync(_user, Password);
        Assert.Null(Context.User.FindFirst(AgencyUserClaims.Session)); // half way is not in

        Assert.Equal(SignInOutcome.SignedIn, await SignIn.SignInWithCodeAsync(_user, AuthenticatorCodes.Compute(key, Clock.Now)));
        Assert.True(Context.User.HasClaim(AgencyUserClaims.Method, AgencyUserClaims.SecondFactor));

        Assert.Equal(
            SignInOutcome.SignedIn,
            await SignIn.SignInWithRecoveryCodeAsync(_user, $" {codes[0].Replace("-", " ", StringComparison.Ordinal)}"));
        Assert.Equal(SignInOutcome.Refused, await SignIn.SignInWithRecoveryCodeAsync(_user, codes[0]));
        Assert.Contains(AuditKind.RecoveryCodeUsed, await NotedAsync());
    }

    [Fact]
    public async Task A_password_alone_is_not_enough_where_a_second_factor_is_wanted_and_the_user_has_a_passkey()
    {
        await using (var db = Portal.Contexts.Create(Member.Agency))
        {
            (await db.Agencies.SingleAsync(a => a.Id == Member.Agency, Cancel)).RequireTwoFactor(true);
            await db.SaveChangesAsync(Cancel);
        }

        // they have none yet, and are led to set one up
        Assert.Equal(SignInOutcome.SignedIn, await SignIn.SignInWithPasswordAsync(_user, Password));
        await Get<SecondFactors>()
            .AddPasskeyAsync(Member, new UserPasskeyInfo([1], [1], Clock.Now, 0, [], true, false, false, [], []), "Laptop");

        Assert.Equal(SignInOutcome.PasskeyNeeded, await SignIn.SignInWithPasswordAsync(_user, Password));
        Assert.Single(await Portal.Get<UserSessions>().ListAsync(Member, Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{\"id\":\"AQ\",\"rawId\":\"AQ\",\"type\":\"public-key\",\"response\":{}}")]
    public async Task A_passkey_that_nobody_asked_for_signs_nobody_in(string credential)
    {
        Assert.Equal(SignInOutcome.Refused, await SignIn.SignInWithPasskeyAsync(credential));
        Assert.Null(await SignIn.AttestPasskeyAsync(Member, credential));
    }

    private T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    private async Task<(string Key, IReadOnlyList<string> Codes)> AnAppAsync()
    {
        var setUp = Get<SecondFactors>().BeginAuthenticator(Member);
        var codes = Value(
            await Get<SecondFactors>()
                .ConfirmAuthenticatorAsync(
                    Member, UserSessionId.None, setUp.Sealed, AuthenticatorCodes.Compute(setUp.Key, Clock.Now), Cancel));
        Clock.Advance(TimeSpan.FromMinutes(1));
        return (setUp.Key, codes.Codes);
    }

    private async Task<List<AuditKind>> NotedAsync()
    {
        await using var db = Portal.Contexts.Create(Member.Agency);
        return await db.AuditEvents.Where(e => e.ActorId == Member.User.Value).OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync(Cancel);
    }
}
