using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>What the mails of a request are made of.</summary>
/// <param name="AgencyName">Who sends.</param>
/// <param name="RequesterName">The person who sends; null when the agency does not name them.</param>
/// <param name="Request">The request.</param>
/// <param name="Platforms">Names of the platforms asked for.</param>
/// <param name="Granted">What was granted, one line each; for the requester's mails.</param>
/// <param name="Link">Where the button leads.</param>
public sealed record EmailFacts(
    string AgencyName, string? RequesterName, OnboardingRequest Request, IReadOnlyList<string> Platforms, IReadOnlyList<string> Granted, Uri Link);

/// <summary>Puts mails into words: one column, one button, its link below it as text, readable without images and in the dark.</summary>
public sealed class EmailRenderer(IStringLocalizer<EmailTexts> text)
{
    /// <summary>Renders a mail in a language.</summary>
    public EmailContent Render(EmailKind kind, string language, EmailFacts facts)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return kind switch
            {
                EmailKind.Request => Request(facts, language),
                EmailKind.Completed => Completed(facts, language),
                EmailKind.NewLinkAsked => NewLinkAsked(facts, language),
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
            };
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private EmailContent Request(EmailFacts facts, string language)
    {
        var from = facts.RequesterName is { } name ? text["RequestFromPerson", name, facts.AgencyName] : text["RequestFrom", facts.AgencyName];
        var until = facts.Request.ExpiresAt!.Value.ToString("D", CultureInfo.CurrentCulture);
        return Compose(language, text["RequestSubject", facts.AgencyName], facts.AgencyName, text["RequestHeading", facts.AgencyName],
            [.. facts.Request.Message.ReplaceLineEndings("\n").Split('\n')],
            [text["RequestServices", string.Join(", ", facts.Platforms)], text["RequestSafety"]],
            text["RequestButton"], facts.Link, [text["RequestExpiry", until], from]);
    }

    private EmailContent Completed(EmailFacts facts, string language) =>
        Compose(language, text["CompletedSubject", facts.Request.CompletedByName!], facts.AgencyName, text["CompletedHeading", facts.Request.CompletedByName!],
            facts.Granted.Count == 0 ? [text["CompletedNothing"]] : [text["CompletedGranted"], .. facts.Granted.Select(g => $"• {g}")],
            [text["CompletedRecipient", facts.Request.FirstRecipient is { Length: > 0 } to ? to : text["CompletedByLink"].Value]],
            text["CompletedButton"], facts.Link, [text["RequesterReason"]]);

    private EmailContent NewLinkAsked(EmailFacts facts, string language) =>
        Compose(language, text["NewLinkSubject"], facts.AgencyName, text["NewLinkHeading"],
            [text["NewLinkBody", facts.Request.FirstRecipient is { Length: > 0 } to ? to : text["CompletedByLink"].Value]], [],
            text["NewLinkButton"], facts.Link, [text["RequesterReason"]]);

    private static EmailContent Compose(
        string language, string subject, string agencyName, string heading, IReadOnlyList<string> message, IReadOnlyList<string> notes, string button, Uri link,
        IReadOnlyList<string> footer)
    {
        Func<string, string> encode = HtmlEncoder.Default.Encode;
        string Lines(IEnumerable<string> lines, string style) => string.Concat(lines.Select(l => $"<p style=\"{style}\">{(l.Length == 0 ? "&nbsp;" : encode(l))}</p>\n"));
        var html = $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{encode(subject)}</title>
            </head>
            <body style="margin:0;padding:0;background:#f1f5f9;color:#0f172a;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f1f5f9"><tr><td align="center" style="padding:24px 12px">
            <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:#ffffff;border:1px solid #e2e8f0;border-radius:10px">
            <tr><td style="padding:24px 24px 0 24px;font-size:14px;font-weight:600;color:#475569">{encode(agencyName)}</td></tr>
            <tr><td style="padding:8px 24px 0 24px"><h1 style="margin:0;font-size:24px;line-height:1.3;font-weight:600;color:#0f172a">{encode(heading)}</h1></td></tr>
            <tr><td style="padding:16px 24px 0 24px;overflow-wrap:anywhere">
            {Lines(message, "margin:0 0 4px 0;color:#0f172a")}</td></tr>
            <tr><td style="padding:12px 24px 0 24px">
            {Lines(notes, "margin:0 0 8px 0;font-size:14px;color:#475569")}</td></tr>
            <tr><td style="padding:16px 24px 0 24px"><a href="{encode(link.AbsoluteUri)}" style="display:inline-block;background:#4f46e5;color:#ffffff;text-decoration:none;font-weight:600;padding:12px 24px;border-radius:8px">{encode(button)}</a></td></tr>
            <tr><td style="padding:12px 24px 24px 24px;font-size:12px;color:#475569;overflow-wrap:anywhere">{encode(link.AbsoluteUri)}</td></tr>
            <tr><td style="padding:16px 24px;border-top:1px solid #e2e8f0">
            {Lines(footer, "margin:0 0 4px 0;font-size:12px;color:#475569")}</td></tr>
            </table>
            </td></tr></table>
            </body>
            </html>
            """;
        var plain = string.Join("\r\n", [heading, "", .. message, "", .. notes, "", $"{button}:", link.AbsoluteUri, "", "--", .. footer, ""]);
        return new EmailContent(OneLine(subject), html, plain);
    }

    /// <summary>A header is one line: whatever could end it becomes a space.</summary>
    internal static string OneLine(string value) => string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
}
