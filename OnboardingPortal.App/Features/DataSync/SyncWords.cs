using System.Globalization;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Salesforce;

namespace OnboardingPortal.App.Features.DataSync;

/// <summary>Words that several parts of data sync use, in the reader's language.</summary>
public static class SyncWords
{
    /// <summary>Reasons that leave out a person; the others leave out a single value.</summary>
    private static readonly SkipReason[] OfPeople = [SkipReason.NobodyToFind, SkipReason.Duplicate];

    /// <summary>A number as the reader writes it.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>How many people a plan or a run leaves out.</summary>
    public static long LeftOut(SyncCounts counts) => counts.OptedOut + OfPeople.Sum(reason => counts.Skipped.GetValueOrDefault(reason));

    /// <summary>The colour of a state: what needs somebody stands out.</summary>
    public static Color LookOf(SyncLine line) => line switch
    {
        { Running: not null } => Color.Info,
        { Problem: not null, State: SyncState.Waiting } => Color.Error,
        { Problem: not null } => Color.Warning,
        { State: SyncState.Active } => Color.Success,
        _ => Color.Default,
    };

    /// <summary>The colour of how far a run is.</summary>
    public static Color LookOf(SyncRunState state) => state switch
    {
        SyncRunState.Done => Color.Success,
        SyncRunState.Failed => Color.Error,
        SyncRunState.Cancelled => Color.Warning,
        SyncRunState.Running => Color.Info,
        _ => Color.Default,
    };

    extension(IStringLocalizer<SyncText> text)
    {
        /// <summary>How a sync is, in a word or two.</summary>
        public string StateOf(SyncLine line) => line switch
        {
            { Running.State: SyncRunState.Waiting } => text["StateQueued"],
            { Running.Kind: SyncRunKind.Plan } => text["StatePlanning"],
            { Running: not null } => text["StateRunning"],
            { State: SyncState.New, Problem: not null } => text["StateWaiting"],
            _ => text[$"State{line.State}"],
        };

        /// <summary>What a plan would do, or a run has done so far.</summary>
        public string Summary(SyncRunLine run) => text[
            run.Kind == SyncRunKind.Plan ? "PlanSummary" : "RunSummary", Number(run.Counts.Added), Number(run.Counts.Removed),
            Number(LeftOut(run.Counts)), Number(run.Counts.Unchanged)];

        /// <summary>Whom a plan or a run leaves out, most first; empty when nobody.</summary>
        public IReadOnlyList<string> PeopleLeftOut(SyncCounts counts)
        {
            var reasons = OfPeople.Select(reason => (Count: counts.Skipped.GetValueOrDefault(reason), Key: $"Skip{reason}"))
                .Append((counts.OptedOut, "SkipOptedOut"));
            return text.Listed(reasons);
        }

        /// <summary>Which values of people who are sent are left out, most first; empty when none.</summary>
        public IReadOnlyList<string> ValuesLeftOut(SyncCounts counts) =>
            text.Listed(counts.Skipped.Where(s => !OfPeople.Contains(s.Key)).Select(s => (s.Value, $"Skip{s.Key}")));

        /// <summary>About how long, never less than a minute; for an end that is over by now too.</summary>
        public string Roughly(TimeSpan time)
        {
            var minutes = Math.Max(1, (long)Math.Ceiling(time.TotalMinutes));
            return minutes switch
            {
                1 => text["AboutOneMinute"],
                < 90 => text["AboutMinutes", minutes],
                _ => text["AboutHours", (minutes + 30) / 60],
            };
        }

        /// <summary>A name for a new audience that says nothing of the people, and that none of these is.</summary>
        public string ProposedName(string platform, IEnumerable<string> taken) =>
            SensitiveNames.Propose(text["NeutralName", platform], taken);

        /// <summary>How a condition compares, in the words between field and value.</summary>
        public string Comparison(SalesforceComparison comparison, bool isDay)
        {
            var isOrder = comparison is SalesforceComparison.MoreThan or SalesforceComparison.LessThan;
            return text[$"Compare{comparison}{(isDay && isOrder ? "Day" : "")}"];
        }

        /// <summary>A condition as a sentence.</summary>
        public string Sentence(SalesforceCondition condition)
        {
            var (name, value) = (condition.Name ?? condition.Field, condition.Value.Trim());
            if (value.Length == 0) return text[condition.Comparison == SalesforceComparison.Is ? "IsEmpty" : "IsNotEmpty", name];
            var isDay = DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            var shown = isDay ? day.ToString("d", CultureInfo.CurrentCulture)
                : value is "true" or "false" ? text[value == "true" ? "Yes" : "No"].Value
                : value;
            return text["Condition", name, text.Comparison(condition.Comparison, isDay), shown];
        }

        private IReadOnlyList<string> Listed(IEnumerable<(long Count, string Key)> reasons) =>
            [.. reasons.Where(r => r.Count > 0).OrderByDescending(r => r.Count).Select(r => text[r.Key, Number(r.Count)].Value)];
    }
}
