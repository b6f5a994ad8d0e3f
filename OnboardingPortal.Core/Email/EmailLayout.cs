using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;

namespace OnboardingPortal.Core.Email;

/// <summary>
/// The one layout of all mails: one column, one button, its link below it as text; readable without images and style sheets, on light and
/// dark grounds.
/// </summary>
public static class EmailLayout
{
    /// <summary>
    /// The dark scheme, for mail programs that read style sheets; the rest take the styles on the elements. The same in every mail, so that
    /// pages which show mails can allow it by its hash.
    /// </summary>
    public const string DarkStyle =
        "@media (prefers-color-scheme:dark){.page{background:#0f172a!important;color:#f1f5f9!important}.sheet{background:#1e293b!important;border-color:#334155!important}"
        + ".ink{color:#f1f5f9!important}.soft{color:#cbd5e1!important}.line{border-color:#334155!important}.logo{background:#ffffff!important;padding:8px!important;border-radius:8px!important}}";

    private const string Font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

    internal static EmailContent Compose(EmailLook look, EmailParts parts, IStringLocalizer<EmailTexts> text)
    {
        Func<string, string> encode = HtmlEncoder.Default.Encode;
        string Lines(IEnumerable<string> lines, string size, string gap) =>
            string.Concat(
                lines.Select(l => $"<p class=\"soft\" style=\"margin:0 0 {gap} 0;font-size:{size};color:#475569\">{encode(l)}</p>\n"));
        var head = look.Logo is { } logo
            ? $"<img class=\"logo\" src=\"{encode(logo.Path)}\" alt=\"{encode(look.Name)}\" "
                + $"width=\"{logo.Width}\" height=\"{logo.Height}\" style=\"display:block;width:{logo.Width}px;height:auto;max-width:100%;border:0;font-size:16px;font-weight:600\">"
            : encode(look.Name);
        (string Words, string Address)[] links =
            [.. new[]
            {
                (text["StopReminders"].Value, parts.StopLink?.AbsoluteUri), (text["Privacy"].Value, look.PrivacyUrl),
                (text["Imprint"].Value, look.ImprintUrl)
            }.Where(l => l.Item2 is not null).Select(l => (l.Item1, l.Item2!))];
        string[] footerText = look.FooterText?.Split('\n') ?? [];
        var html = $"""
            <!doctype html>
            <html lang="{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{encode(parts.Subject)}</title>
            <style>{DarkStyle}</style>
            </head>
            <body class="page" style="margin:0;padding:0;background:#f1f5f9;color:#0f172a;{Font};font-size:16px;line-height:1.5">
            <table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f1f5f9"><tr><td align="center" style="padding:24px 12px">
            <table class="sheet" role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;table-layout:fixed;background:#ffffff;border:1px solid #e2e8f0;border-radius:10px">
            <tr><td class="soft" style="padding:24px 24px 0 24px;font-size:14px;font-weight:600;color:#475569;overflow-wrap:anywhere">{head}</td></tr>
            <tr><td style="padding:8px 24px 0 24px;overflow-wrap:anywhere"><h1 class="ink" style="margin:0;font-size:24px;line-height:1.3;font-weight:600;color:#0f172a">{encode(parts.Heading)}</h1></td></tr>
            <tr><td class="ink" style="padding:16px 24px 0 24px;color:#0f172a;overflow-wrap:anywhere">
            {parts.MessageHtml}</td></tr>
            <tr><td style="padding:12px 24px 0 24px;overflow-wrap:anywhere">
            {Lines(parts.Notes, "14px", "8px")}</td></tr>
            <tr><td style="padding:16px 24px 0 24px"><a href="{encode(parts.Link.AbsoluteUri)}" style="display:inline-block;background:{look.Colour};color:#ffffff;text-decoration:none;font-weight:600;padding:12px 24px;border-radius:8px">{encode(parts.Button)}</a></td></tr>
            <tr><td class="soft" style="padding:12px 24px 24px 24px;font-size:12px;color:#475569;overflow-wrap:anywhere">{encode(parts.Link.AbsoluteUri)}</td></tr>
            <tr><td class="line" style="padding:16px 24px;border-top:1px solid #e2e8f0;overflow-wrap:anywhere">
            {Lines([.. parts.Footer, .. footerText], "12px", "4px")}{Links(links)}</td></tr>
            </table>
            </td></tr></table>
            </body>
            </html>
            """;
        var plain = string.Join("\r\n",
        [
            parts.Heading, "", parts.MessageText.ReplaceLineEndings("\r\n"), "", .. parts.Notes, "", $"{parts.Button}:",
            parts.Link.AbsoluteUri, "",
            "--", .. parts.Footer, .. footerText, .. links.Select(l => $"{l.Words}: {l.Address}"), "",
        ]);
        return new EmailContent(OneLine(parts.Subject), html, plain);

        string Links(IEnumerable<(string Words, string Address)> all) => string.Join(
            " &middot; ",
            all.Select(
                l => $"<a class=\"soft\" href=\"{encode(l.Address)}\" style=\"font-size:12px;color:#475569;text-decoration:underline\">{encode(l.Words)}</a>"));
    }

    /// <summary>Lines of plain text as a message.</summary>
    internal static string Paragraphs(IEnumerable<string> lines) =>
        string.Concat(
            lines.Select(l => $"<p style=\"margin:0 0 4px 0\">{(l.Length == 0 ? "&nbsp;" : HtmlEncoder.Default.Encode(l))}</p>\n"));

    /// <summary>A header is one line: whatever could end it becomes a space.</summary>
    internal static string OneLine(string value) =>
        string.Concat(value.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}
