using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Agencies;

public abstract class BrandingTests(DatabaseProvider database) : PortalTest(database)
{
    private static readonly LogoChange Logo = new(true, Pictures.Png());
    private static readonly BrandingInput On = BrandingInput.Of(null) with { IsOn = true };

    private BrandingService Service => Portal.Get<BrandingService>();

    private ClientBrands Brands => Portal.Get<ClientBrands>();

    public static TheoryData<string, string> Wrong => new()
    {
        { nameof(BrandingInput.CompanyName), "Bakery\r\nBcc: thief@evil.example" },
        { nameof(BrandingInput.CompanyName), new string('x', Agency.NameMaxLength + 1) },
        { nameof(BrandingInput.RequesterName), "The\0owner" },
        { nameof(BrandingInput.SenderName), "Sender\u2028X: y" },
        { nameof(BrandingInput.SenderName), "half \ud83d a character" },
        { nameof(BrandingInput.ReplyTo), "Owner <owner>" },
        { nameof(BrandingInput.ReplyTo), "a@bakery.example\r\nBcc: b@evil.example" },
        { nameof(BrandingInput.ReplyTo), "a@bakery.example, b@evil.example" },
        { nameof(BrandingInput.Colour), "red" },
        { nameof(BrandingInput.Colour), "#fff;background:url(x)" },
        { nameof(BrandingInput.FooterText), "one\ntwo\u0007" },
        { nameof(BrandingInput.FooterText), new string('x', Branding.FooterMaxLength + 1) },
        { nameof(BrandingInput.PrivacyUrl), "javascript:alert(1)" },
        { nameof(BrandingInput.PrivacyUrl), "//evil.example" },
        { nameof(BrandingInput.ImprintUrl), "https:evil" },
        { nameof(BrandingInput.ImprintUrl), "data:text/html,x" },
        { nameof(BrandingInput.ImprintUrl), "https://user:secret@evil.example/" },
        { nameof(BrandingInput.PublicHost), "localhost" },
        { nameof(BrandingInput.PublicHost), "127.0.0.1" },
        { nameof(BrandingInput.PublicHost), "[::1]" },
        { nameof(BrandingInput.PublicHost), "0x7f.1" },
        { nameof(BrandingInput.PublicHost), "portal.example" },
        { nameof(BrandingInput.PublicHost), "PORTAL.example." },
        { nameof(BrandingInput.PublicHost), "https://onboard.bakery.example" },
        { nameof(BrandingInput.PublicHost), "onboard.bakery.example:8080" },
        { nameof(BrandingInput.PublicHost), "onboard.bakery.example/x" },
        { nameof(BrandingInput.PublicHost), "bakery" },
        { nameof(BrandingInput.PublicHost), "-bad-.example" },
    };

    [Fact]
    public async Task What_a_main_user_sets_is_what_clients_see_and_the_audit_trail_names_the_fields()
    {
        await SaveAsync(On with
        {
            CompanyName = "  Blue Bakery ",
            Colour = "#0F766E",
            PublicHost = "Onboard.BÄCKEREI.example.",
            FooterText = "Blue Bakery\r\nMain Street 1",
            PrivacyUrl = "https://bakery.example/privacy",
        });

        var audit = Assert.Single(await AuditAsync(AuditKind.BrandingChanged));
        Assert.Equal("IsOn, CompanyName, Colour, FooterText, PrivacyUrl, PublicHost, Logo", audit.Detail);
        await ShowHostAsync(Owner);
        var brand = await Brands.FindAsync(Owner.Agency, Cancel);
        Assert.True(brand.IsOn);
        Assert.Equal(
            ("Blue Bakery", "#0f766e", "onboard.xn--bckerei-5wa.example"), (brand.Name, brand.Colour.ToString(), brand.PublicHost));
        Assert.Equal("Blue Bakery\nMain Street 1", brand.FooterText);
        Assert.Equal("https://onboard.xn--bckerei-5wa.example/", Brands.AddressOf(brand).AbsoluteUri);
        Assert.Equal(Owner.Agency, await Brands.FindAgencyOfHostAsync("onboard.xn--BCKEREI-5wa.example", Cancel));
        var (_, agency, hash) = (brand.LogoPath!.Split('/')[0], brand.LogoPath.Split('/')[1], brand.LogoPath.Split('/')[2]);
        Assert.Equal(Owner.Agency.ToString(), agency);
        Assert.Equal("image/png", (await Brands.FindLogoAsync(Owner.Agency, hash, Cancel))!.Value.Type);
        Assert.Null(await Brands.FindLogoAsync(Stranger.Agency, hash, Cancel));
        Assert.Null(await Brands.FindLogoAsync(Owner.Agency, new string('0', 64), Cancel));
        Assert.Equal("PublicHostChecked", (await AuditAsync(AuditKind.BrandingChanged))[^1].Detail);
    }

    [Fact]
    public async Task With_the_switch_off_clients_see_the_agencys_name_and_nothing_else()
    {
        await SaveAsync(On with { CompanyName = "Blue Bakery", FooterText = "Foot", PublicHost = "onboard.bakery.example" });
        await ShowHostAsync(Owner);
        await SaveAsync(
            On with { IsOn = false, CompanyName = "Blue Bakery", FooterText = "Foot", PublicHost = "onboard.bakery.example" },
            LogoChange.Keep);

        Assert.Equal(new ClientBrand(Owner.Agency, "Brightside Agency"), await Brands.FindAsync(Owner.Agency, Cancel));
        Assert.Equal(Owner.Agency, await Brands.FindAgencyOfHostAsync("onboard.bakery.example", Cancel)); // links that were sent live on
    }

    [Fact]
    public async Task The_switch_does_not_go_on_without_a_logo_nor_stay_on_when_it_goes()
    {
        Assert.IsType<LogoMissing>(await Service.SaveAsync(Owner, On, LogoChange.Keep, Cancel));
        await SaveAsync(On);
        Assert.IsType<LogoMissing>(await Service.SaveAsync(Owner, On, LogoChange.Remove, Cancel));
        Assert.Null(await Service.SaveAsync(Owner, On with { IsOn = false }, LogoChange.Remove, Cancel));
        Assert.Null((await StateAsync()).LogoPath);
    }

    [Fact]
    public async Task A_colour_that_white_text_cannot_be_read_on_is_refused_with_one_that_works()
    {
        var refusal = Assert.IsType<ColourTooPale>(await Service.SaveAsync(Owner, On with { Colour = "#ffcc00" }, Logo, Cancel));

        Assert.True(refusal.Proposed.IsReadableOn(BrandColour.White));
        await SaveAsync(On with { Colour = refusal.Proposed.ToString() });
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_refused_at_its_field_and_changes_nothing(string field, string value)
    {
        var input = On with { };
        typeof(BrandingInput).GetProperty(field)!.SetValue(input, value);

        var refusal = Assert.IsType<InputRefused>(await Service.SaveAsync(Owner, input, Logo, Cancel));

        Assert.Equal(field, Assert.Single(refusal.Fields).Key);
        Assert.Null((await StateAsync()).LogoPath);
        Assert.Empty(await AuditAsync(AuditKind.BrandingChanged));
    }

    [Fact]
    public async Task A_host_of_another_agency_is_refused_in_the_words_for_one_that_is_never_allowed()
    {
        await ShowHostAsync(Stranger, "onboard.bakery.example");

        var taken = Assert.IsType<InputRefused>(
            await Service.SaveAsync(Owner, On with { PublicHost = "ONBOARD.bakery.example" }, Logo, Cancel));
        var never = Assert.IsType<InputRefused>(await Service.SaveAsync(Owner, On with { PublicHost = "portal.example" }, Logo, Cancel));

        Assert.Equal(never.Fields, taken.Fields);
        Assert.Equal(Stranger.Agency, await Brands.FindAgencyOfHostAsync("onboard.bakery.example", Cancel));
    }

    [Fact]
    public async Task A_sub_user_can_neither_see_nor_change_nor_test_it()
    {
        Assert.IsType<NotAllowed>((await Service.GetAsync(Member, Cancel)).Error);
        Assert.IsType<NotAllowed>(await Service.SaveAsync(Member, On, Logo, Cancel));
        Assert.IsType<NotAllowed>(await Service.SendTestAsync(Member, "en", Cancel));
        Assert.False((await Brands.FindAsync(Owner.Agency, Cancel)).IsOn);
    }

    [Fact]
    public async Task A_test_mail_goes_to_the_caller_alone_and_not_twice_in_ten_seconds()
    {
        await SaveAsync(On with { CompanyName = "Blue Bakery", RequesterName = "The baker" });

        Assert.Null(await Service.SendTestAsync(Owner, "en", Cancel));
        Assert.IsType<TestMailTooSoon>(await Service.SendTestAsync(Owner, "en", Cancel));
        Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(await Service.SendTestAsync(Owner, "de", Cancel));

        Assert.Equal(2, await Outbox.DeliverAsync(Cancel));
        Assert.All(Mail.Tried, m => Assert.Equal(Owner.Email, m.To));
        Assert.Equal("Onboarding Request from Blue Bakery", Mail.Tried[0].Content.Subject);
        Assert.Contains("The baker of Blue Bakery", Mail.Tried[0].Content.Text, StringComparison.Ordinal);
        Assert.Contains("Test-E-Mail", Mail.Tried[1].Content.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await AuditAsync(AuditKind.TestMailSent)).Count);
    }

    [Fact]
    public async Task Links_name_the_agencys_own_host_and_pages_the_brands_names()
    {
        await SaveAsync(On with { CompanyName = "Blue Bakery", RequesterName = "The baker", PublicHost = "onboard.bakery.example" });
        await ShowHostAsync(Owner);
        var request = await ARequest().Asking(Mailchimp).SentAsync();

        var link = Value(await Requests.CopyLinkAsync(Owner, request.Id, Cancel));
        Assert.Equal("https://onboard.bakery.example/r/", link.AbsoluteUri[..^43]);
        var landing = Value(await Links.FindAsync(request.Token, Cancel));
        Assert.Equal(("Blue Bakery", "The baker"), (landing.AgencyName, landing.RequesterName));
        var baker = await AParticipant(request);
        Assert.Equal("Blue Bakery", (await Wizard.FindAsync(baker, Cancel))!.AgencyName);
        Assert.Equal(Owner.Agency, await Links.FindAgencyAsync(request.Token));
        Assert.Null(await Links.FindAgencyAsync("nobody's"));
    }

    private async Task SaveAsync(BrandingInput input, LogoChange? logo = null) =>
        Assert.Null(await Service.SaveAsync(Owner, input, logo ?? Logo, Cancel));

    private async Task<BrandingState> StateAsync() => Value(await Service.GetAsync(Owner, Cancel));

    private async Task<List<AuditEvent>> AuditAsync(AuditKind kind)
    {
        await using var db = Portal.Contexts.Create(Owner.Agency);
        return [.. db.AuditEvents.Where(e => e.Kind == kind).OrderBy(e => e.Id)];
    }
}

public sealed class BrandingTestsOnSqlite() : BrandingTests(DatabaseProvider.Sqlite);

public sealed class BrandingTestsOnPostgres() : BrandingTests(DatabaseProvider.Postgres);
