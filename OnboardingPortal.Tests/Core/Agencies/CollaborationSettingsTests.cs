using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

/// <summary>What a main user can set, and what is refused.</summary>
public abstract class CollaborationSettingsTests(DatabaseProvider database) : PortalTest(database)
{
    public static TheoryData<int, LinkLifeUnit, int[], string> Wrong => new()
    {
        { 0, LinkLifeUnit.Day, [], nameof(CollaborationSettings.LinkLife) },
        { 366, LinkLifeUnit.Day, [], nameof(CollaborationSettings.LinkLife) },
        { 13, LinkLifeUnit.Month, [], nameof(CollaborationSettings.LinkLife) },
        { 1, (LinkLifeUnit)7, [], nameof(CollaborationSettings.LinkLife) },
        { 1, LinkLifeUnit.Month, [0], nameof(CollaborationSettings.ReminderDays) },
        { 12, LinkLifeUnit.Month, [61], nameof(CollaborationSettings.ReminderDays) },
        { 12, LinkLifeUnit.Month, [1, 2, 3, 4, 5, 6], nameof(CollaborationSettings.ReminderDays) },
        { 1, LinkLifeUnit.Month, [28], nameof(CollaborationSettings.ReminderDays) },
        { 3, LinkLifeUnit.Day, [3], nameof(CollaborationSettings.ReminderDays) },
    };

    private static CollaborationSettings New => TestPortal.NewSettings;

    private AgencyService Agencies => Portal.Get<AgencyService>();

    [Fact]
    public async Task What_a_main_user_sets_is_kept_and_noted()
    {
        var settings = New with
        {
            LinkLife = new LinkLife(12, LinkLifeUnit.Month),
            ReminderDays = [14, 3, 3, 60],
            RequestLanguage = "de",
            Visibility = RequestVisibility.OnlyRequester,
            MailedOnCompletion = new MailedPeople(false, true, [Member.User], ["office@brightside.example"]),
            MailedOnLostAccess = new MailedPeople(false, false, [], []),
        };

        Assert.Null(await Agencies.ChangeSettingsAsync(Owner, settings, Cancel));

        var kept = (await Agencies.GetAsync(Owner.Agency, Cancel)).Settings;
        Assert.Equal((settings.LinkLife, "de", RequestVisibility.OnlyRequester), (kept.LinkLife, kept.RequestLanguage, kept.Visibility));
        Assert.Equal([3, 14, 60], kept.ReminderDays);
        Assert.Equal((false, true, Member.User, "office@brightside.example"),
            (kept.MailedOnCompletion.Requester, kept.MailedOnCompletion.MainUsers, kept.MailedOnCompletion.Users.Single(),
                kept.MailedOnCompletion.Addresses.Single()));
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var noted = await db.AuditEvents.SingleAsync(e => e.Kind == AuditKind.SettingsChanged, Cancel);
        Assert.Equal(
            ("The owner", "RequestLanguage, Visibility, LinkLife, ReminderDays, MailedOnCompletion, MailedOnLostAccess"),
            (noted.ActorName, noted.Detail));
    }

    [Fact]
    public async Task Saving_what_stands_already_is_no_change()
    {
        var settings = New with
        {
            ReminderDays = [3, 7],
            MailedOnCompletion = new MailedPeople(true, false, [Member.User], ["office@brightside.example"])
        };
        Assert.Null(await Agencies.ChangeSettingsAsync(Owner, settings, Cancel));

        Assert.Null(await Agencies.ChangeSettingsAsync(Owner, (await Agencies.GetAsync(Owner.Agency, Cancel)).Settings, Cancel));

        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.Equal(1, await db.AuditEvents.CountAsync(e => e.Kind == AuditKind.SettingsChanged, Cancel));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_life_or_a_day_that_cannot_be_is_refused_at_its_field(int count, LinkLifeUnit unit, int[] days, string field)
    {
        var refused = Assert.IsType<InputRefused>(
            await Agencies.ChangeSettingsAsync(Owner, New with { LinkLife = new LinkLife(count, unit), ReminderDays = days }, Cancel));

        Assert.Equal(field, Assert.Single(refused.Fields).Key);
        Assert.Equal(LinkLife.Default, (await Agencies.GetAsync(Owner.Agency, Cancel)).LinkLife);
    }

    [Fact]
    public async Task The_last_day_before_the_shortest_month_ends_is_a_day_to_remind_on() =>
        Assert.Null(await Agencies.ChangeSettingsAsync(Owner, New with { ReminderDays = [1, 27] }, Cancel));

    [Theory]
    [InlineData("no address")]
    [InlineData("a@b.example\r\nBcc: x@y.example")]
    [InlineData("a.@b.example")]
    [InlineData("=?utf-8?q?a?=@b.example")]
    [InlineData("")]
    public async Task Only_bare_addresses_are_mailed(string address)
    {
        var people = New.MailedOnCompletion with { Addresses = ["good@brightside.example", address] };

        foreach (var (settings, field) in new[]
        {
            (New with { MailedOnCompletion = people }, nameof(CollaborationSettings.MailedOnCompletion)),
            (New with { MailedOnLostAccess = people }, nameof(CollaborationSettings.MailedOnLostAccess)),
        })
        {
            Assert.Equal(
                field, Assert.Single(Assert.IsType<InputRefused>(await Agencies.ChangeSettingsAsync(Owner, settings, Cancel)).Fields).Key);
        }
    }

    [Fact]
    public async Task Addresses_are_kept_as_they_can_be_mailed_and_once()
    {
        var people = New.MailedOnCompletion with
        {
            Addresses = ["Desk <desk@bäckerei.example>", "desk@xn--bckerei-5wa.example", "desk\u200b@brightside.example"]
        };

        Assert.Null(await Agencies.ChangeSettingsAsync(Owner, New with { MailedOnCompletion = people }, Cancel));

        Assert.Equal(
            ["desk@bäckerei.example", "desk@brightside.example"],
            (await Agencies.GetAsync(Owner.Agency, Cancel)).MailedOnCompletion.Addresses);
    }

    [Fact]
    public async Task Twenty_further_addresses_are_the_most()
    {
        string[] addresses = [.. Enumerable.Range(0, 21).Select(i => $"a{i}@brightside.example")];

        Assert.IsType<InputRefused>(
            await Agencies.ChangeSettingsAsync(
                Owner, New with { MailedOnLostAccess = New.MailedOnLostAccess with { Addresses = addresses } }, Cancel));
        Assert.Null(
            await Agencies.ChangeSettingsAsync(
                Owner, New with { MailedOnLostAccess = New.MailedOnLostAccess with { Addresses = addresses[..20] } }, Cancel));
    }

    [Fact]
    public async Task A_user_of_another_agency_cannot_be_chosen()
    {
        var settings = New with { MailedOnCompletion = New.MailedOnCompletion with { Users = [Member.User, Stranger.User] } };

        Assert.IsType<MailedUserUnknown>(await Agencies.ChangeSettingsAsync(Owner, settings, Cancel));

        Assert.Empty((await Agencies.GetAsync(Owner.Agency, Cancel)).MailedOnCompletion.Users);
    }

    [Fact]
    public async Task A_main_user_chooses_from_those_who_may_sign_in_and_a_sub_user_sees_no_list()
    {
        await Portal.AddUserAsync(Owner.Agency, AgencyRole.SubUser, "Another member", "another@brightside.example", Cancel);
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Users.Where(u => u.Id == Member.User.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.DisabledAt, Clock.Now), Cancel);
        }

        Assert.Equal(["Another member", "The owner"], (await Portal.Get<Notices>().ListUsersAsync(Owner, Cancel)).Select(u => u.Name));
        Assert.Empty(await Portal.Get<Notices>().ListUsersAsync(Owner with { Role = AgencyRole.SubUser }, Cancel));
    }

    [Fact]
    public async Task A_sub_user_sets_nothing() =>
        Assert.IsType<NotAllowed>(await Agencies.ChangeSettingsAsync(Member, New with { DefaultMessage = "mine" }, Cancel));
}

public sealed class SqliteCollaborationSettingsTests() : CollaborationSettingsTests(DatabaseProvider.Sqlite);

public sealed class PostgresCollaborationSettingsTests() : CollaborationSettingsTests(DatabaseProvider.Postgres);
