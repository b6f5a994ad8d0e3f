using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>Who is told what of a sync.</summary>
public abstract class SyncNewsTests(DatabaseProvider database) : SyncTest(database)
{
    [Fact]
    public async Task An_audience_is_told_as_ready_once_and_not_before_Facebook_says_so()
    {
        Fill(30);
        var id = await ASync();
        Audience.Delivery = 300; // too small as yet
        var readiness = Portal.Get<SyncReadiness>();
        Assert.Equal(0, await readiness.LookAsync(Cancel));
        Assert.Null((await ViewAsync(id)).Line.ReadyAt);

        Audience.Delivery = 200;
        Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal((1, 0), (await readiness.LookAsync(Cancel), await readiness.LookAsync(Cancel)));

        Assert.Equal(Clock.Now, (await ViewAsync(id)).Line.ReadyAt);
        await using var db = Portal.Contexts.Create(Owner.Agency);
        var told = await db.AuditEvents.SingleAsync(e => e.Kind == AuditKind.AudienceReady, Cancel);
        Assert.Equal((Request.Id, "Newsletter"), (told.RequestId!.Value, told.Detail));
    }

    [Fact]
    public async Task The_notices_settings_say_who_is_mailed_of_a_failure()
    {
        Assert.Null(await Portal.Get<AgencyService>().ChangeSettingsAsync(
            Owner, TestPortal.NewSettings with { MailedOnLostAccess = new MailedPeople(false, false, [], ["desk@brightside.example"]) },
            Cancel));
        Fill(3);
        Graph.Terms = 0;
        await APlannedSync();

        await using var db = Portal.Contexts.Create(Owner.Agency);
        var mail = await db.EmailMessages.SingleAsync(m => m.Kind == EmailKind.SyncFailed, Cancel);
        Assert.Equal("desk@brightside.example", mail.To);
    }

    [Fact]
    public async Task Watchers_hear_of_it_and_those_of_another_agency_do_not()
    {
        var (mine, theirs) = (0, 0);
        using var watching = Portal.Get<SyncFeed>().Subscribe(Owner, _ => Interlocked.Increment(ref mine));
        using var stranger = Portal.Get<SyncFeed>().Subscribe(Stranger, _ => Interlocked.Increment(ref theirs));
        Fill(3);
        await ASync();

        await UntilAsync(() => Volatile.Read(ref mine) > 0);
        Assert.Equal(0, theirs);
    }
}

public sealed class SyncNewsTestsOnSqlite() : SyncNewsTests(DatabaseProvider.Sqlite);

public sealed class SyncNewsTestsOnPostgres() : SyncNewsTests(DatabaseProvider.Postgres);
