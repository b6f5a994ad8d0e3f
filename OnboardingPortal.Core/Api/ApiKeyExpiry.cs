using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Api;

/// <summary>Mails the makers of keys that expire soon, once a key, and gives keys from before keys had an end the usual one.</summary>
public sealed class ApiKeyExpiry(PortalDbContextFactory contexts, OutboxSignal outbox, RoundItems items, TimeProvider clock)
{
    /// <summary>How long before its end a key's maker is mailed.</summary>
    public static readonly TimeSpan NoticeBefore = TimeSpan.FromDays(14);

    /// <summary>One round.</summary>
    /// <returns>How many makers were mailed.</returns>
    public async Task<int> NoticeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = contexts.CreateForSystem();
        var keys = db.ApiKeys.IgnoreQueryFilters().Where(k => k.RevokedAt == null);
        var usual = now.AddDays(ApiKey.UsualDays);
        await keys.Where(k => k.ExpiresAt == null).ExecuteUpdateAsync(set => set.SetProperty(k => k.ExpiresAt, usual), cancellationToken);

        var soon = now + NoticeBefore;
        var round = await items.BeginAsync(RoundKind.ApiKeyNotice, cancellationToken);
        var due = await keys.Where(k => k.NoticedAt == null && k.ExpiresAt > now && k.ExpiresAt <= soon)
            .Select(k => new { k.AgencyId, k.Id, k.CreatedBy }).ToListAsync(cancellationToken);
        var mailed = 0;
        foreach (var key in due)
        {
            await round.TryAsync(
                key.AgencyId, key.Id,
                async () => mailed += await MailAsync(key.AgencyId, key.Id, key.CreatedBy, now, cancellationToken) ? 1 : 0,
                cancellationToken);
        }

        if (mailed > 0) outbox.Wake();
        return mailed;
    }

    private async Task<bool> MailAsync(
        AgencyId agency, ApiKeyId key, AgencyUserId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Of two nodes one is first; whose key does not work anyway is told nothing.
        var claimed = await db.ApiKeys.Where(k => k.Id == key && k.NoticedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.NoticedAt, now), cancellationToken);
        var maker = await db.Users.AsNoTracking().SingleOrDefaultAsync(
            u => u.Id == by.Value && u.AgencyId == agency && u.Role == AgencyRole.MainUser && u.DisabledAt == null, cancellationToken);
        if (claimed == 0 || maker is null) return false;
        var mail = new NewMail(EmailKind.ApiKeyExpiring, MailSubject.Of(key), maker.Email!, maker.Language);
        db.EmailMessages.Add(new EmailMessage(EmailMessageId.New(clock), agency, mail, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
