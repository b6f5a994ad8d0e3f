using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Mailchimp;

namespace OnboardingPortal.Tests.Components.DataSync;

/// <summary>Syncs as the pages are given them.</summary>
internal static class SyncSamples
{
    public static readonly DateTimeOffset At = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    public static SyncCounts Counts => new(
        5122, 5122, 5091, 3, 4870, 212, 9, 0, null,
        new Dictionary<SkipReason, long> { [SkipReason.NobodyToFind] = 28, [SkipReason.NoPhone] = 40 });

    public static SyncRunLine Plan => new(
        SyncRunId.From(7), SyncRunKind.Plan, SyncRunState.Done, At, At.AddMinutes(1), Counts, null, null, 2, new string('a', 64), null,
        "Member")
    {
        Takes = TimeSpan.FromSeconds(50),
    };

    public static SyncRunLine Running => new(
        SyncRunId.From(8), SyncRunKind.Run, SyncRunState.Running, At, null, Counts with { Expected = 48000, Read = 12000 }, null, null, 1,
        null, At.AddMinutes(3), null);

    public static SyncLine Line(SyncProblem? problem = null, SyncState state = SyncState.Active, SyncRunLine? running = null) => new(
        AudienceSyncId.From(5), "hello@bakery.example", MailchimpDefaults.Key, "Newsletter", "Blue Bakery – EU", "Contacts", state, problem,
        SyncInterval.Daily, At.AddDays(1), At, 4870, running);

    public static SyncView View(SyncProblem? problem = null, SyncState state = SyncState.Active) => new(
        Line(problem, state), [new("EMAIL", "Email Address", MatchKey.Email)], "DE", "Consent in the newsletter form", "Member", At,
        problem is null ? null : At, null, Plan, [Plan]);

    public static MappingProposal Proposal => new(
        [new("EMAIL", "Email Address", MatchKey.Email), new("FNAME", "First Name", MatchKey.FirstName)],
        [new("EMAIL", "Email Address"), new("FNAME", "First Name"), new("PHONE", "Phone")],
        [["j•••@e•••.test", "J•••", "+49 •••"], ["m•••@e•••.test", "M•••", ""]], 4870, "DE");
}
