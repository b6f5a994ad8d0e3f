using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

public abstract class InvitationTests(DatabaseProvider database) : UserTest(database)
{
    private const string Address = "new@brightside.example";
    private const string Password = "two slow otters";
    private static readonly NewMember Newcomer = new("The newcomer", Password);

    [Fact]
    public async Task Somebody_invited_joins_with_the_link_from_the_mail()
    {
        var token = await InviteAsync(AgencyRole.MainUser);
        Assert.Equal(
            new InvitationLanding("Brightside Agency", Address, "The owner", AgencyRole.MainUser, Clock.Now + Invitation.Life),
            Value(await Answers.FindAsync(token, Cancel)));
        Assert.Null(await UserAsync(Address)); // looking changes nothing

        Assert.Equal(Address, Value(await Answers.AcceptAsync(token, Newcomer with { Name = " The newcomer " }, "198.51.100.7", Cancel)));

        var user = (await UserAsync(Address))!;
        Assert.Equal(
            (Owner.Agency, AgencyRole.MainUser, "The newcomer", true, true),
            (user.AgencyId, user.Role, user.DisplayName, user.EmailConfirmed, user.LockoutEnabled));
        Assert.NotNull(user.SecurityStamp);
        Assert.Empty(Value(await Invitations.ListAsync(Owner, Cancel)));
        Assert.Equal([(AuditKind.UserInvited, Address), (AuditKind.UserJoined, Address)], await Noted());
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var joined = await db.AuditEvents.SingleAsync(e => e.Kind == AuditKind.UserJoined, Cancel);
        Assert.Equal((user.Id, "The newcomer", "198.51.100.7"), (joined.ActorId, joined.ActorName, joined.Address));
    }

    [Fact]
    public async Task The_mail_speaks_the_agencys_language_and_holds_link_and_expiry()
    {
        Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { Language = "de" }, Cancel));

        var token = await InviteAsync();

        var mail = Assert.Single(Mail.Taken);
        Assert.Equal((Address, "Brightside Agency"), (mail.To, mail.FromName));
        Assert.Contains("The owner lädt Sie zur Zusammenarbeit mit Brightside Agency ein", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains("28. November 2026", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains($"{TestPortal.PublicUrl}account/invitation/{token}", mail.Content.Html, StringComparison.Ordinal);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var kept = await db.Invitations.AsNoTracking().SingleAsync(Cancel);
        Assert.DoesNotContain(token, kept.TokenProtected, StringComparison.Ordinal);
        Assert.Equal(43, token.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("The baker <baker>")]
    [InlineData("a.@bakery.example")]
    [InlineData("=?utf-8?q?baker?=@bakery.example")]
    [InlineData("a@bakery.example, b@bakery.example")]
    [InlineData("a@bakery.example\r\nBcc: all@bakery.example")]
    public async Task What_is_no_address_is_refused(string address)
    {
        var refused = Assert.IsType<InputRefused>(
            (await Invitations.InviteAsync(Owner, new NewInvitation(address, AgencyRole.SubUser), Cancel)).Error);
        Assert.Equal([nameof(NewInvitation.Email)], refused.Fields.Keys);
        Assert.IsType<InputRefused>((await Invitations.InviteAsync(Owner, new NewInvitation(Address, (AgencyRole)7), Cancel)).Error);
        var tooLong = $"{new string('a', 60)}@{string.Join('.', Enumerable.Repeat(new string('b', 60), 5))}.example";
        Assert.IsType<InputRefused>((await Invitations.InviteAsync(Owner, new NewInvitation(tooLong, AgencyRole.SubUser), Cancel)).Error);
        Assert.Empty(await Noted());
    }

    [Fact]
    public async Task An_address_is_invited_once()
    {
        await InviteAsync();

        Assert.IsType<AlreadyInvited>(
            (await Invitations.InviteAsync(Owner, new NewInvitation(Address.ToUpperInvariant(), AgencyRole.MainUser), Cancel)).Error);
        Clock.Advance(Invitation.Life);
        // expired: to be sent again
        Assert.IsType<AlreadyInvited>(
            (await Invitations.InviteAsync(Owner, new NewInvitation(Address, AgencyRole.MainUser), Cancel)).Error);
        Assert.False(Assert.Single(Value(await Invitations.ListAsync(Owner, Cancel))).IsOpen);
    }

    [Fact]
    public async Task A_user_of_the_agency_is_not_invited()
    {
        Value(await Answers.AcceptAsync(await InviteAsync(), Newcomer, null, Cancel));

        Assert.IsType<AlreadyUser>(
            (await Invitations.InviteAsync(Owner, new NewInvitation(Address.ToUpperInvariant(), AgencyRole.SubUser), Cancel)).Error);
    }

    [Fact]
    public async Task An_address_of_another_agency_is_invited_like_any_other_and_only_its_holder_reads_why_it_cannot_be()
    {
        var other = await MakeUserAsync(Stranger.Agency, "busy@harbour.example");

        var token = await InviteAsync(address: other);

        var taken = new InvitationAddressTaken(other, "The owner", "Brightside Agency");
        Assert.Equal(taken, (await Answers.FindAsync(token, Cancel)).Error);
        Assert.Equal(taken, (await Answers.AcceptAsync(token, Newcomer, null, Cancel)).Error);
        Assert.True(Assert.Single(Value(await Invitations.ListAsync(Owner, Cancel))).IsOpen); // as any invitation that waits
        Assert.Equal(Stranger.Agency, (await UserAsync(other))!.AgencyId);
    }

    [Fact]
    public async Task Sending_again_makes_a_new_link_and_kills_the_old_one_but_not_twice_a_minute()
    {
        var old = await InviteAsync();
        var id = Assert.Single(Value(await Invitations.ListAsync(Owner, Cancel))).Id;

        Assert.IsType<SentJustNow>(await Invitations.ResendAsync(Owner, id, Cancel));
        Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(new InvitationExpired("The owner", "Brightside Agency"), (await Answers.FindAsync(old, Cancel)).Error);
        Assert.Equal(
            new InvitationExpired("The owner", "Brightside Agency"), (await Answers.AcceptAsync(old, Newcomer, null, Cancel)).Error);
        Assert.Null(await Invitations.ResendAsync(Owner, id, Cancel));
        await Outbox.DeliverAsync(Cancel);

        Assert.IsType<InvitationUnknown>((await Answers.AcceptAsync(old, Newcomer, null, Cancel)).Error);
        Assert.Equal(Address, Value(await Answers.AcceptAsync(TokenOf(Address), Newcomer, null, Cancel)));
        Assert.Equal(
            [(AuditKind.UserInvited, Address), (AuditKind.InvitationResent, Address), (AuditKind.UserJoined, Address)], await Noted());
    }

    [Fact]
    public async Task A_cancelled_invitation_lets_nobody_in_and_says_so()
    {
        var token = await InviteAsync();
        var id = Assert.Single(Value(await Invitations.ListAsync(Owner, Cancel))).Id;

        Assert.Null(await Invitations.CancelAsync(Owner, id, Cancel));

        Assert.Equal(
            new InvitationCancelled("The owner", "Brightside Agency"), (await Answers.AcceptAsync(token, Newcomer, null, Cancel)).Error);
        Assert.IsType<InvitationNotFound>(await Invitations.CancelAsync(Owner, id, Cancel));
        Assert.IsType<InvitationNotFound>(await Invitations.ResendAsync(Owner, id, Cancel));
        Assert.Null(await UserAsync(Address));
        Value(await Invitations.InviteAsync(Owner, new NewInvitation(Address, AgencyRole.SubUser), Cancel)); // may be invited anew
    }

    [Fact]
    public async Task An_invitation_cancelled_before_its_mail_left_is_not_sent()
    {
        var id = Value(await Invitations.InviteAsync(Owner, new NewInvitation(Address, AgencyRole.SubUser), Cancel));
        Assert.Null(await Invitations.CancelAsync(Owner, id, Cancel));

        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
        Assert.Empty(Mail.Tried);
    }

    [Fact]
    public async Task A_used_link_lets_nobody_in_a_second_time_not_even_for_a_user_removed_since()
    {
        var token = await InviteAsync();
        Value(await Answers.AcceptAsync(token, Newcomer, null, Cancel));
        Assert.IsType<InvitationUsed>((await Answers.FindAsync(token, Cancel)).Error);

        Value(await Handover.RemoveAsync(Owner, (await UserAsync(Address))!.UserId, null, Cancel));

        Assert.IsType<InvitationUsed>((await Answers.AcceptAsync(token, Newcomer, null, Cancel)).Error);
        Assert.Null(await UserAsync(Address));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --")]
    public async Task A_link_that_was_never_given_out_is_unknown(string token)
    {
        await InviteAsync();
        Assert.IsType<InvitationUnknown>((await Answers.FindAsync(token, Cancel)).Error);
        Assert.IsType<InvitationUnknown>((await Answers.AcceptAsync(token, Newcomer, null, Cancel)).Error);
    }

    [Fact]
    public async Task A_bad_name_or_password_is_refused_and_the_link_still_works()
    {
        var token = await InviteAsync();

        Assert.Equal(
            [nameof(NewMember.Name)],
            Assert.IsType<InputRefused>((await Answers.AcceptAsync(token, new NewMember(" ", Password), null, Cancel)).Error).Fields.Keys);
        Assert.IsType<InputRefused>((await Answers.AcceptAsync(token, new NewMember("a\nb", Password), null, Cancel)).Error);
        Assert.IsType<InputRefused>((await Answers.AcceptAsync(token, new NewMember(new string('x', 121), Password), null, Cancel)).Error);
        Assert.Equal(
            [nameof(NewMember.Password)],
            Assert.IsType<InputRefused>(
                (await Answers.AcceptAsync(token, new NewMember("The newcomer", "short"), null, Cancel)).Error).Fields.Keys);

        Assert.Equal(Address, Value(await Answers.AcceptAsync(token, Newcomer, null, Cancel)));
    }

    [Fact]
    public async Task Of_two_who_accept_at_the_same_instant_one_becomes_a_user()
    {
        await using var node = Portal.AnotherNode();
        for (var race = 0; race < 8; race++)
        {
            var token = await InviteAsync(address: $"race{race}@brightside.example");
            InvitationAnswers[] nodes = [Answers, race % 2 == 0 ? Answers : node.Get<InvitationAnswers>()];
            using var start = new Barrier(2);

            var results = await Task.WhenAll(nodes.Select((answers, i) => Task.Run(() =>
            {
                start.SignalAndWait(Cancel);
                return answers.AcceptAsync(token, new NewMember($"Racer {i}", Password), null, Cancel);
            })));

            Assert.IsType<InvitationUsed>(Assert.Single(results, r => !r.Succeeded).Error);
            Assert.Equal(
                $"Racer {Array.FindIndex(results, r => r.Succeeded)}", (await UserAsync($"race{race}@brightside.example"))!.DisplayName);
        }
    }

    [Fact]
    public async Task Of_two_agencies_invitations_to_one_address_accepted_at_the_same_instant_one_wins()
    {
        for (var race = 0; race < 8; race++)
        {
            var address = $"both{race}@freelance.example";
            string[] tokens = [await InviteAsync(address: address), await InviteAsync(address: address, by: Stranger)];
            using var start = new Barrier(2);

            var results = await Task.WhenAll(tokens.Select(token => Task.Run(() =>
            {
                start.SignalAndWait(Cancel);
                return Answers.AcceptAsync(token, Newcomer, null, Cancel);
            })));

            Assert.IsType<InvitationAddressTaken>(Assert.Single(results, r => !r.Succeeded).Error);
            Assert.NotNull(await UserAsync(address));
        }
    }

    private async Task<string> InviteAsync(AgencyRole role = AgencyRole.SubUser, string address = Address, AgencyCaller? by = null)
    {
        Value(await Invitations.InviteAsync(by ?? Owner, new NewInvitation(address, role), Cancel));
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
        return TokenOf(address);
    }

    /// <summary>What the newest mail to an address leads to.</summary>
    private string TokenOf(string address) =>
        new Uri(Mail.Taken.Last(m => m.To == address).Content.Text.Split('\n').First(l => l.StartsWith("https", StringComparison.Ordinal))
            .Trim()).Segments[^1];

    private async Task<string> MakeUserAsync(AgencyId agency, string address)
    {
        var by = agency == Stranger.Agency ? Stranger : Owner;
        Value(await Answers.AcceptAsync(await InviteAsync(address: address, by: by), Newcomer, null, Cancel));
        return address;
    }
}

public sealed class InvitationTestsOnSqlite() : InvitationTests(DatabaseProvider.Sqlite);

public sealed class InvitationTestsOnPostgres() : InvitationTests(DatabaseProvider.Postgres);
