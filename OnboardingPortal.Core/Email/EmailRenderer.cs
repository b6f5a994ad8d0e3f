using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>What the mails of a request to the agency's own people are made of.</summary>
/// <param name="AgencyName">Whose request it is.</param>
/// <param name="Request">The request.</param>
/// <param name="PlatformNames">Its platforms' names for people, in its order.</param>
/// <param name="Link">Where the button leads.</param>
public sealed record EmailFacts(string AgencyName, OnboardingRequest Request, IReadOnlyList<string> PlatformNames, Uri Link);

/// <summary>What the mail with a request's link is made of.</summary>
/// <param name="RequesterName">The person who asks; null when clients do not read their name.</param>
/// <param name="Message">Markdown; hostile as every text from outside.</param>
/// <param name="Platforms">Names of the platforms asked for.</param>
/// <param name="ExpiresAt">When the link dies, UTC.</param>
/// <param name="Link">The link.</param>
/// <param name="IsTest">Whether the contents are made up, which the mail then says.</param>
public sealed record RequestEmail(
    string? RequesterName, string Message, IReadOnlyList<string> Platforms, DateTimeOffset ExpiresAt, Uri Link, bool IsTest = false)
{
    /// <summary>Whether it reminds of a mail sent before.</summary>
    public bool IsReminder { get; init; }

    /// <summary>Where its recipient stops reminders; null = nowhere.</summary>
    public Uri? StopLink { get; init; }
}

/// <summary>Puts mails into words.</summary>
public sealed partial class EmailRenderer(IStringLocalizer<EmailTexts> text)
{
    /// <summary>Renders a mail to the agency's own people in a language.</summary>
    public EmailContent Render(EmailKind kind, string language, EmailFacts facts) => In(language, () => kind switch
    {
        EmailKind.Completed => Completed(facts),
        EmailKind.NewLinkAsked => NewLinkAsked(facts),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    });

    /// <summary>Renders the mail with a request's link, as clients get it, in a language.</summary>
    public EmailContent RenderRequest(string language, EmailLook look, RequestEmail request) => In(language, () =>
    {
        var from = request.RequesterName is { } name ? text["RequestFromPerson", name, look.Name] : text["RequestFrom", look.Name];
        List<string> footer = [text["RequestExpiry", request.ExpiresAt.ToString("D", CultureInfo.CurrentCulture)], from];
        if (request.IsTest) footer.Insert(0, text["TestNote"]);
        return EmailLayout.Compose(
            look,
            new EmailParts(
                text[request.IsReminder ? "ReminderSubject" : "RequestSubject", look.Name],
                text[request.IsReminder ? "ReminderHeading" : "RequestHeading", look.Name], MessageMarkdown.ToMailHtml(request.Message),
                request.Message,
                [text["RequestServices", string.Join(", ", request.Platforms)], text["RequestSafety"]], text["RequestButton"], request.Link,
                footer)
            { StopLink = request.StopLink },
            text);
    });

    /// <summary>The message of requests whose agency has set none, in a language.</summary>
    public string SampleMessage(string language) => In(language, () => text["SampleMessage"].Value);

    private EmailContent NewLinkAsked(EmailFacts facts) =>
        Compose(facts.AgencyName, text["NewLinkSubject"], text["NewLinkHeading"],
            [text["NewLinkBody", facts.Request.FirstRecipient is { Length: > 0 } to ? to : text["CompletedByLink"].Value]], [],
            text["NewLinkButton"], facts.Link, [text["RequesterReason"]]);

    /// <summary>A mail in the portal's own looks.</summary>
    private EmailContent Compose(
        string agencyName, string subject, string heading, IReadOnlyList<string> message, IReadOnlyList<string> notes, string button,
        Uri link, IReadOnlyList<string> footer) =>
        EmailLayout.Compose(
            new EmailLook(agencyName),
            new EmailParts(subject, heading, EmailLayout.Paragraphs(message), string.Join('\n', message), notes, button, link, footer),
            text);

    internal static T In<T>(string language, Func<T> render)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return render();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
