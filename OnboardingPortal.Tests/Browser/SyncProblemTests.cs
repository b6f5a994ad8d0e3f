using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OnboardingPortal.App.Features.DataSync;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// The page of a sync in each named failure, by runs that are stored: <c>SyncFailureTests</c> has the engine fail. What happened, who acts
/// and a button stand on it, in both languages, for everybody.
/// </summary>
[Collection(Platforms)]
public sealed class SyncProblemTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Client = "hello@bakery.example"; // of the demo: shared ad accounts, connected Mailchimp, and is done

    private static readonly ResourceManager Resources = new(typeof(SyncText).FullName!, typeof(SyncText).Assembly);

    [Theory]
    [InlineData("en", 1280, ColorScheme.Light)]
    [InlineData("de", 360, ColorScheme.Dark)]
    public async Task Each_failure_has_a_page_with_its_sentence_who_acts_and_a_button(string language, int width, ColorScheme scheme)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        await using var node = new SecondNode(Fixture.Portal);
        var syncs = await StoreAsync(node);
        var page = await Fixture.OpenAsync(language, width, scheme);
        await new AgencyUser(page, new Words(language), Fixture.Portal).SignInAsync();
        await page.GotoAsync("/data-sync");
        await page.LiveAsync();
        await AccessibilityTests.CheckAsync(page, "many syncs with problems");
        foreach (var (problem, id) in syncs)
        {
            var card = await OpenAsync(page, id, Text($"Problem{problem}"));
            await Expect(card).ToContainTextAsync(Text($"Hand{SyncCures.Of(problem).Hand}"));
            await Expect(card.GetByRole(AriaRole.Button).First).ToHaveTextAsync(ButtonOf(problem));
            await AccessibilityTests.CheckAsync(page, problem.ToString());
        }

        if (language == "en") await PressAsync(page, syncs, Text);
        await ForgetAsync(node, syncs.Values);

        string Text(string key) => string.Format(culture, Resources.GetString(key, culture)!, "Mailchimp");

        string ButtonOf(SyncProblem problem) => SyncCures.Of(problem).Remedy is var remedy && remedy == SyncRemedy.SendReconnectLink
            ? Text("RemedySendNewRequest") // its request is completed
            : Text($"Remedy{remedy}");
    }

    /// <summary>Each button leads to where the problem can be mended.</summary>
    private static async Task PressAsync(IPage page, SortedDictionary<SyncProblem, AudienceSyncId> syncs, Func<string, string> text)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        foreach (var (problem, place) in new[]
        {
            (SyncProblem.SourceSignInOver, "/collaboration/requests/new$"), (SyncProblem.FacebookSignInOver, "/settings/facebook$"),
            (SyncProblem.AudienceGone, @"/data-sync/new\?account="),
        })
        {
            await PressAsync(problem);
            await Expect(page).ToHaveURLAsync(new Regex(place));
        }

        foreach (var problem in new[] { SyncProblem.ColumnGone, SyncProblem.AudienceFlagged })
        {
            await PressAsync(problem);
            await Expect(dialog).ToBeVisibleAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
            await Expect(dialog).ToHaveCountAsync(0);
        }

        await PressAsync(SyncProblem.AudienceBeyondRepair);
        await Expect(dialog.GetByRole(AriaRole.Radio, new() { Name = text("DeleteAudience") })).ToBeCheckedAsync();

        async Task PressAsync(SyncProblem problem) =>
            await (await OpenAsync(page, syncs[problem], text($"Problem{problem}"))).GetByRole(AriaRole.Button).First.ClickAsync();
    }

    /// <summary>Goes to a sync's page as a link within the portal does.</summary>
    private static async Task<ILocator> OpenAsync(IPage page, AudienceSyncId id, string sentence)
    {
        await page.EvaluateAsync("path => Blazor.navigateTo(path)", $"/data-sync/{id}");
        var card = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = sentence });
        await Expect(card).ToBeVisibleAsync();
        return card;
    }

    /// <summary>A sync for each failure, which waits until somebody presses something.</summary>
    private static async Task<SortedDictionary<SyncProblem, AudienceSyncId>> StoreAsync(SecondNode node)
    {
        var (clock, now) = (TimeProvider.System, TimeProvider.System.GetUtcNow());
        var owner = await node.UserAsync("owner@demo.test", Cancel);
        await using var db = node.Get<PortalDbContextFactory>().Create(owner.Agency);
        var request = await db.Requests.Where(r => r.FirstRecipient == Client).Select(r => r.Id).SingleAsync(Cancel);
        var account = await db.Connections.Where(c => c.RequestId == request && c.Platform == MailchimpDefaults.Key)
            .Select(c => c.Id).SingleAsync(Cancel);
        var adAccount = await db.Assets.Where(a => a.Kind == AssetKind.AdAccount && a.Name == "Blue Bakery – EU")
            .Where(a => db.Connections.Any(c => c.Id == a.ConnectionId && c.RequestId == request)).FirstAsync(Cancel);
        var pair = new SyncPair(request, MailchimpDefaults.Key, request, adAccount.ExternalId);
        var syncs = new SortedDictionary<SyncProblem, AudienceSyncId>();
        foreach (var problem in Enum.GetValues<SyncProblem>())
        {
            var terms = new SyncTerms(
                account, "list", "Newsletter of the whole Blue Bakery", null, adAccount.Id, null, $"Contacts {(int)problem}",
                [new("email_address", "Email Address", MatchKey.Email)], "DE", "Consent in the newsletter form", true, SyncInterval.Daily);
            var sync = new AudienceSync(AudienceSyncId.New(clock), owner, terms, pair, terms.AudienceName!, [0], now);
            var run = new SyncRun(SyncRunId.New(clock), owner.Agency, sync.Id, SyncRunKind.Run, null, now);
            db.AddRange(sync, run);
            db.Entry(sync).CurrentValues.SetValues(new
            {
                State = SyncState.Waiting,
                Problem = problem,
                ProblemSince = now,
                ProblemDetail = problem is SyncProblem.ColumnGone or SyncProblem.HeaderRenamed ? "Email Address" : null,
            });
            db.Entry(run).CurrentValues.SetValues(new { State = SyncRunState.Failed, EndedAt = now, Problem = problem });
            syncs[problem] = sync.Id;
        }

        await db.SaveChangesAsync(Cancel);
        return syncs;
    }

    private static async Task ForgetAsync(SecondNode node, IEnumerable<AudienceSyncId> syncs)
    {
        await using var db = node.Get<PortalDbContextFactory>().CreateForSystem();
        await db.AudienceSyncs.IgnoreQueryFilters().Where(s => syncs.Contains(s.Id)).ExecuteDeleteAsync(Cancel);
    }
}
