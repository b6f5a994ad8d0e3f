using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>What opens the portal comes to an end by itself, and is not the first thing that somebody tries.</summary>
public abstract class EndTests(DatabaseProvider database) : UserTest(database)
{
    private const string Password = "seven green kettles";

    [Fact]
    public async Task A_session_ends_after_a_week_however_much_it_is_used()
    {
        var session = await StartSessionAsync(Member);
        for (var hours = 0; hours < 7 * 24; hours += 6)
        {
            Assert.NotNull(await Sessions.FindAsync(session, Member.User, null, Cancel));
            Clock.Advance(TimeSpan.FromHours(6));
        }

        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await Sessions.FindAsync(session, Member.User, null, Cancel));
        Assert.Empty(await Sessions.ListAsync(Member, Cancel));
        Assert.Empty(await Sessions.ListAliveAsync(Member.User, Cancel));
    }

    [Fact]
    public async Task A_key_of_a_year_ago_opens_nothing()
    {
        var keys = Portal.Get<ApiKeys>();
        var key = Value(await keys.CreateAsync(Owner, new NewApiKey("CRM", [ApiScope.ReadRequests]), Cancel));
        Clock.Advance(TimeSpan.FromDays(364));
        Value(await keys.AuthenticateAsync(key.Secret, null, Cancel));

        Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal("ApiKeyExpired", (await keys.AuthenticateAsync(key.Secret, null, Cancel)).Error?.GetType().Name);
    }

    [Fact]
    public async Task Who_made_a_key_is_mailed_once_before_it_ends_and_chooses_how_long_it_lives()
    {
        var (keys, expiry) = (Portal.Get<ApiKeys>(), Portal.Get<ApiKeyExpiry>());
        var key = Value(await keys.CreateAsync(Owner, new NewApiKey("<b>CRM</b>", [ApiScope.ReadRequests], 30), Cancel));
        Assert.IsType<InputRefused>(
            (await keys.CreateAsync(Owner, new NewApiKey("For ever", [ApiScope.ReadRequests], 100_000), Cancel)).Error);
        Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal(0, await expiry.NoticeAsync(Cancel));

        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await expiry.NoticeAsync(Cancel));
        Assert.Equal(0, await expiry.NoticeAsync(Cancel));

        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Assert.Equal((Owner.Email, "The API key “<b>CRM</b>” expires soon"), (Mail.Taken[0].To, Mail.Taken[0].Content.Subject));
        Assert.DoesNotContain("<b>CRM", Mail.Taken[0].Content.Html, StringComparison.Ordinal);
        Clock.Advance(TimeSpan.FromDays(14));
        Assert.IsType<ApiKeyExpired>((await keys.AuthenticateAsync(key.Secret, null, Cancel)).Error);
        Assert.IsType<ApiKeyExpired>(Assert.Single(Value(await keys.ListAsync(Owner, Cancel))).Stopped);
    }

    [Fact]
    public async Task A_key_from_before_keys_had_an_end_gets_one()
    {
        var keys = Portal.Get<ApiKeys>();
        var key = Value(await keys.CreateAsync(Owner, new NewApiKey("Old", [ApiScope.ReadRequests]), Cancel));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        await db.ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(k => k.ExpiresAt, (DateTimeOffset?)null), Cancel);
        Value(await keys.AuthenticateAsync(key.Secret, null, Cancel));

        Assert.Equal(0, await Portal.Get<ApiKeyExpiry>().NoticeAsync(Cancel));

        Assert.Equal(Clock.Now.AddDays(365), Assert.Single(Value(await keys.ListAsync(Owner, Cancel))).ExpiresAt);
    }

    [Theory]
    [InlineData("1234567890")]
    [InlineData("Passwort2026!")]
    [InlineData("iloveyou123")]
    [InlineData("qwertzuiop")]
    [InlineData("trustno1trustno1")]
    [InlineData("brightside.example1")]
    public async Task A_password_that_is_tried_first_is_taken_by_no_way(string common)
    {
        await using var scope = Portal.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        var user = (await users.FindByIdAsync(Member.User.ToString()))!;
        Assert.True((await users.AddPasswordAsync(user, Password)).Succeeded);
        var session = await StartSessionAsync(Member);

        Assert.Equal(
            "PasswordCommon",
            (await scope.ServiceProvider.GetRequiredService<OwnAccount>()
                .ChangePasswordAsync(Member, session, Password, common, Cancel))?.GetType().Name);
        Assert.False((await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), common)).Succeeded);
        Assert.False(
            (await users.CreateAsync(
                new AgencyUser
                {
                    Id = 1,
                    AgencyId = Owner.Agency,
                    UserName = "x@x.example",
                    Email = "x@brightside.example",
                    DisplayName = "X"
                }, common)).Succeeded);
        Assert.True(await users.CheckPasswordAsync(user, Password));
    }
}

public sealed class EndTestsOnSqlite() : EndTests(DatabaseProvider.Sqlite);

public sealed class EndTestsOnPostgres() : EndTests(DatabaseProvider.Postgres);
