using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.Requests;

/// <summary>A client reads the agency's default message in their own language, and a message of the sender's own as it is.</summary>
public abstract class DefaultMessageTests(DatabaseProvider database) : PortalTest(database)
{
    private const string English = "Please connect your accounts.";
    private const string German = "Bitte verbinden Sie Ihre Konten.";

    private AgencyService Agencies => Portal.Get<AgencyService>();

    private DefaultMessageUpgrade Upgrade => Portal.Get<DefaultMessageUpgrade>();

    [Theory]
    [InlineData(English)]
    [InlineData(German)]
    [InlineData(" " + English + "\r\n")]
    public async Task A_message_that_was_not_changed_is_read_in_the_readers_language(string started)
    {
        await SetAsync(English, German);
        var request = await ARequest().Asking(Mailchimp).Saying(started).In("de").For("client@bakery.example").SentAsync();
        await Outbox.DeliverAsync(Cancel);

        Assert.Contains(German, Mail.Tried[^1].Content.Text, StringComparison.Ordinal);
        Assert.Equal((English, German), (await LandingAsync(request, "en"), await LandingAsync(request, "de")));

        await ARequest().Asking(Mailchimp).Saying(started).In("en").For("other@bakery.example").SentAsync();
        await Outbox.DeliverAsync(Cancel);
        Assert.Contains(English, Mail.Tried[^1].Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_the_senders_own_is_the_same_for_everybody_and_so_is_one_changed_later()
    {
        await SetAsync(English, German);
        var own = await ARequest().Asking(Mailchimp).Saying("Hello from us").For("client@bakery.example").SentAsync();
        var edited = await ARequest().Asking(Mailchimp).Saying(English).For("client@bakery.example").SentAsync();

        Assert.Null(await EditAsync(edited, German)); // as it is shown to whoever reads German: nothing changed
        Assert.Equal((English, German), (await LandingAsync(edited, "en"), await LandingAsync(edited, "de")));
        Assert.Null(await EditAsync(edited, "Other words"));

        Assert.Equal(("Hello from us", "Hello from us"), (await LandingAsync(own, "en"), await LandingAsync(own, "de")));
        Assert.Equal(("Other words", "Other words"), (await LandingAsync(edited, "en"), await LandingAsync(edited, "de")));
    }

    [Fact]
    public async Task What_was_sent_stays_as_it_was_when_the_default_message_changes()
    {
        await SetAsync(English, German);
        var request = await ARequest().Asking(Mailchimp).Saying(English).For("client@bakery.example").SentAsync();

        await SetAsync("Other words", "Andere Worte");

        Assert.Equal((English, German), (await LandingAsync(request, "en"), await LandingAsync(request, "de")));
    }

    [Fact]
    public async Task Without_a_German_one_everybody_reads_the_other()
    {
        await SetAsync(English, "");
        var request = await ARequest().Asking(Mailchimp).Saying(English).For("client@bakery.example").SentAsync();

        Assert.Equal(English, await LandingAsync(request, "de"));
        Assert.Equal(English, (await Agencies.GetAsync(Owner.Agency, Cancel)).DefaultMessageIn("de"));
    }

    [Theory]
    [InlineData("Hello,\r\n\r\nplease.", "Hello,\n\nplease.", "Guten Tag,\n\nbitte.")]
    [InlineData("Guten Tag,\n\nbitte.", "Hello,\n\nplease.", "Guten Tag,\n\nbitte.")]
    [InlineData("Our own words", "Our own words", "")]
    public async Task An_agency_of_before_gets_the_other_language_where_it_never_changed_the_message(
        string before, string english, string german)
    {
        await using (var db = Portal.Contexts.CreateForSystem())
        {
            await db.Agencies.ExecuteUpdateAsync(
                set => set.SetProperty(a => a.DefaultMessage, before).SetProperty(a => a.GermanDefaultMessage, (string?)null), Cancel);
        }

        await Upgrade.CompleteAsync("Hello,\n\nplease.", "Guten Tag,\n\nbitte.", Cancel);

        var agency = await Agencies.GetAsync(Owner.Agency, Cancel);
        Assert.Equal((english, german), (agency.DefaultMessage, agency.GermanDefaultMessage));
        await SetAsync(english, "");
        await Upgrade.CompleteAsync("Hello,\n\nplease.", "Guten Tag,\n\nbitte.", Cancel);
        Assert.Equal("", (await Agencies.GetAsync(Owner.Agency, Cancel)).GermanDefaultMessage); // taken out by hand it stays out
    }

    private async Task SetAsync(string english, string german)
    {
        var settings = TestPortal.NewSettings with { DefaultMessage = english, GermanDefaultMessage = german };
        Assert.Null(await Agencies.ChangeSettingsAsync(Owner, settings, Cancel));
    }

    private async Task<OnboardingPortal.Core.Kernel.PortalError?> EditAsync(GivenRequest request, string message) =>
        await Portal.Get<RequestEditor>().SaveAsync(Owner, request.Id, new RequestTerms(message, [Mailchimp], null, null), Cancel);

    private async Task<string> LandingAsync(GivenRequest request, string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language); // of this method alone
        return Value(await Links.FindAsync(request.Token, Cancel)).Message;
    }
}

public sealed class DefaultMessageTestsOnSqlite() : DefaultMessageTests(DatabaseProvider.Sqlite);

public sealed class DefaultMessageTestsOnPostgres() : DefaultMessageTests(DatabaseProvider.Postgres);
