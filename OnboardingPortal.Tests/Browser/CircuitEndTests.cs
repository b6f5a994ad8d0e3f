using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// Two browsers: what somebody does in one ends the live page in the other, within a second of the moment from which the session counts as
/// ended.
/// </summary>
[Collection(OfTheAgency)]
public sealed partial class CircuitEndTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Member = "member@demo.test";
    private const string Password = "Demo-Member-1!";

    /// <summary>Notes when the first of the page's sockets was closed; the note outlives the way to the sign-in page.</summary>
    private const string NoteTheEnd = """
        window.WebSocket = class extends WebSocket {
          constructor(...all) {
            super(...all);
            this.addEventListener('close', () => sessionStorage.ended ??= Date.now());
          }
        };
        """;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Words English = new("en");

    [Fact]
    public async Task A_changed_role_disabling_and_signing_out_end_the_users_circuits_within_a_second()
    {
        var owner = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await owner.SignInAsync();
        await owner.Page.GotoAsync("/settings/users");

        await EndsAsync(() => ActAsync(owner.Page, "Make main user", "{0} is a main user now and signs in anew."));
        await EndsAsync(() => ActAsync(owner.Page, "Make sub-user", "{0} is a sub-user now and signs in anew."));
        await EndsAsync(() => ActAsync(owner.Page, "Disable", "{0} is disabled and signed out everywhere."));
        await ActAsync(owner.Page, "Enable", "{0} can sign in again.");

        await EndsAsync(async () =>
        {
            var elsewhere = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
            await elsewhere.SignInAsync(Member, Password);
            await elsewhere.Page.GotoAsync("/account/sessions");
            await elsewhere.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
            await Expect(elsewhere.Page).ToHaveURLAsync(SignInPage());
        });
    }

    /// <summary>Opens a live page, lets something happen elsewhere, and sees the page end in time and lead to the sign-in.</summary>
    private async Task EndsAsync(Func<Task> elsewhere)
    {
        var user = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await user.SignInAsync(Member, Password);
        await user.Page.AddInitScriptAsync(NoteTheEnd);
        await user.Page.GotoAsync("/collaboration/requests");
        await Expect(user.Page.GetByRole(AriaRole.Table)).ToBeVisibleAsync(); // with its circuit

        await elsewhere();

        await Expect(user.Page).ToHaveURLAsync(SignInPage()); // by itself
        var closed = DateTimeOffset.FromUnixTimeMilliseconds(await user.Page.EvaluateAsync<long>("() => Number(sessionStorage.ended)"));
        // the browser's clock counts whole milliseconds
        Assert.InRange(closed - await EndOfLastSessionAsync(), TimeSpan.FromMilliseconds(-2), Second);
        await user.Page.Context.CloseAsync();
    }

    private async Task<DateTimeOffset> EndOfLastSessionAsync()
    {
        await using var node = new SecondNode(Fixture.Portal);
        await using var db = node.Get<PortalDbContextFactory>().CreateForSystem();
        var member = AgencyUserId.From(await db.Users.Where(u => u.Email == Member).Select(u => u.Id).SingleAsync(Cancel));
        return (await db.UserSessions.IgnoreQueryFilters().Where(s => s.UserId == member).MaxAsync(s => s.EndedAt, Cancel))!.Value;
    }

    private static async Task ActAsync(IPage page, string action, string outcome)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {Member}" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = action, Exact = true }).ClickAsync();
        await Expect(page.GetByText(English[outcome, "Demo member"])).ToBeVisibleAsync();
    }

    [GeneratedRegex("/account/login")]
    private static partial Regex SignInPage();
}
