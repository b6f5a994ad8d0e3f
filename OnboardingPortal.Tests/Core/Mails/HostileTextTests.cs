using AngleSharp.Html.Parser;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Tests.Core.Mails;

/// <summary>Whatever people type, a mail has the elements of its layout and no others.</summary>
public abstract class HostileTextTests(DatabaseProvider database, string language) : EveryMail(database)
{
    private const string Evil = "<script>alert(1)</script>'\"><img src=x onerror=alert(1)>&lt;{{7*7}}";

    private static readonly string[] Elements =
        ["html", "head", "meta", "title", "style", "body", "table", "tbody", "tr", "td", "h1", "p", "a", "img", "div", "br"];

    private static readonly string[] Attributes =
        ["lang", "charset", "name", "content", "class", "style", "role", "width", "height", "cellpadding", "cellspacing", "align", "href",
            "src", "alt"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Hostile_text_in_every_field_of_a_mail_stays_text(EmailKind kind)
    {
        await FoundAsync(Evil, language);
        await QueueAsync(kind, Evil);
        Mail.Forget();

        Assert.True(await Outbox.DeliverAsync(Cancel) > 0, "No mail left.");

        var id = (await QueuedAsync(kind)).Id;
        var mail = Assert.Single(Mail.Tried, m => m.Id == id);
        var page = new HtmlParser().ParseDocument(mail.Content.Html);
        Assert.All(page.All, element => Assert.Contains(element.LocalName, Elements));
        Assert.All(page.All.SelectMany(element => element.Attributes), attribute => Assert.Contains(attribute.Name, Attributes));
        Assert.All(page.QuerySelectorAll("a"), link => Assert.StartsWith("https://", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.All(
            page.QuerySelectorAll("img"), logo => Assert.StartsWith(
                "https://portal.example/brand/", logo.GetAttribute("src"), StringComparison.Ordinal));
        Assert.Equal(mail.Content.Subject, page.Title);
        Assert.Contains(Evil, page.Body!.TextContent, StringComparison.Ordinal);
        if (kind != EmailKind.NewLinkAsked) Assert.Contains(Evil, mail.Content.Text, StringComparison.Ordinal); // it names nobody
    }
}

public sealed class HostileTextTestsOnSqlite() : HostileTextTests(DatabaseProvider.Sqlite, "en");

public sealed class HostileTextTestsOnPostgres() : HostileTextTests(DatabaseProvider.Postgres, "de");
