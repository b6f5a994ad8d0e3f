using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Mails;

/// <summary>Mails that were queued when what they are about was a bare number.</summary>
public abstract class OlderMailTests(DatabaseProvider database) : EveryMail(database)
{
    /// <summary>Kinds of mails that came after the upgrade: none of them can have been queued before.</summary>
    private static readonly EmailKind[] Newer = [EmailKind.CampaignQuestion, EmailKind.SyncFailed];

    private const string LastWithNumbers = "_RestsAndOrder";
    private const int Day = 3;

    [Fact]
    public async Task Mails_that_were_queued_before_the_upgrade_still_leave()
    {
        await QueueAllAsync();
        var subjects = await SubjectsAsync();
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            try
            {
                var before = db.Database.GetMigrations().Single(m => m.EndsWith(LastWithNumbers, StringComparison.Ordinal));
                await db.GetService<IMigrator>().MigrateAsync(before, Cancel);
                var numbers = await db.Database.SqlQuery<NumberedMail>($"SELECT \"Id\", \"AboutId\" FROM email_messages")
                    .ToDictionaryAsync(m => m.Id, m => m.AboutId, Cancel);
                Assert.Equal(subjects.ToDictionary(m => m.Id.Value, NumberOf), numbers);
            }
            finally
            {
                await db.Database.MigrateAsync(Cancel); // later tests get the same database
            }
        }

        Assert.Equal(subjects, await SubjectsAsync());
        Mail.Forget();
        Assert.Equal(subjects.Count, await Outbox.DeliverAsync(Cancel));
        Assert.Equal(subjects.Select(m => m.Id), Mail.Taken.Select(m => m.Id));
    }

    /// <summary>A mail of each kind, a reminder, and a lost Facebook user.</summary>
    private async Task QueueAllAsync()
    {
        await FoundAsync("Evergreen", "en");
        foreach (var kind in Enum.GetValues<EmailKind>().Except(Newer)) await QueueAsync(kind, "Evergreen");
        var user = await RequestBuilder.AFacebookUserAsync(Portal, Caller);
        await AddAsync(new NewMail(EmailKind.AccessLost, MailSubject.Of(user), Caller.Email, null));
        await using var db = Portal.Contexts.Create(Caller.Agency);
        var first = await db.EmailMessages.Where(m => m.Kind == EmailKind.Request).OrderBy(m => m.Id).Select(m => m.Id).FirstAsync(Cancel);
        await db.EmailMessages.Where(m => m.Id == first).ExecuteUpdateAsync(set => set.SetProperty(m => m.ReminderDay, Day), Cancel);
        // A completed request is mailed no more.
        await db.EmailMessages.Where(m => m.Kind == EmailKind.Request && !db.Requests.Any(
                r => r.Id == m.RequestId && r.Status == RequestStatus.Pending))
            .ExecuteDeleteAsync(Cancel);
        await db.EmailMessages.ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, EmailState.Queued).SetProperty(m => m.NextAttemptAt, Clock.Now)
                .SetProperty(m => m.Attempts, 0), Cancel);
    }

    private async Task<List<(EmailMessageId Id, EmailKind Kind, MailSubject About, int? Day)>> SubjectsAsync()
    {
        await using var db = Portal.Contexts.Create(Caller.Agency);
        var mails = await db.EmailMessages.AsNoTracking().OrderBy(m => m.Id).ToListAsync(Cancel);
        return mails.ConvertAll(m => (m.Id, m.Kind, m.About, m.ReminderDay));
    }

    /// <summary>The number of before: it said the kind's own thing, of a request's mail the day.</summary>
    private static long? NumberOf((EmailMessageId Id, EmailKind Kind, MailSubject About, int? Day) mail) => mail.Kind switch
    {
        EmailKind.Request => mail.Day,
        EmailKind.Completed or EmailKind.NewLinkAsked => null,
        _ => long.Parse($"{mail.About}".Split(':')[1], System.Globalization.CultureInfo.InvariantCulture),
    };

    private sealed record NumberedMail(long Id, long? AboutId);
}

public sealed class OlderMailTestsOnSqlite() : OlderMailTests(DatabaseProvider.Sqlite);

public sealed class OlderMailTestsOnPostgres() : OlderMailTests(DatabaseProvider.Postgres);
