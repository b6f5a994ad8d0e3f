using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.App.Features.Home;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Work;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Home;

public sealed class HomePageTests : PortalContext
{
    [Fact]
    public void A_main_user_sees_the_way_to_the_first_completed_request_step_by_step()
    {
        var home = RenderFor<HomePage>(Owner);

        home.WaitForAssertion(() => Assert.Equal("First steps", home.Find("h2").TextContent));
        Assert.Equal(
            ["Connect a Facebook user: to do", "Check the platforms: done", "Show your brand: to do", "Invite a colleague: done",
                "Send a request: to do"],
            Steps(home).Select(Say));
        Assert.Contains("2 of 5 done", home.Markup, StringComparison.Ordinal);
        Assert.Equal("/settings/facebook", Link(home, "Connect").GetAttribute("href")); // the first open step has the one main button
        Assert.Equal(
            ["/settings/platforms", "/settings/white-label", "/settings/users", "/collaboration/requests/new"],
            Steps(home).SelectMany(step => step.QuerySelectorAll("strong a")).Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public void A_sub_user_sees_only_what_is_theirs_to_do()
    {
        var home = RenderFor<HomePage>(Member);

        home.WaitForAssertion(() => Assert.Equal(["Secure your sign-in: to do", "Send a request: to do"], Steps(home).Select(Say)));
        Assert.Equal("/account/two-factor", Link(home, "Set up").GetAttribute("href"));
        Assert.DoesNotContain("/settings/", home.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_failing_is_told_to_main_users_with_where_to_look()
    {
        var request = await ARequest().For("a@bakery.example").SentAsync();
        Mail.BeforeTaking = _ => throw new EmailBusyException("550 5.4.5 Daily <b>limit</b> exceeded", TimeSpan.FromHours(1));
        await Outbox.DeliverAsync(Cancel);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            db.RestingItems.Add(new RestingItem(RoundKind.Reminder, Owner.Agency, request.Id.ToString(), Clock.Now, TimeSpan.FromDays(1)));
            await db.SaveChangesAsync(Cancel);
            await db.RestingItems.ExecuteUpdateAsync(set => set.SetProperty(i => i.Failures, RoundItems.SeenAfter), Cancel);
        }

        var home = RenderFor<HomePage>(Owner);

        home.WaitForAssertion(
            () => Assert.Contains(
                "The mail server says: 550 5.4.5 Daily <b>limit</b> exceeded", home.Find("[role=alert]").TextContent,
                StringComparison.Ordinal));
        Assert.Equal("/settings/email", Link(home, "Email settings").GetAttribute("href"));
        Assert.Equal($"/collaboration/requests/{request.Id}", Link(home, "Remind recipients of a request").GetAttribute("href"));
        var member = RenderFor<HomePage>(Member);
        member.WaitForAssertion(() => Assert.NotEmpty(Steps(member)));
        Assert.DoesNotContain("limit", member.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_first_completed_request_the_steps_give_way_to_what_needs_a_hand_without_a_reload()
    {
        var request = await ARequest().Asking(Mailchimp).For("hello@bakery.example").SentAsync();
        Assert.Null(await Links.OpenAsync((await ARequest().For("slow@bakery.example").SentAsync()).Token, null, Cancel));
        Clock.Advance(TimeSpan.FromDays(2));
        var home = RenderFor<HomePage>(Owner);
        home.WaitForAssertion(() => Assert.NotEmpty(Steps(home)));
        // it is no secret before
        Assert.Contains("Client: opened the link and has not finished.", home.Find("#hands").TextContent, StringComparison.Ordinal);
        var client = await AParticipant(request);
        await AnAccount(client, Mailchimp);

        Assert.Null(await Wizard.CompleteAsync(client, Cancel));

        home.WaitForAssertion(() => Assert.Empty(Steps(home)));
        Assert.Equal("1", Link(home, "Pending").QuerySelector("strong")!.TextContent);
        Assert.Contains("slow@bakery.example", home.Find("#hands").TextContent, StringComparison.Ordinal);
        Assert.Equal("/#hands", Link(home, "Needs a hand").GetAttribute("href"));
        var latest = home.FindAll("section[aria-labelledby=latest-title] li");
        Assert.Equal(["slow@bakery.example", "hello@bakery.example"], latest.Select(line => line.QuerySelector("a")!.TextContent));
        Assert.Equal(["Pending", "Connected"], latest.Select(line => line.QuerySelector(".state-chip")!.TextContent));
        Assert.Equal("/collaboration/requests/new", Link(home, "Request onboarding").GetAttribute("href"));
    }

    [Fact]
    public async Task A_Facebook_user_who_must_sign_in_again_is_the_first_thing_said()
    {
        await RequestBuilder.AFacebookUserAsync(Portal, Owner);
        await using (var db = Portal.Contexts.Create(Owner.Agency))
        {
            await db.FacebookUsers.ExecuteUpdateAsync(set => set.SetProperty(u => u.Failure, PlatformFailureKind.AuthExpired), Cancel);
        }

        var home = RenderFor<HomePage>(Member);

        home.WaitForAssertion(
            () => Assert.Contains(
                "One Facebook user must sign in again.", home.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("/settings/facebook", home.Find("[role=alert] a").GetAttribute("href"));
    }

    [Fact]
    public async Task Another_agencys_requests_are_not_shown()
    {
        await ARequest().By(Stranger).For("secret@harbour.example").SentAsync();

        var home = RenderFor<HomePage>(Owner);

        home.WaitForAssertion(() => Assert.NotEmpty(Steps(home)));
        Assert.DoesNotContain("harbour", home.Markup, StringComparison.OrdinalIgnoreCase);
    }

    private static IReadOnlyList<IElement> Steps(IRenderedComponent<HomePage> home) =>
        home.FindAll("section[aria-labelledby=steps-title] li");

    /// <summary>A step's name and state, as a screen reader says them.</summary>
    private static string Say(IElement step)
    {
        var state = step.QuerySelector(".visually-hidden")!.TextContent;
        return $"{step.QuerySelector("strong")!.TextContent.Replace(state, "", StringComparison.Ordinal).Trim()}: {state}";
    }
}
