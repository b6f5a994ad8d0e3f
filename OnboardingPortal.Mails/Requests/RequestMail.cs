using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Requests;

/// <summary>
/// The request itself, to a recipient; also its reminders. Nothing when the request is over, or when it reminds somebody who wants no
/// reminders or whose request is done by now.
/// </summary>
internal sealed class RequestMail(
    RequestLetters letters, LinkTokens links, ReminderStops stops, ClientBrands brands, PlatformCatalog platforms, TimeProvider clock)
    : IMail
{
    public EmailKind Kind => EmailKind.Request;

    public Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken) => Task.FromResult(Write(mail));

    private Letter? Write(QueuedMail mail)
    {
        var (letterhead, isReminder) = (mail.Letterhead, mail.Message.ReminderDay is not null);
        if (mail.Message.About.As<RequestId>() is not { } id || !letterhead.Requests.TryGetValue(id, out var request)
            || request.StatusAt(clock.GetUtcNow()) != RequestStatus.Pending) return null;
        var recipient = letterhead.Recipients.FirstOrDefault(r => r.RequestId == id && r.Email == mail.Message.To);
        if (isReminder && (recipient is not { TakesReminders: true } || letterhead.Done.Contains(id))) return null;

        var (agency, brand) = letterhead;
        var address = brands.AddressOf(brand);
        var facts = new RequestFacts(
            agency.IncludeRequesterName ? brand.RequesterName ?? request.RequesterName : null, request.MessageIn(mail.Language),
            [.. request.Platforms.Select(p => platforms.NameOf(p.Platform))], request.ExpiresAt!.Value,
            links.LinkOf(recipient?.LinkTokenProtected ?? request.LinkTokenProtected!, address))
        {
            IsReminder = isReminder,
            StopLink = recipient is null ? null : stops.LinkOf(recipient.Id, address),
        };
        return letters.Write(letterhead, facts, letterhead.Requesters.GetValueOrDefault(request.RequesterId.Value).Email);
    }
}
