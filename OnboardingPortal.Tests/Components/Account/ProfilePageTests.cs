using Bunit;
using OnboardingPortal.App.Features.Account;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Account;

/// <summary>What a live page makes of the answers to what it posts, since only they can renew the session's cookie.</summary>
public sealed class ProfilePageTests : PortalContext
{
    protected override void Register(IServiceCollection services) => services.AddPortalIdentity();

    [Fact]
    public async Task What_is_refused_stands_at_its_field_and_what_was_typed_stays()
    {
        Answer(new AccountAnswer { Status = 200, Problems = { ["Current"] = "This is not your password." } });
        var page = RenderFor<ProfilePage>(Member);

        await ChangePasswordAsync(page);

        page.WaitForAssertion(() => Assert.Equal("true", Field(page, "Current").GetAttribute("aria-invalid")));
        Assert.Contains(
            "This is not your password.", page.Find($"[id='{Field(page, "Current").GetAttribute("aria-describedby")}']").TextContent,
            StringComparison.Ordinal);
        Assert.Equal("the next password", Field(page, "Next").GetAttribute("value"));
        Assert.Equal("http://localhost/", Navigation.Uri);
    }

    [Theory]
    [InlineData(0, "This could not be sent. Check your connection")]
    [InlineData(429, "Too many attempts came from your network")]
    [InlineData(400, "The page may have been open for too long.")]
    public async Task What_was_not_answered_is_told_and_can_be_sent_again(int status, string words)
    {
        var posts = Answer(new AccountAnswer { Status = status });
        var page = RenderFor<ProfilePage>(Member);

        await ChangePasswordAsync(page);
        page.WaitForAssertion(() => Assert.StartsWith(words, Get<NoticeBoard>().Shown?.Words, StringComparison.Ordinal));
        await page.Find("form:has([name=Current])").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(2, posts.Invocations.Count));
        Assert.Equal("http://localhost/", Navigation.Uri);
    }

    [Fact]
    public async Task After_a_change_the_page_is_loaded_anew_for_what_the_cookie_says_now()
    {
        var posts = Answer(new AccountAnswer { Status = 200, Next = "/account/profile?told=PasswordSaved" });
        var page = RenderFor<ProfilePage>(Member);

        await ChangePasswordAsync(page);

        page.WaitForAssertion(() => Assert.EndsWith("?told=PasswordSaved", Navigation.Uri, StringComparison.Ordinal));
        Assert.True(Assert.Single(History).Options.ForceLoad);
        var sent = Assert.IsType<Dictionary<string, string?>>(Assert.Single(posts.Invocations).Arguments[1]);
        Assert.Equal(("the password", "the next password"), (sent["current"], sent["next"]));
    }

    [Fact]
    public async Task A_name_that_breaks_the_rules_is_not_even_sent()
    {
        var posts = Answer(new AccountAnswer { Status = 200 });
        var page = RenderFor<ProfilePage>(Member);

        await page.WaitForElement("[name=Name]").ChangeAsync(new() { Value = " " });
        await page.Find("form:has([name=Name])").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("true", Field(page, "Name").GetAttribute("aria-invalid")));
        Assert.Empty(posts.Invocations);
    }

    private static async Task ChangePasswordAsync(IRenderedComponent<ProfilePage> page)
    {
        await page.WaitForElement("[name=Current]").ChangeAsync(new() { Value = "the password" });
        await Field(page, "Next").ChangeAsync(new() { Value = "the next password" });
        await page.Find("form:has([name=Current])").SubmitAsync();
    }

    private static AngleSharp.Dom.IElement Field(IRenderedComponent<ProfilePage> page, string name) => page.Find($"input[name={name}]");

    private JSRuntimeInvocationHandler<AccountAnswer> Answer(AccountAnswer answer)
    {
        var post = Script.SetupModule("/account.js").Setup<AccountAnswer>("post", _ => true);
        post.SetResult(answer);
        return post;
    }
}
