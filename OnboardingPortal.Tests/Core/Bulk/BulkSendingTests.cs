using System.Text;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Bulk;

/// <summary>Each good row becomes one request, whatever happens on the way.</summary>
public abstract class BulkSendingTests(DatabaseProvider database) : PortalTest(database)
{
    private readonly FailingCommands _commands = new();

    private BulkService Bulk => Portal.Get<BulkService>();

    private BulkSending Sending => Portal.Get<BulkSending>();

    private UserService Users => Portal.Get<UserService>();

    protected override void Register(IServiceCollection services)
    {
        services.AddPortalIdentity();
        _commands.Register(services);
    }

    [Fact]
    public async Task Good_rows_become_the_users_own_requests_and_their_mails_go_out()
    {
        var id = await StartedAsync(Member, "a@bakery.example;b@bakery.example", "no address", "c@bakery.example");

        Assert.Equal(2, await Sending.SendAsync(Cancel));

        Assert.Equal((BulkImportState.Done, 2, 1, 0), await StateAsync(Member, id));
        var lines = (await Bulk.ListRowsAsync(Member, id, false, 0, 50, Cancel)).Lines;
        Assert.Equal([true, false, true], lines.Select(l => l.Request is not null));
        var row = await RowOf(lines[0].Request!.Value);
        Assert.Equal((Member.User, 2, RequestStatus.Pending), (row.RequesterId, row.RecipientCount, row.StoredStatus));
        Assert.Equal(
            [AuditKind.RequestSent, AuditKind.RequestSent, AuditKind.RequestCreated], (await DetailsOf(row.Id)).Events.Select(e => e.Kind));
        Assert.Equal(3, await Outbox.DeliverAsync(Cancel));
        Assert.Equal(["a@bakery.example", "b@bakery.example", "c@bakery.example"], Mail.Taken.Select(m => m.To).Order());
        var noted = Assert.Single(await EventsAsync(AuditKind.ImportSent));
        Assert.Equal((Member.User.Value, "2"), (noted.ActorId, noted.Detail));
        Assert.Equal(0, await Sending.SendAsync(Cancel));
    }

    [Fact]
    public async Task An_import_is_started_once_and_one_without_a_good_row_never()
    {
        var id = await StartedAsync(Owner, "a@bakery.example");
        Assert.IsType<BulkImportSent>(await Bulk.SendAsync(Owner, id, Cancel));
        await Sending.SendAsync(Cancel);
        Assert.IsType<BulkImportSent>(await Bulk.SendAsync(Owner, id, Cancel));
        Assert.IsType<BulkImportSent>(await Bulk.CancelAsync(Owner, id, Cancel));

        var bad = await ReadAsync(Owner, "no address");
        Assert.IsType<BulkImportHasNothing>(await Bulk.SendAsync(Owner, bad, Cancel));
    }

    [Fact]
    public async Task A_crash_between_marking_a_row_and_making_its_request_makes_no_second_request_and_loses_none()
    {
        var id = await StartedAsync(Owner, "a@bakery.example", "crash@bakery.example", "c@bakery.example");
        CrashAtItsMail();

        Assert.Equal(1, await Sending.SendAsync(Cancel));
        Assert.Equal((BulkImportState.Sending, 1, 0, 0), await StateAsync(Owner, id));
        Assert.Equal(["a@bakery.example"], await RecipientsAsync());
        Assert.Equal(0, await Sending.SendAsync(Cancel)); // the lease of the node that died

        CrashNoMore();
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await Portal.AnotherNode().Get<BulkSending>().SendAsync(Cancel));
        Assert.Equal((BulkImportState.Done, 3, 0, 0), await StateAsync(Owner, id));
        Assert.Equal(["a@bakery.example", "c@bakery.example", "crash@bakery.example"], await RecipientsAsync());
        Assert.Equal(3, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public async Task An_import_that_fails_does_not_hold_up_another()
    {
        var bad = await StartedAsync(Owner, "crash@bakery.example");
        var good = await StartedAsync(Member, "a@bakery.example");
        CrashAtItsMail();

        await Sending.SendAsync(Cancel);

        Assert.Equal(BulkImportState.Sending, (await StateAsync(Owner, bad)).State);
        Assert.Equal(BulkImportState.Done, (await StateAsync(Member, good)).State);
        CrashNoMore();
    }

    [Fact]
    public async Task Two_nodes_at_once_send_each_row_once()
    {
        var ids = new[] { await StartedAsync(Owner, Many(40)), await StartedAsync(Member, [.. Many(40).Select(a => "m" + a)]) };
        await using var other = Portal.AnotherNode();

        await Task.WhenAll(Sending.SendAsync(Cancel), other.Get<BulkSending>().SendAsync(Cancel));
        while (await Sending.SendAsync(Cancel) > 0)
        {
        }

        Assert.Equal((BulkImportState.Done, 40, 0, 0), await StateAsync(Owner, ids[0]));
        Assert.Equal((BulkImportState.Done, 40, 0, 0), await StateAsync(Member, ids[1]));
        var recipients = await RecipientsAsync();
        Assert.Equal((80, 80), (recipients.Count, recipients.Distinct().Count()));
    }

    [Fact]
    public async Task A_row_that_two_nodes_hold_in_their_hands_makes_one_request()
    {
        await StartedAsync(Owner, "a@bakery.example");
        await using var other = Portal.AnotherNode();
        var input = new RequestTerms("Hello", [Mailchimp], null, null, null);

        var made = await Task.WhenAll(TakeAsync(Portal), TakeAsync(other));

        Assert.Single(made, id => id is not null);
        Assert.Single(await RecipientsAsync());

        async Task<RequestId?> TakeAsync(TestPortal node) => Value(await node.Get<RequestService>().CreateAsync(
            Owner, input, ["a@bakery.example"],
            async (db, request) => await db.BulkRows.Where(r => r.State == BulkRowState.Ready).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, BulkRowState.Sent).SetProperty(r => r.RequestId, request.Id), Cancel) == 1,
            Cancel));
    }

    [Fact]
    public async Task A_long_import_is_sent_in_rounds_that_take_turns_with_others()
    {
        var first = await StartedAsync(Owner, Many(250));
        var second = await StartedAsync(Member, [.. Many(10).Select(a => "m" + a)]);

        Assert.Equal(200, await Sending.SendAsync(Cancel));

        Assert.Equal((BulkImportState.Sending, 190), ((await StateAsync(Owner, first)).State, (await StateAsync(Owner, first)).Sent));
        Assert.Equal((BulkImportState.Done, 10), ((await StateAsync(Member, second)).State, (await StateAsync(Member, second)).Sent));
        Assert.Equal(60, await Sending.SendAsync(Cancel));
        Assert.Equal(BulkImportState.Done, (await StateAsync(Owner, first)).State);
    }

    [Fact]
    public async Task A_cancelled_import_sends_nothing_more_and_what_was_sent_stays()
    {
        var id = await StartedAsync(Owner, Many(250));
        await Sending.SendAsync(Cancel);

        Assert.Null(await Bulk.CancelAsync(Owner, id, Cancel));

        Assert.Equal(0, await Sending.SendAsync(Cancel));
        Assert.Equal((BulkImportState.Cancelled, 200, 0, 0), await StateAsync(Owner, id));
        Assert.Equal(50, (await Bulk.FindAsync(Owner, id, Cancel))!.Ready);
        Assert.Equal(200, (await RecipientsAsync()).Count);
        Assert.Equal("200", Assert.Single(await EventsAsync(AuditKind.ImportSent)).Detail);
        Assert.IsType<BulkImportSent>(await Bulk.SendAsync(Owner, id, Cancel));
    }

    [Fact]
    public async Task Wrong_passwords_of_a_stranger_do_not_stop_an_import()
    {
        var id = await StartedAsync(Member, Many(20));
        await using var db = Portal.Contexts.CreateForSystem();
        await db.Users.Where(u => u.Id == Member.User.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutEnd, Clock.Now.AddMinutes(5)), Cancel);

        Assert.Equal(20, await Sending.SendAsync(Cancel));
        Assert.Equal((BulkImportState.Done, 20, 0, 0), await StateAsync(Member, id));
    }

    [Fact]
    public async Task An_import_pauses_while_its_user_is_disabled_and_goes_on_when_they_are_let_in_again()
    {
        var id = await StartedAsync(Member, Many(250));
        await Sending.SendAsync(Cancel);
        Assert.Null(await Users.DisableAsync(Owner, Member.User, Cancel));

        Assert.Equal(0, await Sending.SendAsync(Cancel));
        Assert.Equal((BulkImportState.Sending, 200, 0, 0), await StateAsync(Member, id));

        Assert.Null(await Users.EnableAsync(Owner, Member.User, Cancel));
        Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(50, await Sending.SendAsync(Cancel));
        Assert.Equal((BulkImportState.Done, 250, 0, 0), await StateAsync(Member, id));
    }

    [Fact]
    public async Task A_user_who_is_removed_meanwhile_sends_nothing_more()
    {
        var id = await StartedAsync(Member, Many(250));
        await Sending.SendAsync(Cancel);
        Value(await Portal.Get<UserHandover>().RemoveAsync(Owner, Member.User, null, Cancel));

        Assert.Equal(0, await Sending.SendAsync(Cancel));

        await using var db = Portal.Contexts.Create(Owner.Agency);
        Assert.Equal(BulkImportState.Cancelled, await db.BulkImports.Where(i => i.Id == id).Select(i => i.State).SingleAsync(Cancel));
        Assert.Equal(200, (await RecipientsAsync()).Count);
    }

    [Fact]
    public async Task What_is_refused_at_that_moment_says_why_in_both_languages_and_the_rest_is_sent()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        var id = Value(await Bulk.ReadAsync(
            Owner, null, Text("recipients,services\na@bakery.example,facebook\nb@bakery.example,mailchimp\n"), Cancel));
        Assert.Null(await Bulk.SendAsync(Owner, id, Cancel));
        await using (var db = Portal.Contexts.Create(Owner.Agency)) await db.FacebookUsers.ExecuteDeleteAsync(Cancel);

        Assert.Equal(1, await Sending.SendAsync(Cancel));

        Assert.Equal((BulkImportState.Done, 1, 0, 1), await StateAsync(Owner, id));
        var failed = Assert.Single((await Bulk.ListRowsAsync(Owner, id, true, 0, 50, Cancel)).Lines);
        Assert.Equal(BulkRowState.Failed, failed.State);
        Assert.Contains("This Business Manager cannot receive access", failed.Problems.Single().Words["en"], StringComparison.Ordinal);
        Assert.NotEqual(failed.Problems.Single().Words["en"], failed.Problems.Single().Words["de"]);
        Assert.Equal(["b@bakery.example"], await RecipientsAsync());
    }

    [Fact]
    public async Task A_platform_that_is_switched_off_meanwhile_is_refused_by_the_same_rule_as_in_the_form()
    {
        var id = await StartedAsync(Owner, "a@bakery.example");
        await using var other = Portal.AnotherNode(
            new() { ["Platforms:Mailchimp:ClientId"] = "", ["Platforms:Mailchimp:ClientSecret"] = "" });

        Assert.Equal(0, await other.Get<BulkSending>().SendAsync(Cancel));

        Assert.Equal((BulkImportState.Done, 0, 0, 1), await StateAsync(Owner, id));
        var problem = Assert.Single((await Bulk.ListRowsAsync(Owner, id, true, 0, 50, Cancel)).Lines[0].Problems);
        Assert.Equal((BulkColumn.Services, "Mailchimp is not available."), (problem.Column, problem.Words["en"]));
    }

    [Fact]
    public async Task The_result_names_every_row_in_the_order_of_the_file()
    {
        var id = await StartedAsync(Owner, [.. Many(600), "no address"]);
        while (await Sending.SendAsync(Cancel) > 0)
        {
        }

        var lines = new List<BulkLine>();
        await foreach (var line in Value(await Bulk.ReadResultsAsync(Owner, id, Cancel)).Lines) lines.Add(line);

        Assert.Equal(Enumerable.Range(2, 601), lines.Select(l => l.Line));
        Assert.Equal((600, BulkRowState.Refused), (lines.Count(l => l.Request is not null), lines[^1].State));
    }

    private static string[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => $"a{i}@bakery.example")];

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private async Task<BulkImportId> ReadAsync(AgencyCaller caller, params string[] recipients) =>
        Value(await Bulk.ReadAsync(
            caller, "list.csv", Text($"recipients,services\n{string.Concat(recipients.Select(r => $"{r},mailchimp\n"))}"), Cancel));

    private async Task<BulkImportId> StartedAsync(AgencyCaller caller, params string[] recipients)
    {
        var id = await ReadAsync(caller, recipients);
        Assert.Null(await Bulk.SendAsync(caller, id, Cancel));
        return id;
    }

    private async Task<(BulkImportState State, int Sent, int Refused, int Failed)> StateAsync(AgencyCaller caller, BulkImportId id)
    {
        var import = (await Bulk.FindAsync(caller, id, Cancel))!;
        return (import.State, import.Sent, import.Refused, import.Failed);
    }

    private async Task<List<string>> RecipientsAsync()
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return await db.Recipients.Select(r => r.Email).OrderBy(e => e).ToListAsync(Cancel);
    }

    private async Task<List<AuditEvent>> EventsAsync(AuditKind kind)
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return await db.AuditEvents.AsNoTracking().Where(e => e.Kind == kind).ToListAsync(Cancel);
    }

    /// <summary>The database breaks off what queues a mail to crash@bakery.example, once the row is marked.</summary>
    private void CrashAtItsMail() => _commands.Before = command =>
        command.Contains("INSERT", StringComparison.Ordinal) && command.Contains("email_messages", StringComparison.Ordinal)
        && command.Contains("[crash@bakery.example]", StringComparison.Ordinal)
            ? Task.FromException(new InvalidOperationException("crash"))
            : Task.CompletedTask;

    private void CrashNoMore() => _commands.Before = _ => Task.CompletedTask;
}

public sealed class BulkSendingTestsOnSqlite() : BulkSendingTests(DatabaseProvider.Sqlite);

public sealed class BulkSendingTestsOnPostgres() : BulkSendingTests(DatabaseProvider.Postgres);
