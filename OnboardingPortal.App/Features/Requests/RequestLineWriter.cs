using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>Writes the cells of a line of the table. All that comes from outside goes through <see cref="Encode"/>.</summary>
public sealed class RequestLineWriter(IStringLocalizer<RequestsText> text, PlatformCatalog platforms)
{
    private const int LongestName = 24;
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    internal RequestLineCells Write(RequestRow row, RequestStatus status)
    {
        var recipient = row.FirstRecipient.Length > 0 ? row.FirstRecipient : text["NoRecipient"].Value;
        return new RequestLineCells(row.FirstRecipient, recipient, Who(row, recipient), Now(row, status), Rest(row, recipient));
    }

    private string Who(RequestRow row, string recipient)
    {
        var more = row.RecipientCount > 1 ? $"<small>{Encode(text["More", row.RecipientCount - 1])}</small>" : "";
        return $"<td class=\"who\"><a href=\"/collaboration/requests/{row.Id}\">{Encode(recipient)}</a>{more}</td>";
    }

    /// <summary>Short, since it is all that a change sends to each watcher: status, what is happening, since when.</summary>
    private Func<string, string> Now(RequestRow row, RequestStatus status)
    {
        var (name, word, activity) = (status.ToString().ToLowerInvariant(), Encode(text[$"Status{status}"]), Encode(ActivityOf(row, status)));
        var at = Stamp(status == RequestStatus.Expired && row.Activity != RequestActivity.NewLinkAsked ? row.ExpiresAt ?? row.ActivityAt : row.ActivityAt);
        var look = row.Activity == RequestActivity.Bounced && status == RequestStatus.Pending ? " class=\"bad\"" : "";
        return glow => $"<td class=\"is-{name}{(glow.Length > 0 ? " " : "")}{glow}\"><b>{word}</b><small{look}>{activity} <time datetime=\"{at}\"></time></small></td>";
    }

    private string Rest(RequestRow row, string recipient)
    {
        var cells = new StringBuilder();
        cells.Append(CultureInfo.InvariantCulture, $"<td class=\"when\"><time datetime=\"{Stamp(row.RequestedAt)}\" data-time=\"date\">{row.RequestedAt:yyyy-MM-dd}</time></td><td class=\"accounts\">");
        foreach (var account in AccountSummary.Read(row.Accounts)) Append(cells, row.Id, account);
        cells.Append(CultureInfo.InvariantCulture,
            $"</td><td class=\"actions\"><button type=\"button\" data-row=\"menu\" data-id=\"{row.Id}\" aria-haspopup=\"menu\" aria-label=\"{Encode(text["ActionsFor", recipient])}\"></button></td>");
        return cells.ToString();
    }

    private void Append(StringBuilder cells, RequestId id, AccountSummary account)
    {
        var (platform, key) = (platforms.NameOf(account.Key), Encode(account.Platform));
        var words = WordsFor(account, platform);
        var count = account switch
        {
            { Connected: > 0 } => account.Connected.ToString(CultureInfo.CurrentCulture),
            { Waiting: > 0 } => "…",
            { NotAllowed: true } => "<i class=\"not-allowed\"></i>",
            { Declined: true } => "<i class=\"not-used\"></i>",
            _ => "–",
        };
        cells.Append(CultureInfo.InvariantCulture, $"<span class=\"account\" title=\"{Encode(words)}\"><svg class=\"platform-icon\" width=\"20\" height=\"20\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><use href=\"/platforms.svg#{key}\"></use></svg>");
        cells.Append(CultureInfo.InvariantCulture, $"<span aria-hidden=\"true\">{count}</span><span class=\"visually-hidden\">{Encode(words)}</span>");
        if (account.Problem)
        {
            cells.Append(CultureInfo.InvariantCulture, $"<button type=\"button\" class=\"problem\" data-row=\"problem\" data-id=\"{id}\" data-platform=\"{key}\" aria-haspopup=\"dialog\" aria-label=\"{Encode(text["SeeProblem", platform])}\"></button>");
        }

        cells.Append("</span>");
    }

    /// <summary>Connected accounts by name, as many as are kept; otherwise why there is none yet.</summary>
    private string WordsFor(AccountSummary account, string platform)
    {
        if (account.Connected == 0)
        {
            return text[account switch
            {
                { Waiting: > 0 } => "AccountWaiting",
                { NotAllowed: true } => "AccountNotAllowed",
                { Declined: true } => "AccountDeclined",
                { Problem: true } => "AccountProblem",
                _ => "AccountNone",
            }, platform];
        }

        var names = string.Join(", ", account.Names);
        var more = account.Connected - account.Names.Count;
        return text["AccountConnected", platform, more > 0 ? $"{names}, {text["More", more]}" : names];
    }

    private string ActivityOf(RequestRow row, RequestStatus status)
    {
        if (status == RequestStatus.Connected)
        {
            var (accounts, who) = (AccountSummary.Read(row.Accounts), Shorten(row.CompletedByName ?? ""));
            var granted = accounts.Count(a => a.Connected > 0);
            return granted == accounts.Count ? text["ActivityCompleted", who] : text["ActivityCompletedPartly", who, granted, accounts.Count];
        }

        if (status == RequestStatus.Expired && row.Activity != RequestActivity.NewLinkAsked) return text["ActivityExpired"];
        return text[$"Activity{row.Activity}", row.ActivityPlatform is { } platform ? platforms.NameOf(new PlatformKey(platform)) : ""];
    }

    private static string Shorten(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture);

    private static string Encode(string words) => s_encoder.Encode(words);
}
