using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

public abstract class PasswordResetTests(DatabaseProvider database) : UserTest(database)
{
    private const string Better = "four copper thimbles";
    private AgencyCaller _user = null!;

    private PasswordResets Resets => Portal.Get<PasswordResets>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var scope = Portal.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        _user = Value(
            await Portal.Get<AgencyService>()
                .AddUserAsync(Owner.Agency, AgencyRole.SubUser, "The user", "user@brightside.example", "two slow otters", users));
    }

    [Fact]
    public async Task A_new_password_by_mail_signs_out_everywhere_and_unlocks()
    {
        var session = await StartSessionAsync(_user);
        await LockOutAsync();

        var (user, code) = await LinkAsync(" USER@brightside.example ");
        Assert.True(await Resets.IsAliveAsync(user, code));
        Assert.Equal(_user.Email, Value(await Resets.ResetAsync(user, code, new(Better), "198.51.100.7", Cancel)));

        Assert.True(await IsPasswordAsync(Better));
        Assert.False(await Sessions.IsAliveAsync(session, _user.User, null, Cancel));
        var row = (await UserAsync(_user.Email))!;
        Assert.Equal((null, 0), (row.LockoutEnd, row.AccessFailedCount));
        Assert.Equal([(AuditKind.PasswordResetAsked, null), (AuditKind.PasswordReset, null)], await Noted());
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Assert.Equal((_user.Email, "Your sign-in was changed"), (Mail.Taken[^1].To, Mail.Taken[^1].Content.Subject));
        Assert.Contains("from the network address 198.51.100.7", Mail.Taken[^1].Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_works_once_even_when_used_twice_at_the_same_instant()
    {
        var (user, code) = await LinkAsync();
        await using var node = Portal.AnotherNode();
        using var start = new Barrier(2);

        var results = await Task.WhenAll(new[] { Resets, node.Get<PasswordResets>() }.Select((resets, i) => Task.Run(() =>
        {
            start.SignalAndWait(Cancel);
            return resets.ResetAsync(user, code, new($"{Better} {i}"), null, Cancel);
        })));

        Assert.IsType<ResetLinkDead>(Assert.Single(results, r => !r.Succeeded).Error);
        Assert.True(await IsPasswordAsync($"{Better} {Array.FindIndex(results, r => r.Succeeded)}"));
        Assert.False(await Resets.IsAliveAsync(user, code));
        Assert.Single(await Noted(), n => n.Kind == AuditKind.PasswordReset);
    }

    [Fact]
    public async Task A_weak_password_is_refused_and_the_link_still_works()
    {
        var (user, code) = await LinkAsync();

        Assert.Equal(
            [nameof(NewPassword.Password)],
            Assert.IsType<InputRefused>((await Resets.ResetAsync(user, code, new("short"), null, Cancel)).Error).Fields.Keys);
        Assert.True(await IsPasswordAsync("two slow otters"));

        Value(await Resets.ResetAsync(user, code, new(Better), null, Cancel));
    }

    [Theory]
    [InlineData("nobody@brightside.example")]
    [InlineData("not an address")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Nobody_is_mailed_for_an_address_that_does_not_sign_in(string? address)
    {
        await Resets.AskAsync(address, null, Cancel);

        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
        Assert.Empty(await Noted());
    }

    [Fact]
    public async Task A_disabled_user_is_not_mailed_and_their_link_is_dead()
    {
        var (user, code) = await LinkAsync();
        Assert.Null(await Users.DisableAsync(Owner, _user.User, Cancel));
        Clock.Advance(PasswordResets.AskAgainAfter);

        await Resets.AskAsync(_user.Email, null, Cancel);

        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
        Assert.False(await Resets.IsAliveAsync(user, code));
        Assert.IsType<ResetLinkDead>((await Resets.ResetAsync(user, code, new(Better), null, Cancel)).Error);
    }

    [Fact]
    public async Task Who_is_disabled_or_has_another_address_before_the_mail_left_gets_none()
    {
        await Resets.AskAsync(_user.Email, null, Cancel);
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Users.Where(u => u.Id == _user.User.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.Email, "moved@brightside.example"), Cancel);
        }

        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
        Assert.Empty(Mail.Tried);
    }

    [Fact]
    public async Task A_user_gets_one_mail_in_five_minutes_however_often_somebody_asks()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Resets.AskAsync(_user.Email, null, Cancel))));
        Clock.Advance(PasswordResets.AskAgainAfter - TimeSpan.FromSeconds(1));
        await Resets.AskAsync(_user.Email, null, Cancel);
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));

        Clock.Advance(TimeSpan.FromSeconds(1));
        await Resets.AskAsync(_user.Email, null, Cancel);
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        Assert.Equal(2, (await Noted()).Count);
    }

    [Fact]
    public async Task A_link_dies_after_two_hours()
    {
        var (user, code) = await LinkAsync();
        var options = Portal.Get<IOptions<DataProtectionTokenProviderOptions>>().Value;
        Assert.Equal(TimeSpan.FromHours(2), options.TokenLifespan);

        options.TokenLifespan = TimeSpan.Zero; // Identity reads the machine's clock

        Assert.False(await Resets.IsAliveAsync(user, code));
        Assert.IsType<ResetLinkDead>((await Resets.ResetAsync(user, code, new(Better), null, Cancel)).Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("%00")]
    [InlineData("ÄÖÜ")]
    public async Task A_made_up_link_is_dead(string code)
    {
        var (user, good) = await LinkAsync();

        Assert.False(await Resets.IsAliveAsync(user, code));
        Assert.IsType<ResetLinkDead>((await Resets.ResetAsync(user, code, new(Better), null, Cancel)).Error);
        Assert.IsType<ResetLinkDead>((await Resets.ResetAsync(Owner.User, good, new(Better), null, Cancel)).Error); // another user's
        Assert.IsType<ResetLinkDead>((await Resets.ResetAsync(AgencyUserId.None, good, new(Better), null, Cancel)).Error);
    }

    [Fact]
    public async Task The_mail_speaks_the_users_language_and_its_link_lies_nowhere_in_the_database()
    {
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Users.Where(u => u.Id == _user.User.Value).ExecuteUpdateAsync(set => set.SetProperty(u => u.Language, "de"), Cancel);
        }

        var (_, code) = await LinkAsync();

        var mail = Assert.Single(Mail.Taken);
        Assert.Equal("Wählen Sie ein neues Passwort", mail.Content.Subject);
        Assert.Contains("gilt 2 Stunden", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains(code, mail.Content.Html, StringComparison.Ordinal);
        await using var kept = Portal.Contexts.Create(Owner.Agency);
        Assert.Equal(
            (MailSubject.Of(_user.User), EmailState.Sent),
            await kept.EmailMessages.Select(m => new ValueTuple<MailSubject, EmailState>(m.About, m.State)).SingleAsync(Cancel));
    }

    private async Task<(AgencyUserId User, string Code)> LinkAsync(string? address = null)
    {
        await Resets.AskAsync(address ?? _user.Email, "198.51.100.7", Cancel);
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        var link = new Uri(Mail.Taken[^1].Content.Text.Split('\n').First(l => l.StartsWith("https", StringComparison.Ordinal)).Trim());
        Assert.StartsWith($"{TestPortal.PublicUrl}account/reset/", link.AbsoluteUri, StringComparison.Ordinal);
        return (AgencyUserId.From(
            long.Parse(link.Segments[^2].TrimEnd('/'), System.Globalization.CultureInfo.InvariantCulture)), link.Segments[^1]);
    }

    private async Task LockOutAsync()
    {
        await using var scope = Portal.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        var user = (await users.FindByEmailAsync(_user.Email))!;
        for (var i = 0; i < users.Options.Lockout.MaxFailedAccessAttempts; i++) await users.AccessFailedAsync(user);
        Assert.True(await users.IsLockedOutAsync(user));
    }

    private async Task<bool> IsPasswordAsync(string password)
    {
        await using var scope = Portal.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        return await users.CheckPasswordAsync((await users.FindByEmailAsync(_user.Email))!, password);
    }
}

public sealed class PasswordResetTestsOnSqlite() : PasswordResetTests(DatabaseProvider.Sqlite);

public sealed class PasswordResetTestsOnPostgres() : PasswordResetTests(DatabaseProvider.Postgres);
