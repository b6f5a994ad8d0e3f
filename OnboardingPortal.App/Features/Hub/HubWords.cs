using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.DataSync;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Hub;

/// <summary>What the Hub knows, as words.</summary>
public sealed class HubWords(
    IStringLocalizer<HubText> text, IStringLocalizer<RequestsText> requests, IStringLocalizer<SyncText> syncs, PlatformCatalog platforms)
{
    /// <summary>What needs a hand, newest first, at most <see cref="PendingTasks.MaxShown"/>; plain text, to be encoded.</summary>
    /// <param name="tasks">What requests need.</param>
    /// <param name="waiting">Syncs that wait for somebody.</param>
    public IReadOnlyList<NeedLine> For(IReadOnlyList<PendingTask> tasks, IReadOnlyList<SyncLine> waiting) =>
        [.. tasks.Select(Line).Concat(waiting.Select(Line)).OrderByDescending(n => n.Since).Take(PendingTasks.MaxShown)];

    /// <summary>A duration in the one unit that says it best.</summary>
    public string For(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => text["LessThanAMinute"],
        { TotalMinutes: < 60 } => text["Minutes", Whole(time.TotalMinutes)],
        { TotalHours: < 1.5 } => text["OneHour"],
        { TotalHours: < 36 } => text["Hours", Whole(time.TotalHours)],
        _ => text["Days", Whole(Math.Max(2, time.TotalDays))],
    };

    private NeedLine Line(PendingTask need)
    {
        var platform = NameOf(need.Platform);
        var why = need.Failure is { } failure ? requests[$"Why{failure}", platform].Value : "";
        return new NeedLine(
            text[$"Hand{need.Hand}", platform], text[$"Need{need.Reason}", need.Subject, platform, why].Value.Trim(),
            $"/collaboration/requests/{need.Request}", need.FirstRecipient.Length > 0 ? need.FirstRecipient : text["NoRecipient"],
            need.Since);
    }

    private NeedLine Line(SyncLine sync)
    {
        var problem = sync.Problem!.Value;
        return new NeedLine(
            text[SyncCures.Of(problem).Hand == SyncHand.Client ? "HandClient" : "HandYou"],
            text["NeedSync", sync.ListName, syncs[$"Problem{problem}", NameOf(sync.Platform)].Value], $"/data-sync/{sync.Id}",
            sync.Client, sync.ProblemSince ?? DateTimeOffset.MinValue);
    }

    private static string Whole(double number) =>
        Math.Round(number, MidpointRounding.AwayFromZero).ToString("N0", CultureInfo.CurrentCulture);

    private string NameOf(PlatformKey? platform) => platform is { } key ? platforms.NameOf(key) : "";
}
