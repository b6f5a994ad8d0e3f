using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>What the mail about a lost account is made of.</summary>
/// <param name="AgencyName">Whose account.</param>
/// <param name="Source">How it came to the agency.</param>
/// <param name="PlatformName">At which platform.</param>
/// <param name="AccountName">The account's name there; hostile text.</param>
/// <param name="RequesterName">Who sent the request it came through; null for the agency's own.</param>
/// <param name="Recipient">Whom that request went to; empty for nobody by mail, null for the agency's own.</param>
/// <param name="Since">When the platform was found to refuse, UTC.</param>
/// <param name="Link">Where the button leads.</param>
internal sealed record AccessLostFacts(
    string AgencyName, LostAccount Source, string PlatformName, string AccountName, string? RequesterName, string? Recipient,
    DateTimeOffset Since, Uri Link)
{
    /// <summary>Whether it comes back without a new sign-in, once somebody has acted at the platform.</summary>
    public bool IsLiftedAtThePlatform { get; init; }
}

/// <summary>How a lost account had come to the agency, and so what mends it.</summary>
internal enum LostAccount
{
    /// <summary>Through a request whose link still leads to the wizard: sending it again mends it.</summary>
    OfOpenRequest,

    /// <summary>Through a request that is over: only a new one mends it.</summary>
    OfClosedRequest,

    /// <summary>The agency connected it for data sync.</summary>
    Own,

    /// <summary>The agency's Facebook user that receives what clients share.</summary>
    FacebookUser,
}

/// <summary>Finds what the mail about a lost account says.</summary>
internal static class AccessLostMail
{
    private const int MostNames = 3;

    /// <summary>The facts, or null when the account is no longer connected.</summary>
    public static async Task<AccessLostFacts?> FindAsync(
        PortalDbContext db, EmailMessage mail, Agency agency, PlatformCatalog platforms, PortalAddress address,
        CancellationToken cancellationToken)
    {
        PlatformConnection? account = null;
        if (mail.About.As<AgencyFacebookUserId>() is { } facebookUser)
        {
            var user = await db.FacebookUsers.AsNoTracking().SingleOrDefaultAsync(u => u.Id == facebookUser, cancellationToken);
            return user is null ? null : Facts(LostAccount.FacebookUser, FacebookDefaults.Key, user.Name, null, "settings/facebook");
        }

        var id = mail.About.As<ConnectionId>();
        account = await db.Connections.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == id && c.State != ConnectionState.Removed, cancellationToken);
        if (account is null) return null;

        var lost = await db.Assets.Where(a => a.ConnectionId == account.Id && a.State == AssetState.Lost).OrderBy(a => a.Id)
            .Select(a => a.Name).ToListAsync(cancellationToken);
        var name = lost.Count == 0 ? account.DisplayName : string.Join(", ", lost.Take(MostNames)) + (lost.Count > MostNames ? ", …" : "");
        var request = await db.Requests.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Id == account.RequestId && r.Status != RequestStatus.Deleted, cancellationToken);
        return request is null
            ? Facts(LostAccount.Own, account.Platform, name, null, "settings/data-sync-accounts")
            : Facts(
                request.Status is RequestStatus.Pending or RequestStatus.Expired ? LostAccount.OfOpenRequest : LostAccount.OfClosedRequest,
                account.Platform, name, request, $"collaboration/requests/{request.Id}");

        AccessLostFacts Facts(LostAccount source, PlatformKey platform, string name, OnboardingRequest? of, string page) => new(
            agency.Name, source, platforms.NameOf(platform), name, of?.RequesterName, of?.FirstRecipient, mail.QueuedAt,
            new Uri(address.Public, page))
        {
            IsLiftedAtThePlatform = account?.Failure?.IsLiftedAtThePlatform is true,
        };
    }
}

public sealed partial class EmailRenderer
{
    /// <summary>Renders the mail about a lost account.</summary>
    internal EmailContent Render(string language, AccessLostFacts facts) => In(language, () =>
    {
        var from = facts.Source switch
        {
            LostAccount.FacebookUser => text["LostFacebookUser"],
            LostAccount.Own => text["LostOwn"],
            _ => text["LostOfRequest", facts.RequesterName!, facts.Recipient is { Length: > 0 } to ? to : text["CompletedByLink"].Value],
        };
        var since = $"{facts.Since.UtcDateTime.ToString("f", CultureInfo.CurrentCulture)} UTC";
        var whatToDo = facts.IsLiftedAtThePlatform ? text["LostDoAtThePlatform", facts.PlatformName] : text[$"LostDo{facts.Source}"];
        return Compose(
            facts.AgencyName, text["LostSubject", facts.PlatformName, facts.AccountName],
            text["LostHeading", facts.PlatformName, facts.AccountName],
            [from, text["LostSince", since], "", whatToDo], [],
            text[facts.Source switch
            {
                LostAccount.FacebookUser => "LostButtonFacebook",
                LostAccount.Own => "LostButtonAccounts",
                _ => "CompletedButton"
            }],
            facts.Link, [text["SettingsReason", facts.AgencyName]]);
    });
}
