using System.Globalization;
using Bunit;
using OnboardingPortal.App.Features.DataSync;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Tests.Support;
using static OnboardingPortal.Tests.Components.DataSync.SyncSamples;

namespace OnboardingPortal.Tests.Components.DataSync;

/// <summary>The parts of the pages of data sync.</summary>
public sealed class SyncPartsTests : PortalContext
{
    [Theory]
    [MemberData(nameof(Problems))]
    public async Task A_problem_says_what_happened_who_acts_and_has_the_button_for_it(SyncProblem problem)
    {
        SyncRemedy? pressed = null;
        foreach (var language in new[] { "en", "de" })
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var card = RenderFor<SyncProblemCard>(Member, p => p
                .Add(c => c.View, View(problem, SyncState.Waiting)).Add(c => c.Problem, problem)
                .Add(c => c.OnCure, remedy => pressed = remedy));

            Assert.DoesNotContain("{", card.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain($"Problem{problem}", card.Markup, StringComparison.Ordinal);
            await card.FindAll("button")[0].ClickAsync();
            Assert.Equal(SyncCures.Of(problem).Remedy, pressed);
            var note = card.FindAll("[data-copy]");
            Assert.Equal(SyncCures.Of(problem).Hand == SyncHand.Client ? 1 : 0, note.Count);
        }
    }

    public static TheoryData<SyncProblem> Problems => [.. Enum.GetValues<SyncProblem>()];

    [Fact]
    public void A_client_whose_request_is_completed_is_asked_by_a_new_one()
    {
        var card = RenderFor<SyncProblemCard>(Member, p => p
            .Add(c => c.View, View(SyncProblem.SourceSignInOver, SyncState.Waiting) with { IsRequestOver = true })
            .Add(c => c.Problem, SyncProblem.SourceSignInOver));

        Button(card, "Send a new request");
        Assert.Contains("by a new request for Mailchimp that you send to hello@bakery.example", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_waits_says_for_what_and_that_nobody_has_to_act()
    {
        var card = RenderFor<RunningCard>(Member, p => p
            .Add(c => c.Run, Running).Add(c => c.Now, At).Add(c => c.PlatformName, "Mailchimp")
            .Add(c => c.Problem, SyncProblem.SourceTrouble));

        var told = card.Find("[role=status]").TextContent;
        Assert.Contains("Nobody has to act: The portal tries again by itself.", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_tells_what_would_be_done_and_what_it_costs_before_it_can_be_run()
    {
        var card = RenderFor<PlanCard>(Member, p => p.Add(c => c.Plan, Plan).Add(c => c.IsFirst, true));

        Assert.Equal(
            ["to add 212", "to remove 9", "left out 31", "unchanged 4,870"],
            card.FindAll("dl > div").Select(f => $"{f.QuerySelector("dt")!.TextContent} {f.QuerySelector("dd")!.TextContent}"));
        Assert.Contains("People left out: 28 without anything to be found by, 3 opted out", card.Markup, StringComparison.Ordinal);
        Assert.Contains("It costs 2 calls.", card.Markup, StringComparison.Ordinal);
        Assert.Contains("It takes about a minute.", card.Markup, StringComparison.Ordinal);
        Button(card, "Run now");
        Button(card, "Plan again");
    }

    [Fact]
    public void Without_a_plan_the_first_run_cannot_be_started()
    {
        var card = RenderFor<PlanCard>(Member, p => p.Add(c => c.Plan, null).Add(c => c.IsFirst, true));

        Assert.Empty(Buttons(card, "Run now"));
        Button(card, "Make a plan");
    }

    [Fact]
    public void A_run_under_way_shows_rows_and_the_time_that_is_left()
    {
        var card = RenderFor<RunningCard>(
            Member, p => p.Add(c => c.Run, Running).Add(c => c.Now, At).Add(c => c.PlatformName, "Mailchimp"));

        Assert.Equal("12,000 of 48,000 people read", card.Find("[role=progressbar]").GetAttribute("aria-valuetext"));
        Assert.Contains("about 3 minutes left", card.Markup, StringComparison.Ordinal);
        Button(card, "Cancel");
    }

    [Fact]
    public void The_history_tells_each_run_with_its_figures_and_why_it_failed()
    {
        var failed = Plan with
        {
            Id = SyncRunId.From(6),
            Kind = SyncRunKind.Run,
            State = SyncRunState.Failed,
            Problem = SyncProblem.HeaderRenamed,
            ProblemDetail = "<b>Mail</b>",
            By = null,
            Counts = Counts with { Matched = 3000 },
        };
        var table = RenderFor<RunTable>(Member, p => p.Add(t => t.Runs, [Plan, failed]).Add(t => t.PlatformName, "Google Sheets"));

        var rows = table.FindAll("tbody tr");
        Assert.Equal(["5,122", "5,091", "31", "212", "9", "0", "–"], rows[0].QuerySelectorAll("td").Select(c => c.TextContent));
        Assert.Equal("3,000", rows[1].QuerySelectorAll("td")[^1].TextContent);
        Assert.Contains("A column of the sheet has another header", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("(<b>Mail</b>)", rows[1].TextContent, StringComparison.Ordinal); // only text
        Assert.Contains("by its schedule", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "Single values left out: telephone numbers without a country or not valid: 40", rows[0].QuerySelector("details")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_chosen_by_lists_of_the_fields_and_shown_with_masked_people()
    {
        IReadOnlyList<SyncColumn> columns = Proposal.Columns;
        var fields = RenderFor<MappingFields>(Member, p => p
            .Add(f => f.Proposal, Proposal).Add(f => f.Columns, columns).Add(f => f.Country, "DE")
            .Add(f => f.OnColumns, chosen => columns = chosen));

        Assert.Equal(["Email address", "First name"], fields.FindAll("thead th").Select(h => h.TextContent));
        Assert.Equal(["j•••@e•••.test", "J•••"], fields.FindAll("tbody tr")[0].QuerySelectorAll("td").Select(c => c.TextContent));
        await fields.Find("#column-Phone").ChangeAsync("PHONE");
        Assert.Contains(new SyncColumn("PHONE", "Phone", MatchKey.Phone), columns);
        await fields.Find("#column-FirstName").ChangeAsync("");
        Assert.DoesNotContain(columns, c => c.Key == MatchKey.FirstName);
        Assert.Empty(fields.FindAll("#column-City"));
        await Button(fields, "More fields").ClickAsync();
        Assert.NotEmpty(fields.FindAll("#column-City"));
    }
}
