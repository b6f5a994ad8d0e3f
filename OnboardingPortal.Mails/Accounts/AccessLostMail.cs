using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Mails.Letters;
using OnboardingPortal.Mails.Requests;

namespace OnboardingPortal.Mails.Accounts;

/// <summary>
/// To whom the settings name: a connected account no longer works, or the agency's Facebook user that receives what clients share. Nothing
/// when it is no longer connected.
/// </summary>
internal sealed class AccessLostMail(
    PortalDbContextFactory contexts, PlatformCatalog platforms, PortalAddress address, IStringLocalizer<EmailTexts> text) : IMail
{
    private const int MaxNames = 3;

    public EmailKind Kind => EmailKind.AccessLost;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        if (mail.Message.About.As<AgencyFacebookUserId>() is { } user) return await OfFacebookUserAsync(db, mail, user, cancellationToken);
        var id = mail.Message.About.As<ConnectionId>();
        var account = await db.Connections.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == id && c.State != ConnectionState.Removed, cancellationToken);
        return account is null ? null : await OfAccountAsync(db, mail, account, cancellationToken);
    }

    private async Task<Letter?> OfFacebookUserAsync(
        PortalDbContext db, QueuedMail mail, AgencyFacebookUserId id, CancellationToken cancellationToken)
    {
        var user = await db.FacebookUsers.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        return user is null
            ? null
            : Write(
                mail, FacebookDefaults.Key, user.Name, text["LostFacebookUser"], text["LostDoFacebookUser"], "LostButtonFacebook",
                "settings/facebook");
    }

    private async Task<Letter> OfAccountAsync(
        PortalDbContext db, QueuedMail mail, PlatformConnection account, CancellationToken cancellationToken)
    {
        var lost = await db.Assets.Where(a => a.ConnectionId == account.Id && a.State == AssetState.Lost).OrderBy(a => a.Id)
            .Select(a => a.Name).ToListAsync(cancellationToken);
        var name = lost.Count == 0 ? account.DisplayName : string.Join(", ", lost.Take(MaxNames)) + (lost.Count > MaxNames ? ", …" : "");
        var request = await db.Requests.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Id == account.RequestId && r.Status != RequestStatus.Deleted, cancellationToken);
        // An account that the platform holds up comes back without a new sign-in, once somebody has acted there.
        var atThePlatform = account.Failure?.IsLiftedAtThePlatform is true
            ? text["LostDoAtThePlatform", platforms.NameOf(account.Platform)]
            : null;
        if (request is null)
        {
            return Write(
                mail, account.Platform, name, text["LostOwn"], atThePlatform ?? text["LostDoOwn"], "LostButtonAccounts",
                "settings/data-sync-accounts");
        }

        // A request that is not over is mended by sending it again, since its link still leads to the wizard; another one by a new request.
        var isOpen = request.Status is RequestStatus.Pending or RequestStatus.Expired;
        return Write(
            mail, account.Platform, name, text["LostOfRequest", request.RequesterName, text.Recipient(request.FirstRecipient)],
            atThePlatform ?? text[isOpen ? "LostDoOfOpenRequest" : "LostDoOfClosedRequest"], "CompletedButton",
            $"collaboration/requests/{request.Id}");
    }

    private Letter Write(QueuedMail mail, PlatformKey platform, string account, string from, string whatToDo, string button, string page)
    {
        var (name, since) = (platforms.NameOf(platform), mail.Message.QueuedAt.UtcDateTime.ToString("f", CultureInfo.CurrentCulture));
        return new Letter(
            new EmailBranding(mail.Agency.Name), text["LostSubject", name, account], text["LostHeading", name, account],
            new PortalLines(from, text["LostSince", $"{since} UTC"], "", whatToDo), text[button], new Uri(address.Public, page))
        {
            Footer = [text["SettingsReason", mail.Agency.Name]],
        };
    }
}
