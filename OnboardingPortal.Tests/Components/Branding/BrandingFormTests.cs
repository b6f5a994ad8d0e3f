using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Branding;

public sealed class BrandingFormTests : PortalContext
{
    private static readonly BrandingInput Set = BrandingInput.Of(null) with { CompanyName = "Blue Bakery" };

    [Fact]
    public async Task What_a_main_user_applies_is_what_clients_see()
    {
        var form = Form(Owner);
        form.FindComponent<InputFile>()
            .UploadFiles(InputFileContent.CreateFromBinary(Pictures.Png(), "logo.png", contentType: "image/png"));
        form.WaitForAssertion(() => Assert.Single(Buttons(form, "Remove logo")));
        await form.Find("[name=CompanyName]").InputAsync("Blue Bakery");
        await form.Find("[name=Colour]").InputAsync("#0f766e");
        await form.Find("[role=switch]").ChangeAsync(true);
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Equal("Saved", Told));
        var brand = await BrandAsync();
        Assert.True(brand.IsOn);
        Assert.Equal(("Blue Bakery", "#0f766e"), (brand.Name, brand.Colour.ToString()));
        Assert.Contains("/brand/" + Owner.Agency, form.Find("img[alt='The logo']").GetAttribute("src"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_follows_every_key_and_runs_nothing()
    {
        var form = Form(Owner);
        await form.Find("[name=CompanyName]").InputAsync("Blue <script>alert(1)</script>");

        form.WaitForAssertion(() => Assert.Contains("Blue &lt;script&gt;", Preview(form), StringComparison.Ordinal));
        Assert.DoesNotContain("allow-scripts", form.Find("iframe").GetAttribute("sandbox"), StringComparison.Ordinal);
        await Button(form, "E-mail").ClickAsync(new());
        form.WaitForAssertion(() => Assert.Contains("Grant Permission Now", Preview(form), StringComparison.Ordinal));
        await form.Find("[name=FooterText]").InputAsync("Main Street 1");
        form.WaitForAssertion(() => Assert.Contains("Main Street 1", Preview(form), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_colour_too_pale_is_refused_and_the_shade_that_works_is_one_press_away()
    {
        var form = Form(Owner);
        await form.Find("[name=Colour]").InputAsync("#ffcc00");
        Assert.Contains("1.5:1", form.Find("#brand-colour-note").TextContent, StringComparison.Ordinal);
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.Contains("#ffcc00", ProblemOf(form, "Colour"), StringComparison.Ordinal));

        await form.FindAll("button").Single(b => b.TextContent.Contains("nearest shade", StringComparison.Ordinal)).ClickAsync(new());
        Assert.True(BrandColour.Parse(form.Find("[name=Colour]").GetAttribute("value"))!.Value.IsReadableOn(BrandColour.White));
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.Equal("Saved", Told));
    }

    [Fact]
    public async Task A_file_that_lies_is_refused_at_its_field_and_the_switch_stays_off_without_a_logo()
    {
        var form = Form(Owner);
        form.FindComponent<InputFile>()
            .UploadFiles(InputFileContent.CreateFromText("<script>alert(1)</script>", "logo.png", contentType: "image/png"));
        form.WaitForAssertion(() => Assert.Contains("no picture", form.Find("#brand-logo-note").TextContent, StringComparison.Ordinal));
        form.FindComponent<InputFile>()
            .UploadFiles(InputFileContent.CreateFromBinary(new byte[LogoFile.MaxBytes + 1], "logo.png", contentType: "image/png"));
        form.WaitForAssertion(() => Assert.Contains("5 MB", form.Find("#brand-logo-note").TextContent, StringComparison.Ordinal));

        await form.Find("[role=switch]").ChangeAsync(true);
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(
            () => Assert.Contains("Add a logo first", form.Find("#white-label-problem").TextContent, StringComparison.Ordinal));
        Assert.False((await BrandAsync()).IsOn);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        var form = Form(Owner);
        await form.Find("[name=PrivacyUrl]").InputAsync("javascript:alert(1)");
        await form.Find("[name=ReplyTo]").InputAsync("a@b.example\r\nBcc: c@d.example");
        await form.Find("[name=PublicHost]").InputAsync("localhost");
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Equal("true", form.Find("[name=PrivacyUrl]").GetAttribute("aria-invalid")));
        Assert.All(["[name=ReplyTo]", "[name=PublicHost]"], field => Assert.Equal("true", form.Find(field).GetAttribute("aria-invalid")));
        Assert.Equal("javascript:alert(1)", form.Find("[name=PrivacyUrl]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_host_waits_until_it_is_shown_to_be_the_agencys_and_the_page_says_how()
    {
        var input = Set with { IsOn = true, PublicHost = "onboard.bakery.example" };
        Assert.Null(await Portal.Get<BrandingService>().SaveAsync(Owner, input, new LogoChange(true, Pictures.Png()), Cancel));
        Portal.Names["onboard.bakery.example"] = [];
        var form = Form(Owner);
        var proof = (await Portal.Get<BrandingService>().GetAsync(Owner, Cancel)).Value.Host!.Proof!;
        Assert.Contains("Waiting for proof", form.Markup, StringComparison.Ordinal);
        Assert.All(
            [proof.RecordName, proof.Value, proof.FileAddress.AbsoluteUri],
            part => Assert.Contains(part, form.Markup, StringComparison.Ordinal));

        await Button(form, "Check now").ClickAsync(new());
        form.WaitForAssertion(
            () => Assert.Contains(
                "leads to no public address", form.Find("[role=group] [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Null((await BrandAsync()).PublicHost);

        Portal.Texts[proof.RecordName] = [proof.Value];
        Clock.Advance(TimeSpan.FromSeconds(2));
        await Button(form, "Check now").ClickAsync(new());
        form.WaitForAssertion(() => Assert.Contains("is shown to be yours", Told, StringComparison.Ordinal));
        Assert.Contains("Checked on", form.Markup, StringComparison.Ordinal);
        Assert.Empty(Buttons(form, "Check now"));
        Assert.Equal("onboard.bakery.example", (await BrandAsync()).PublicHost);
    }

    [Fact]
    public async Task A_test_mail_goes_to_the_one_who_asks()
    {
        var form = Form(Owner);
        await Button(form, "Send me a test mail").ClickAsync(new());
        form.WaitForAssertion(() => Assert.Contains(Owner.Email, Told, StringComparison.Ordinal));
        await Button(form, "Send me a test mail").ClickAsync(new());
        form.WaitForAssertion(() => Assert.Contains("ten seconds", Told, StringComparison.Ordinal));
        Assert.Equal(1, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public void A_sub_user_who_got_here_sees_nothing()
    {
        var form = RenderFor<BrandingForm>(Member);
        form.WaitForAssertion(() => Assert.Contains("Only main users", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(form.FindAll("form"));
    }

    [Fact]
    public async Task One_made_a_sub_user_while_the_form_lay_open_is_refused_whatever_they_press()
    {
        var form = Form(Owner);
        await form.Find("[name=CompanyName]").InputAsync("Mine now");
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            db.Users.Single(u => u.Id == Owner.User.Value).Role = AgencyRole.SubUser;
            await db.SaveChangesAsync(Cancel);
        }

        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.Contains("Only main users", Told, StringComparison.Ordinal));
        form.FindComponent<InputFile>()
            .UploadFiles(InputFileContent.CreateFromBinary(Pictures.Png(), "logo.png", contentType: "image/png"));
        await Button(form, "Send me a test mail").ClickAsync(new());
        Assert.Empty(Buttons(form, "Remove logo"));
        Assert.Equal("Brightside Agency", (await BrandAsync()).Name);
        Assert.Equal(0, await Outbox.DeliverAsync(Cancel));
    }

    [Fact]
    public async Task A_logo_that_is_removed_is_gone_when_it_is_applied()
    {
        Assert.Null(await Portal.Get<BrandingService>().SaveAsync(Owner, Set, new LogoChange(true, Pictures.Png()), Cancel));
        var form = Form(Owner);
        await Button(form, "Remove logo").ClickAsync(new());
        Assert.Empty(form.FindAll("img[alt='The logo']"));
        await form.Find("form").SubmitAsync();

        form.WaitForAssertion(() => Assert.Equal("Saved", Told));
        Assert.Null((await Portal.Get<BrandingService>().GetAsync(Owner, Cancel)).Value.LogoPath);
    }

    private static string ProblemOf(IRenderedComponent<BrandingForm> form, string field) =>
        string.Concat(form.Find($"[name={field}]").GetAttribute("aria-describedby")!.Split(' ')
            .SelectMany(id => form.FindAll($"[id='{id}']")).Select(note => note.TextContent));

    private static string Preview(IRenderedComponent<BrandingForm> form) => form.Find("iframe").GetAttribute("srcdoc") ?? "";

    private IRenderedComponent<BrandingForm> Form(AgencyCaller user)
    {
        var form = RenderFor<BrandingForm>(user, parameters => parameters.Add(f => f.ShowsPreview, true));
        form.WaitForElement("form");
        return form;
    }

    private Task<ClientBrand> BrandAsync() => Portal.Get<ClientBrands>().FindAsync(Owner.Agency, Cancel);
}
