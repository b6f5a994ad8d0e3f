using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Contacts;
using OnboardingPortal.Sandbox.Facebook;
using OnboardingPortal.Sandbox.Facebook.Audiences;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>
/// Every named failure of a sync is shown by a test person, an ad account or a switch of the sandbox; the engine names it, and goes on
/// once it is mended there.
/// </summary>
public sealed class SyncFailureTests(SyncFailureHost host) : IClassFixture<SyncFailureHost>
{
    private const string Works = "Works";
    private const string Mailchimp = "mailchimp";
    private const string AllWell = "All well";
    private const string Newsletter = "Newsletter";

    private static readonly Dictionary<SyncProblem, Show> Shows = new()
    {
        [SyncProblem.SourceSignInOver] = new(Mailchimp, "Access ends while read"),
        [SyncProblem.SourceRefused] = new("hubspot", "Right withdrawn") { BreaksBy = Change },
        [SyncProblem.EditionWithoutApi] = new("salesforce", "Edition changed") { BreaksBy = Change },
        [SyncProblem.ListGone] = new(Mailchimp, "List deleted while read"),
        [SyncProblem.ColumnGone] = new("googlesheets", "Column removed") { BreaksBy = Change },
        [SyncProblem.FilterFieldGone] = new("salesforce", "Column removed")
        {
            BreaksBy = Change,
            Filter = new SalesforceFilter([new SalesforceCondition("LeadSource", SalesforceComparison.Is, "Web")]).Write(),
        },
        [SyncProblem.HeaderRenamed] = new("googlesheets", "Header renamed") { BreaksBy = Change },
        [SyncProblem.NoLeadForms] = new("googleads", "Lead forms deleted") { BreaksBy = Change },
        [SyncProblem.SourceQuota] = new("hubspot", "Quota ends while read") { BreaksBy = BeginMinute, IsWaitedFor = true },
        [SyncProblem.SourceTrouble] = new(Mailchimp, AllWell) { BreaksBy = Fail, IsWaitedFor = true },
        [SyncProblem.NobodyToSend] = new(Mailchimp, "List emptied") { BreaksBy = Change },
        [SyncProblem.NobodyMeetsFilter] = new("salesforce", AllWell)
        {
            Filter = new SalesforceFilter([new SalesforceCondition("LastName", SalesforceComparison.Is, "Nobody at all")]).Write(),
        },
        [SyncProblem.AdAccountLost] = new(Mailchimp, AllWell) { BreaksBy = EndSharing },
        [SyncProblem.FacebookSignInOver] = new(Mailchimp, AllWell) { BreaksBy = EndSignIn },
        [SyncProblem.AccountDisabled] = Of("Account disabled", runs: 0),
        [SyncProblem.TermsNotAccepted] = Of("Terms not accepted", runs: 0),
        [SyncProblem.TermsOfOtherBusiness] = Of("Terms of another business"),
        [SyncProblem.BusinessToolsTerms] = Of("Business tools terms"),
        [SyncProblem.NoWriteRight] = Of("No right to write"),
        [SyncProblem.NoBusiness] = Of("No business portfolio", runs: 0),
        [SyncProblem.AudienceFlagged] = Of("Audience flagged"),
        [SyncProblem.AudienceBeyondRepair] = Of("Audience beyond repair"), // told when another name is refused
        [SyncProblem.AudienceGone] = Of("Audience deleted"),
        [SyncProblem.TooManyAudiences] = Of("500 audiences"),
        [SyncProblem.TooSmallToRemove] = Of("Too small to remove", runs: 2) with { List = "Regular customers" },
        [SyncProblem.SessionExpired] = Of("Replacement times out"),
        [SyncProblem.TooBigToReplace] = Of("Too big to replace"),
        [SyncProblem.Quota] = Of("Hourly calls used up") with { IsWaitedFor = true },
        [SyncProblem.FacebookTrouble] = Of("Bad rule"),
    };

    public static TheoryData<SyncProblem> All => [.. Enum.GetValues<SyncProblem>()];

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_shown_by_the_sandbox_named_and_over_once_it_is_mended(SyncProblem problem)
    {
        var show = Shows[problem];
        var sync = await host.ASyncAsync(problem.ToString(), show.Platform, show.Person, show.List, show.AdAccount, show.Filter);
        show.BreaksBy?.Invoke(host, sync);
        for (var run = 1; run <= show.Runs; run++)
        {
            Assert.Null((await host.RestAsync(sync.Id)).Line.Problem);
            if (run > 1) Change(host, sync);
            Assert.Null(await host.Syncs.RunAsync(host.Portal.Owner, sync.Id, Cancel));
        }

        var view = show.IsWaitedFor ? await host.RoundAsync(sync.Id) : await host.RestAsync(sync.Id);
        if (problem == SyncProblem.AudienceBeyondRepair)
        {
            var refused = await host.Syncs.RenameAudienceAsync(host.Portal.Owner, sync.Id, "Spring", Cancel);
            Assert.Equal(AudienceProblem.BeyondRepair, Assert.IsType<AudienceRefused>(refused).Problem);
            view = await host.RoundAsync(sync.Id);
        }

        Assert.Equal((problem, show.IsWaitedFor), (view.Line.Problem, view.Line.Running is not null));
        await MendAsync(problem, sync, show);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Show Of(string adAccount, int runs = 1) => new(Mailchimp, AllWell) { AdAccount = adAccount, Runs = runs };

    private static void Change(SyncFailureHost host, FailingSync sync) =>
        host.Sandbox.Get<SandboxContactLists>().Change(sync.Person.Platform, sync.Person.Key);

    /// <summary>Calls are counted by the minute: all of the reading's are in one.</summary>
    private static void BeginMinute(SyncFailureHost host, FailingSync _) =>
        host.Portal.Clock.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMinute - (host.Portal.Clock.Now.Ticks % TimeSpan.TicksPerMinute)));

    private static void Fail(SyncFailureHost host, FailingSync sync) =>
        host.Sandbox.Get<SandboxTokens>().FailNext(sync.Person.Platform, sync.Person.Key, calls: 3);

    private static void EndSharing(SyncFailureHost host, FailingSync sync) =>
        host.Sandbox.Get<FacebookSharing>().Remove(sync.AdAccount.Id, FacebookAgencyAdmin.BrightsideAgencyId);

    private static void EndSignIn(SyncFailureHost host, FailingSync _) =>
        host.Sandbox.Get<SandboxTokens>().RevokeAll(FacebookApp.Key, FacebookAgencyAdmin.Key);

    /// <summary>What is wrong at the sandbox is put right there; the sync ends well then, where it can.</summary>
    private async Task MendAsync(SyncProblem problem, FailingSync sync, Show show)
    {
        var (troubles, sharing) = (host.Sandbox.Get<AudienceTroubles>(), host.Sandbox.Get<FacebookSharing>());
        troubles.Mend(sync.AdAccount.Id, isMended: true);
        if (show.BreaksBy == Change || show.Runs > 1) Change(host, sync);
        if (problem == SyncProblem.NobodyMeetsFilter)
        {
            Assert.Null(await host.Syncs.ChangeFilterAsync(host.Portal.Owner, sync.Id, null, Cancel));
            Assert.Null((await host.RestAsync(sync.Id)).Line.Problem);
        }

        if (problem == SyncProblem.FacebookSignInOver) await host.SignInAtFacebookAsync();
        if (problem == SyncProblem.AdAccountLost)
            sharing.Confirm(sync.AdAccount, FacebookWorld.FindBusiness(FacebookAgencyAdmin.BrightsideAgencyId)!);
        if (show.IsWaitedFor) Assert.Null((await host.RestAsync(sync.Id)).Line.Problem);
        else if (problem is not (SyncProblem.SourceSignInOver or SyncProblem.ListGone)) Assert.Null((await AgainAsync()).Line.Problem);
        Assert.Null(await host.Syncs.DeleteAsync(host.Portal.Owner, sync.Id, withAudience: false, Cancel));
        troubles.Mend(sync.AdAccount.Id, isMended: false);

        async Task<SyncView> AgainAsync()
        {
            if (show.Runs == 0) return await host.PlanAsync(sync.Id);
            Assert.Null(await host.Syncs.RunAsync(host.Portal.Owner, sync.Id, Cancel));
            return await host.RestAsync(sync.Id);
        }
    }

    /// <summary>Where a failure is seen.</summary>
    /// <param name="Platform">The list's.</param>
    /// <param name="Person">Whose list it is.</param>
    private sealed record Show(string Platform, string Person)
    {
        public string List { get; init; } = Newsletter;

        public string AdAccount { get; init; } = Works;

        /// <summary>Whom of the list is taken; null = everybody.</summary>
        public string? Filter { get; init; }

        /// <summary>The switch that breaks it once the sync is there; null = it breaks by itself.</summary>
        public Action<SyncFailureHost, FailingSync>? BreaksBy { get; init; }

        /// <summary>How many runs until it shows; 0 = the first plan shows it.</summary>
        public int Runs { get; init; }

        /// <summary>Whether a run waits for its end instead of failing.</summary>
        public bool IsWaitedFor { get; init; }
    }
}
