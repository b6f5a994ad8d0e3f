using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>Puts a row of the table of requests into words.</summary>
public sealed class LineWords(IStringLocalizer<RequestsText> text, PlatformCatalog platforms)
{
    private const int LongestName = 24;

    /// <summary>The row in the current language.</summary>
    public RequestLineView Write(RequestRow row, RequestStatus status)
    {
        var key = row.Id.ToString();
        var recipient = row.FirstRecipient.Length > 0 ? row.FirstRecipient : text["NoRecipient"].Value;
        var hasBounced = row.Activity == RequestActivity.Bounced && status == RequestStatus.Pending;
        return new RequestLineView
        {
            Id = row.Id,
            Key = key,
            Status = status,
            HasRecipients = row.RecipientCount > 0,
            FirstRecipient = row.FirstRecipient,
            Recipient = recipient,
            More = row.RecipientCount > 1 ? text["More", row.RecipientCount - 1].Value : null,
            Address = $"/collaboration/requests/{key}",
            Look = $"is-{status.ToString().ToLowerInvariant()}{(hasBounced ? " is-bad" : "")}",
            StatusWord = text[$"Status{status}"],
            Activity = ActivityOf(row, status) + " ",
            Since = Stamp(SinceOf(row, status)),
            RequestedAt = Stamp(row.RequestedAt),
            Accounts = [.. row.Accounts.Select(Write)],
            SelectLabel = text["SelectRow", recipient],
            ActionsLabel = text["ActionsFor", recipient],
            ActionsId = $"actions-{key}",
        };
    }

    private RequestLineAccount Write(AccountSummary account)
    {
        var platform = platforms.NameOf(account.Key);
        var (mark, look) = account switch
        {
            { Connected: > 0 } => (account.Connected.ToString(CultureInfo.CurrentCulture), null),
            { Waiting: > 0 } => ("…", null),
            { NotAllowed: true } => ("⊘", "not-allowed"),
            { Declined: true } => ("×", "not-used"),
            _ => ("–", null as string),
        };
        return new RequestLineAccount(
            account.Platform, $"/platforms.svg#{account.Platform}", mark, look, WordsFor(account, platform),
            account.Problem ? text["SeeProblem", platform].Value : null);
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
            var who = Shorten(row.CompletedByName ?? "");
            var granted = row.Accounts.Count(a => a.Connected > 0);
            return granted == row.Accounts.Count
                ? text["ActivityCompleted", who]
                : text["ActivityCompletedPartly", who, granted, row.Accounts.Count];
        }

        if (status == RequestStatus.Expired && row.Activity != RequestActivity.NewLinkAsked) return text["ActivityExpired"];
        return text[$"Activity{row.Activity}", row.ActivityPlatform is { } platform ? platforms.NameOf(platform) : ""];
    }

    private static DateTimeOffset SinceOf(RequestRow row, RequestStatus status) =>
        status == RequestStatus.Expired && row.Activity != RequestActivity.NewLinkAsked ? row.ExpiresAt ?? row.ActivityAt : row.ActivityAt;

    private static string Shorten(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture);
}
