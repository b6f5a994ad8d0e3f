using Microsoft.AspNetCore.Hosting.Server;
using OnboardingPortal.Core;
using OnboardingPortal.Mails;
using OnboardingPortal.Sandbox.Facebook;

namespace OnboardingPortal.Sandbox.Demo;

/// <summary>
/// A few requests in each status, made by the portal's own services as soon as it listens, with a clock that is put back. Where an earlier
/// start was broken off, it goes on with the first that is missing.
/// </summary>
public sealed partial class DemoRequests(
    IConfiguration configuration, IServer server, IHostApplicationLifetime lifetime, FacebookTokens tokens, SandboxTokens accountTokens,
    SandboxState state, ILogger<DemoRequests> logger)
{
    private static readonly (int DaysAgo, double TookHours)[] Earlier = [
        (75, 30), (61, 2), (54, 76), (46, 0.4), (33, 20), (32, 5), (19, 0.2), (12, 49)
    ];

    public void StartFor(AgencyCaller owner, bool isNew)
    {
        DateTimeOffset? brokenOffBefore = isNew ? null : TimeProvider.System.GetUtcNow();
        lifetime.ApplicationStarted.Register(() => _ = MakeAsync(owner, brokenOffBefore));
    }

    private async Task MakeAsync(AgencyCaller owner, DateTimeOffset? brokenOffBefore)
    {
        try
        {
            var clock = new DemoClock();
            await using var services = Services(clock);
            var story = new DemoStory(services, clock, owner, tokens, accountTokens);
            await story.TemplateAsync();
            (string To, Func<string, Task> Tell)[] parts =
            [
                .. Earlier.Select(
                    e => ($"client{e.DaysAgo}@customers.example", (Func<string, Task>)(to =>
                        story.CompletedEarlierAsync(to, e.DaysAgo, TimeSpan.FromHours(e.TookHours))))),
                ("ofenfrisch@bakery.example", story.ExpiredAsync),
                ("kontakt@bikes.example", story.LeftAloneAsync),
                ("buero@hotel.example", story.LostAsync),
                ("hello@bakery.example", to => story.CompletedAsync(to, "anzeigen@bakery.example")),
                ("info@garage.example", story.OpenedAsync),
                ("office@flowers.example", story.SentAsync),
            ];
            var told = brokenOffBefore is { } before ? await story.ResumeAsync([.. parts.Select(p => p.To)], before) : [];
            foreach (var (to, tell) in parts.Where(p => !told.Contains(p.To))) await tell(to);
            await story.CampaignAsync("hello@bakery.example");
            await story.DraftAsync();
            state.Change(s => s.IsDemoUnfinished = false);
        }
        catch (Exception exception)
        {
            LogFailed(exception); // the portal works without demo requests
        }
    }

    /// <summary>The portal's own services a second time, with a clock of their own.</summary>
    private ServiceProvider Services(DemoClock clock)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration).AddSingleton(server).AddSingleton<TimeProvider>(clock);
        services.AddLogging().AddLocalization().AddPortalCore().AddMails();
        services.AddSandboxAddresses();
        return services.BuildServiceProvider();
    }

    [LoggerMessage(EventId = 5201, Level = LogLevel.Error, Message = "The demo requests could not be made")]
    private partial void LogFailed(Exception exception);
}
