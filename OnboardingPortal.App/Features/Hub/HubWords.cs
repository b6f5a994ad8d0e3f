using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Hub;

/// <summary>What the Hub knows, as words.</summary>
public sealed class HubWords(IStringLocalizer<HubText> text, IStringLocalizer<RequestsText> requests, PlatformCatalog platforms)
{
    /// <summary>Whose hand is needed.</summary>
    public string HandOf(PendingTask need) => text[$"Hand{need.Hand}", NameOf(need.Platform)];

    /// <summary>What for; plain text, to be encoded.</summary>
    public string For(PendingTask need)
    {
        var platform = NameOf(need.Platform);
        var why = need.Failure is { } failure ? requests[$"Why{failure}", platform].Value : "";
        return text[$"Need{need.Reason}", need.Subject, platform, why].Value.Trim();
    }

    /// <summary>A duration in the one unit that says it best.</summary>
    public string For(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => text["LessThanAMinute"],
        { TotalMinutes: < 60 } => text["Minutes", Whole(time.TotalMinutes)],
        { TotalHours: < 1.5 } => text["OneHour"],
        { TotalHours: < 36 } => text["Hours", Whole(time.TotalHours)],
        _ => text["Days", Whole(Math.Max(2, time.TotalDays))],
    };

    private static string Whole(double number) =>
        Math.Round(number, MidpointRounding.AwayFromZero).ToString("N0", CultureInfo.CurrentCulture);

    private string NameOf(PlatformKey? platform) => platform is { } key ? platforms.NameOf(key) : "";
}
