using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>Who is mailed when a client completes a request and when an account is lost.</summary>
public abstract class NoticesTests(DatabaseProvider database) : PortalTest(database)
{
    private MadeUpPlatform? _platform;

    private MadeUpPlatform Platform => _platform!;

    private PlatformSignIn SignIn => new(new PlatformAccount("account-1", "Blue Bakery", null), Platform.Issue(TimeSpan.FromDays(3)));

    protected override void Register(IServiceCollection services) =>
        services.AddSingleton<IPlatformClient>(provider => _platform ??= new MadeUpPlatform(provider.GetRequiredService<TimeProvider>()));

    [Fact]
    public async Task Everybody_the_settings_name_hears_of_a_completion_each_address_once()
    {
        var other = await Portal.AddUserAsync(Owner.Agency, AgencyRole.MainUser, "Another owner", "another@brightside.example", Cancel);
        await SetAsync(
            new MailedPeople(true, true, [Owner.User, Member.User], ["Owner@Brightside.example", "office@brightside.example"]),
            MailedPeople.RequesterOnly);

        await CompleteAsync(Owner);

        Assert.Equal(Sorted(Owner.Email, other.Email, Member.Email, "office@brightside.example"), await MailedAsync());
    }

    [Theory]
    [InlineData(true, false, false, "member@brightside.example")]
    [InlineData(false, true, false, "owner@brightside.example")]
    [InlineData(false, false, true, "third@brightside.example")]
    [InlineData(false, false, false, "")]
    public async Task Each_kind_of_people_is_mailed_for_itself(bool requester, bool mainUsers, bool chosen, string mailed)
    {
        var third = await Portal.AddUserAsync(Owner.Agency, AgencyRole.SubUser, "A third", "third@brightside.example", Cancel);
        await SetAsync(new MailedPeople(requester, mainUsers, chosen ? [third.User] : [], []), MailedPeople.RequesterOnly);

        await CompleteAsync(Member);

        Assert.Equal(mailed, string.Join(',', await MailedAsync()));
    }

    [Fact]
    public async Task Who_is_disabled_or_gone_gets_nothing_and_others_are_written_to_in_their_own_language()
    {
        var gone = await Portal.AddUserAsync(Owner.Agency, AgencyRole.SubUser, "Gone", "gone@brightside.example", Cancel);
        await SetAsync(new MailedPeople(true, true, [gone.User], []), MailedPeople.RequesterOnly);
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Users.Where(u => u.Id == gone.User.Value).ExecuteDeleteAsync(Cancel);
            await db.Users.Where(u => u.Id == Member.User.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.DisabledAt, Clock.Now), Cancel);
            await db.Users.Where(u => u.Id == Owner.User.Value).ExecuteUpdateAsync(set => set.SetProperty(u => u.Language, "de"), Cancel);
        }

        await CompleteAsync(Member);

        Assert.Equal([Owner.Email], await MailedAsync());
        Assert.Equal(
            "Abgeschlossen, 0 von 1 freigegeben: The baker hat Ihre Onboarding-Anfrage beantwortet", Mail.Taken[^1].Content.Subject);
    }

    [Fact]
    public async Task A_lost_account_of_a_client_is_told_once_a_loss_with_what_to_do_and_a_way_there()
    {
        await SetAsync(MailedPeople.RequesterOnly, new MailedPeople(true, false, [], ["it@brightside.example"]));
        var request = await ARequest().By(Member).For("hello@bakery.example").Asking(MadeUpPlatform.Key).SentAsync();
        var account = Value(
            await Portal.Get<ClientAccounts>().AttachAsync(await AParticipant(request), MadeUpPlatform.Key, SignIn, Cancel));
        await Outbox.DeliverAsync(Cancel);
        Mail.Forget();

        await LoseAsync(account);
        await LoseAsync(account);

        Assert.Equal(["it@brightside.example", Member.Email], await MailedAsync());
        var content = Mail.Taken[^1].Content;
        Assert.Contains("Blue Bakery", content.Subject, StringComparison.Ordinal);
        Assert.Contains("hello@bakery.example", content.Text, StringComparison.Ordinal);
        Assert.Contains("send the request again", content.Text, StringComparison.Ordinal);
        Assert.Contains($"https://portal.example/collaboration/requests/{request.Id}", content.Text, StringComparison.Ordinal);

        Platform.Trouble = null;
        Assert.Null(await Portal.Get<ConnectedAccounts>().CheckAsync(Owner, account, Cancel));
        Mail.Forget();
        await LoseAsync(account);
        Assert.Equal(2, (await MailedAsync()).Length); // a loss of its own
    }

    [Fact]
    public async Task Of_two_who_find_the_loss_at_once_one_tells()
    {
        var own = await OwnAccountAsync();
        await using var other = Portal.AnotherNode();
        Platform.Trouble = PlatformFailureKind.AuthExpired;
        Clock.SkipWaits = true; // the one who comes second looks now and then whether the first has renewed the credentials

        await Task.WhenAll(
            new[] { Portal, other }.Select(node => Task.Run(() => node.Get<ConnectedAccounts>().CheckAsync(Owner, own, Cancel))));

        Assert.Equal([Owner.Email], await MailedAsync());
    }

    [Fact]
    public async Task The_agencys_own_account_has_no_requester_so_the_main_users_hear_of_it()
    {
        await LoseAsync(await OwnAccountAsync());

        Assert.Equal([Owner.Email], await MailedAsync());
        Assert.Contains("https://portal.example/settings/data-sync-accounts", Mail.Taken[^1].Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Facebook_user_of_the_agency_that_Facebook_refuses_is_told_once()
    {
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var users = Portal.Get<AgencyFacebookService>();

        for (var i = 0; i < 2; i++) await users.NoteFailureAsync(Owner.Agency, user, PlatformFailureKind.AuthExpired, Cancel);

        Assert.Equal([Owner.Email], await MailedAsync());
        Assert.Contains("https://portal.example/settings/facebook", Mail.Taken[^1].Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_disconnected_before_the_mail_leaves_is_no_news()
    {
        var own = await OwnAccountAsync();
        await LoseAsync(own);
        await Portal.Get<ConnectedAccounts>().DisconnectAsync(Owner, own, Cancel);

        Assert.Empty(await MailedAsync());
    }

    private async Task SetAsync(
        MailedPeople completion, MailedPeople lost) => Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(
        Owner, TestPortal.NewSettings with { MailedOnCompletion = completion, MailedOnLostAccess = lost }, Cancel));

    private async Task CompleteAsync(AgencyCaller requester)
    {
        var request = await ARequest().By(requester).Asking(Mailchimp).SentAsync();
        await Outbox.DeliverAsync(Cancel);
        Mail.Forget();
        Assert.Null(await Wizard.CompleteAsync(await AParticipant(request), Cancel));
    }

    private async Task<ConnectionId> OwnAccountAsync()
    {
        _ = Portal.Get<PlatformCatalog>();
        return await Portal.Get<AgencyAccounts>().AttachAsync(Owner.Agency, Owner.Actor, MadeUpPlatform.Key, SignIn, Cancel);
    }

    private async Task LoseAsync(ConnectionId account)
    {
        Platform.Trouble = PlatformFailureKind.AuthExpired;
        await Portal.Get<ConnectedAccounts>().CheckAsync(Owner, account, Cancel);
    }

    private async Task<string[]> MailedAsync()
    {
        await Outbox.DeliverAsync(Cancel);
        return Sorted([.. Mail.Taken.Select(m => m.To)]);
    }

    private static string[] Sorted(params string[] addresses) => [.. addresses.Order(StringComparer.Ordinal)];
}

public sealed class SqliteNoticesTests() : NoticesTests(DatabaseProvider.Sqlite);

public sealed class PostgresNoticesTests() : NoticesTests(DatabaseProvider.Postgres);
