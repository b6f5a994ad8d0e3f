using System.Text.Json;
using OnboardingPortal.App.Features.Audit;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Audit;

public abstract class AuditTrailTests(DatabaseProvider database) : PortalTest(database)
{
    private AuditTrail Trail => Portal.Get<AuditTrail>();

    [Fact]
    public void Every_kind_belongs_to_a_topic() =>
        Assert.All(Enum.GetValues<AuditKind>(), kind => Assert.True(Enum.IsDefined(AuditTopics.TopicOf(kind))));

    [Fact]
    public async Task The_trail_says_who_did_what_when_and_from_where()
    {
        var request = await ARequest().For("hello@bakery.example").SentAsync();

        var sent = Assert.Single(await ListAsync(new AuditQuery()), e => e.Kind == AuditKind.RequestSent);
        Assert.Equal(
            (Owner.Name, Owner.User.Value, "192.0.2.10", request.Id, "hello@bakery.example"),
            (sent.ActorName, sent.ActorId, sent.Address, sent.RequestId, sent.Detail));
        Assert.Equal(Clock.Now, sent.At);
    }

    [Fact]
    public async Task Entries_are_found_by_topic_person_and_period()
    {
        await ARequest().By(Owner).SentAsync();
        Clock.Advance(TimeSpan.FromDays(2));
        var from = Clock.Now;
        var request = await ARequest().By(Member).SentAsync();
        await AParticipant(request);
        Clock.Advance(TimeSpan.FromDays(1));
        var until = Clock.Now;
        Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(Owner, TestPortal.NewSettings with { Language = "de" }, Cancel));

        Assert.Equal([AuditKind.SettingsChanged], Kinds(await ListAsync(new AuditQuery(AuditTopic.Settings))));
        Assert.All(
            await ListAsync(new AuditQuery(Actor: ActorKind.AgencyUser, ActorId: Member.User.Value)),
            e => Assert.Equal(Member.Name, e.ActorName));
        Assert.Equal([AuditKind.RequestViewed], Kinds(await ListAsync(new AuditQuery(Actor: ActorKind.Participant))));
        Assert.Equal(
            [AuditKind.RequestViewed, AuditKind.RequestSent, AuditKind.RequestCreated],
            Kinds(await ListAsync(new AuditQuery(From: from, Until: until))));
        Assert.Equal([AuditKind.RequestSent, AuditKind.RequestCreated], Kinds(await ListAsync(new AuditQuery(Until: from))));
        Assert.Empty(await ListAsync(new AuditQuery(AuditTopic.SignIns)));
    }

    [Fact]
    public async Task Who_was_removed_can_still_be_found_by_the_name_they_had()
    {
        await ARequest().By(Member).SentAsync();
        await ARequest().By(Member with { ApiKeyName = "CRM" }).SentAsync();
        Value(await Portal.Get<UserHandover>().RemoveAsync(Owner, Member.User, null, Cancel));

        var people = Value(await Trail.ListPeopleAsync(Owner, Cancel));

        Assert.Equal(
            [(Owner.User.Value, Owner.Name, false), (Member.User.Value, Member.Name, true)],
            people.Select(p => (p.Id, p.Name, p.IsFormer)));
        Assert.Contains(
            await ListAsync(new AuditQuery(Actor: ActorKind.AgencyUser, ActorId: people[^1].Id)), e => e.Kind == AuditKind.RequestSent);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_overlap()
    {
        for (var i = 0; i < 4; i++) await ARequest().SentAsync();
        var all = await ListAsync(new AuditQuery());

        var paged = new List<AuditEvent>();
        for (AuditEventId? before = null; ; before = paged[^1].Id)
        {
            var page = Value(await Trail.ListAsync(Owner, new AuditQuery(), before, 3, Cancel));
            paged.AddRange(page.Events);
            if (!page.HasOlder) break;
        }

        Assert.Equal(all.Select(e => e.Id), paged.Select(e => e.Id));
    }

    [Fact]
    public async Task A_sub_user_reads_exports_and_verifies_nothing()
    {
        Assert.IsType<NotAllowed>((await Trail.ListAsync(Member, new AuditQuery(), null, 10, Cancel)).Error);
        Assert.IsType<NotAllowed>((await Trail.ExportAsync(Member, new AuditQuery(), "csv", Cancel)).Error);
        Assert.IsType<NotAllowed>((await Trail.VerifyAsync(Member, Cancel)).Error);
        Assert.IsType<NotAllowed>((await Trail.ListPeopleAsync(Member, Cancel)).Error);
    }

    [Fact]
    public async Task An_export_holds_every_entry_and_the_note_of_itself_and_no_formula()
    {
        var request = await ARequest().SentAsync();
        await AParticipant(request, "=HYPERLINK(\"https://evil.example\",\"Click\")");

        var csv = await WriteAsync(AuditFiles.WriteCsvAsync);

        var lines = csv.TrimEnd().Split('\n');
        Assert.StartsWith(
            "Sequence,Id,At,Topic,Kind,ActorKind,ActorId,ActorName,Address,RequestId,Platform,Detail,Seal", lines[0],
            StringComparison.Ordinal);
        Assert.Equal(1 + (await ListAsync(new AuditQuery())).Count, lines.Length);
        Assert.Contains("AuditExported", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.Contains("\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"Click\"\")\"", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains(",=", StringComparison.Ordinal) || l.Contains(",\"=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_lines_say_what_the_entries_say()
    {
        var request = await ARequest().SentAsync();
        await AParticipant(request, "A line\nbreak and \"quotes\"".Replace("\n", " ", StringComparison.Ordinal));

        var lines = (await WriteAsync(AuditFiles.WriteJsonLinesAsync)).TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement)
            .ToList();

        var viewed = Assert.Single(lines, l => l.GetProperty("kind").GetString() == "RequestViewed");
        Assert.Equal("A line break and \"quotes\"", viewed.GetProperty("actorName").GetString());
        Assert.Equal(request.Id.ToString(), viewed.GetProperty("requestId").GetString());
        Assert.Equal(Enumerable.Range(1, lines.Count).Reverse(), lines.Select(l => l.GetProperty("sequence").GetInt32()));
    }

    private static IEnumerable<AuditKind> Kinds(IEnumerable<AuditEvent> events) => events.Select(e => e.Kind);

    private async Task<IReadOnlyList<AuditEvent>> ListAsync(AuditQuery query) =>
        Value(await Trail.ListAsync(Owner, query, null, 100, Cancel)).Events;

    private async Task<string> WriteAsync(Func<TextWriter, IAsyncEnumerable<AuditEvent>, CancellationToken, Task> write)
    {
        var export = Value(await Trail.ExportAsync(Owner, new AuditQuery(), "csv", Cancel));
        await using var writer = new StringWriter { NewLine = "\n" };
        await write(writer, export.Events, Cancel);
        return writer.ToString().ReplaceLineEndings("\n");
    }
}

public sealed class SqliteAuditTrailTests() : AuditTrailTests(DatabaseProvider.Sqlite);

public sealed class PostgresAuditTrailTests() : AuditTrailTests(DatabaseProvider.Postgres);
