using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Wizard;

public abstract class IdentifyTests(DatabaseProvider database) : PortalTest(database)
{
    [Fact]
    public async Task A_visitor_who_says_who_they_are_becomes_a_participant()
    {
        var request = await ARequest().SentAsync();

        var caller = Value(
            await Links.IdentifyAsync(request.Token, new Visitor("  The baker ", " baker@bakery.example "), "198.51.100.7", Cancel));

        var details = await DetailsOf(request.Id);
        var participant = Assert.Single(details.Request.Participants);
        Assert.Equal((caller.Participant, "The baker", "baker@bakery.example"), (participant.Id, participant.Name, participant.Email));
        Assert.Equal((AuditKind.RequestViewed, "The baker"), (details.Events[0].Kind, details.Events[0].ActorName));
        Assert.Equal(Clock.Now, details.Request.OpenedAt);
        Assert.Equal(caller, await Wizard.FindCallerAsync(request.Id, caller.Participant, "198.51.100.7", Cancel));
    }

    [Theory]
    [InlineData("", "a@b.example", "Name")]
    [InlineData(" \t ", "a@b.example", "Name")]
    [InlineData("Eve\r\nBcc: all@bakery.example", "a@b.example", "Name")]
    [InlineData("Eve\0", "a@b.example", "Name")]
    [InlineData("Eve\u009b", "a@b.example", "Name")]
    [InlineData("Eve", "", "Email")]
    [InlineData("Eve", "eve", "Email")]
    [InlineData("Eve", "a@b.example, c@d.example", "Email")]
    [InlineData("Eve", "a@b.example\nBcc: c@d.example", "Email")]
    [InlineData("", "", "Email,Name")]
    public async Task What_cannot_be_a_name_or_an_address_is_refused_at_its_field(string name, string email, string fields)
    {
        var request = await ARequest().SentAsync();

        var refused = Assert.IsType<InputRefused>((await Links.IdentifyAsync(request.Token, new Visitor(name, email), null, Cancel)).Error);

        Assert.Equal(fields, string.Join(',', refused.Fields.Keys.Order()));
        Assert.Empty((await DetailsOf(request.Id)).Request.Participants);
    }

    [Fact]
    public async Task Missing_fields_are_refused_as_empty_ones_are()
    {
        var request = await ARequest().SentAsync();

        Assert.IsType<InputRefused>((await Links.IdentifyAsync(request.Token, new Visitor(null!, null!), null, Cancel)).Error);
    }

    [Fact]
    public async Task A_name_may_be_as_long_as_the_limit_and_not_longer()
    {
        var request = await ARequest().SentAsync();

        Assert.IsType<InputRefused>(
            (await Links.IdentifyAsync(request.Token, new Visitor(new string('n', 121), "a@b.example"), null, Cancel)).Error);
        Value(await Links.IdentifyAsync(request.Token, new Visitor(new string('n', 120), "a@b.example"), null, Cancel));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Robert'); DROP TABLE requests;--")]
    [InlineData("Zoë Müller-Lüdenscheidt 李 😀")]
    [InlineData("\u202Egnp.exe")]
    [InlineData("{0} %s $(id) \"quoted\" \\ back")]
    public async Task A_strange_name_is_kept_as_it_is(string name)
    {
        var request = await ARequest().SentAsync();

        var caller = await AParticipant(request, name);

        Assert.Equal(name, (await Wizard.FindCallerAsync(request.Id, caller.Participant, null, Cancel))!.Name);
        Assert.Equal(name, (await WizardOf(caller)).ParticipantName);
    }

    [Fact]
    public async Task Ten_people_who_come_in_at_once_are_all_let_in()
    {
        var request = await ARequest().SentAsync();

        var callers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => AParticipant(request, $"Person {i}")));

        Assert.Equal(10, callers.Select(c => c.Participant).Distinct().Count());
        Assert.Equal(10, (await DetailsOf(request.Id)).Request.Participants.Count);
    }

    [Fact]
    public async Task A_participant_of_one_request_is_nobody_at_another()
    {
        var (one, two) = (await ARequest().SentAsync(), await ARequest().SentAsync());
        var caller = await AParticipant(one);

        Assert.Null(await Wizard.FindCallerAsync(two.Id, caller.Participant, null, Cancel));
        Assert.Null(await Wizard.FindAsync(caller with { Request = two.Id }, Cancel));
        Assert.IsType<RequestNotFound>(await Wizard.CompleteAsync(caller with { Request = two.Id }, Cancel));
    }
}

public sealed class IdentifyTestsOnSqlite() : IdentifyTests(DatabaseProvider.Sqlite);

public sealed class IdentifyTestsOnPostgres() : IdentifyTests(DatabaseProvider.Postgres);
