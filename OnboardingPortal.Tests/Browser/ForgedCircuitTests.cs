using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnboardingPortal.Core.Platforms.Mailchimp;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// A sub-user opens a circuit with the very document that a main user's page was given: its components are genuine, only the person is not.
/// What they are shown and what they press counts as theirs.
/// </summary>
[Collection(OfTheAgency)]
public sealed class ForgedCircuitTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    /// <summary>
    /// Lets a test take the bytes of a call to the hub, which then does not go out, and put those that another browser took in the place of
    /// its own.
    /// </summary>
    private const string Wire = """
        const send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (data) {
          const bytes = typeof data === 'string' ? '' : String.fromCharCode(...new Uint8Array(data.buffer ? data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) : data));
          if (window.call && bytes.includes(window.call)) {
            if (!window.forged) { window.taken = btoa(bytes); return; }
            data = Uint8Array.from(atob(window.forged), byte => byte.charCodeAt(0));
          }
          send.call(this, data);
        };
        """;

    private static readonly Words English = new("en");

    [Fact]
    public async Task A_main_users_pages_in_a_sub_users_circuit_tell_nothing_and_change_nothing()
    {
        var owner = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await owner.SignInAsync();
        var member = new AgencyUser(await Fixture.OpenAsync(), English, Fixture.Portal);
        await member.SignInAsync("member@demo.test", "Demo-Member-1!");
        var page = member.Page;

        // The circuit judges the page by its own user, whatever document it was opened with, and asks the server, which sends the user
        // away.
        foreach (var path in new[]
        {
            "/settings/audit", "/settings/platforms", "/settings/users", "/settings/templates", "/collaboration/settings"
        })
        {
            await OpenAsync(path);
            await Expect(page).ToHaveURLAsync(new Regex("/account/denied"));
        }

        await using var node = new SecondNode(Fixture.Portal);
        var templates = await node.Get<RequestTemplates>().ListAsync(await node.UserAsync("owner@demo.test", Cancel), Cancel);
        Assert.DoesNotContain(templates, t => t.Name == "Mine");

        async Task OpenAsync(string path)
        {
            var genuine = await owner.Page.APIRequest.GetAsync(path);
            Assert.Equal(200, genuine.Status);
            var html = await genuine.TextAsync();
            await page.RouteAsync(
                $"**{path}", route => route.FulfillAsync(new() { Status = 200, ContentType = "text/html; charset=utf-8", Body = html }),
                new() { Times = 1 });
            await page.GotoAsync(path);
        }
    }

    /// <summary>Somebody who can read a main user's browser takes what it would go on with, and goes on with it in their own.</summary>
    [Theory]
    [InlineData("ResumeCircuit")]
    [InlineData("ConnectCircuit")]
    public async Task A_circuit_that_is_taken_over_with_another_users_cookie_is_refused_and_loads_as_the_page_of_that_user(string call)
    {
        var owner = await OpenAsync("owner@demo.test", "Demo-Owner-1!", "/settings/users");
        await Expect(owner.GetByText("member@demo.test").First).ToBeVisibleAsync();
        await GoOnAsync(owner, call);
        var taken = await (await owner.WaitForFunctionAsync("() => window.taken")).JsonValueAsync<string>();

        var member = await OpenAsync("member@demo.test", "Demo-Member-1!", "/settings/facebook");
        await member.EvaluateAsync("forged => { window.fromBefore = true; window.forged = forged; }", taken);
        await GoOnAsync(member, call);
        await member.WaitForFunctionAsync("() => !window.fromBefore && document.readyState === 'complete'");

        await Expect(member.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(member.GetByText("member@demo.test")).ToHaveCountAsync(0);
        await Expect(member.GetByRole(AriaRole.Heading, new() { Name = "Users", Level = 1 })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_users_circuit_is_not_given_to_a_browser_that_only_takes_part_in_a_request()
    {
        var owner = await OpenAsync("owner@demo.test", "Demo-Owner-1!", "/settings/users");
        await Expect(owner.GetByText("member@demo.test").First).ToBeVisibleAsync();
        await GoOnAsync(owner, "ConnectCircuit");
        var taken = await (await owner.WaitForFunctionAsync("() => window.taken")).JsonValueAsync<string>();
        await using var node = new SecondNode(Fixture.Portal);
        var (_, link) = await node.ARequestAsync(Cancel, MailchimpDefaults.Key);
        var client = new Client(await Fixture.OpenAsync(), English);
        await client.Page.AddInitScriptAsync(Wire);
        await client.OpenAsync(link);
        await client.Page.LiveAsync();

        await client.Page.EvaluateAsync("forged => { window.fromBefore = true; window.forged = forged; }", taken);
        await GoOnAsync(client.Page, "ConnectCircuit");
        await client.Page.WaitForFunctionAsync("() => !window.fromBefore && document.readyState === 'complete'");

        await Expect(client.Page.GetByRole(AriaRole.Button, new() { Name = "Add Mailchimp" })).ToBeVisibleAsync();
        await Expect(client.Page.GetByText("member@demo.test")).ToHaveCountAsync(0);
    }

    private async Task<IPage> OpenAsync(string email, string password, string path)
    {
        var page = await Fixture.OpenAsync();
        await new AgencyUser(page, English, Fixture.Portal).SignInAsync(email, password);
        await page.AddInitScriptAsync(Wire);
        await page.GotoAsync(path);
        await page.LiveAsync();
        return page;
    }

    private static async Task GoOnAsync(IPage page, string call)
    {
        await page.EvaluateAsync("call => { window.call = call; }", call);
        if (call == "ResumeCircuit")
            await page.EvaluateAsync(
                "async () => { await Blazor.pauseCircuit(); Blazor.resumeCircuit().then(done => done || location.reload()); }");
        else await page.EvaluateAsync("() => Blazor._internal.forceCloseConnection()");
    }
}
