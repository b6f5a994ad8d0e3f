using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Outbox;

/// <summary>What an agency mails in bulk, and how slowly it leaves, holds up nobody else.</summary>
public abstract class OutboxFairnessTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private AgencyCaller _forgetful = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var scope = Portal.Scope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AgencyUser>>();
        _forgetful = Value(await Portal.Get<AgencyService>().AddUserAsync(
            Owner.Agency, AgencyRole.SubUser, "The user", "user@brightside.example", "seven green kettles", users));
    }

    protected override void Register(IServiceCollection services) => services.AddPortalIdentity();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_password_reset_does_not_wait_behind_another_agencys_import(bool afterItBegan)
    {
        await AnImportOf(Stranger, 12);
        if (!afterItBegan) await AskForAResetAsync();
        var (slow, reached, reset) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        Mail.BeforeTaking = async mail =>
        {
            if (mail.To == _forgetful.Email) reset.TrySetResult();
            else
            {
                reached.TrySetResult();
                await slow.Task;
            }
        };

        var round = Outbox.DeliverAsync(Cancel);
        await reached.Task.WaitAsync(Patience, Cancel);
        if (afterItBegan) await AskForAResetAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await reset.Task.WaitAsync(Patience, Cancel);
        Assert.False(round.IsCompleted);

        slow.SetResult();
        Assert.Equal(481, await round);
        Assert.Equal(481, Mail.Tried.Count);
    }

    [Fact]
    public async Task Agencies_take_turns_however_many_mails_one_of_them_has()
    {
        await AnImportOf(Stranger, 6);
        await ARequest().For("one@bakery.example", "two@bakery.example").SentAsync();
        var order = new ConcurrentQueue<string>();
        Mail.BeforeTaking = mail =>
        {
            order.Enqueue(mail.To);
            return Task.CompletedTask;
        };

        Assert.Equal(242, await Outbox.DeliverAsync(Cancel));

        Assert.All(["one@bakery.example", "two@bakery.example"], to => Assert.InRange(order.ToList().IndexOf(to), 0, 99));
    }

    /// <summary>As many requests of an agency, each with forty recipients.</summary>
    private async Task AnImportOf(AgencyCaller agency, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            await ARequest().By(agency).For([.. Enumerable.Range(0, 40).Select(n => $"a{n}@import.example")]).SentAsync();
        }
    }

    private Task AskForAResetAsync() => Portal.Get<PasswordResets>().AskAsync(_forgetful.Email, "192.0.2.1", Cancel);
}

public sealed class OutboxFairnessTestsOnSqlite() : OutboxFairnessTests(DatabaseProvider.Sqlite);

public sealed class OutboxFairnessTestsOnPostgres() : OutboxFairnessTests(DatabaseProvider.Postgres);
