using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>What the mail about a recipient who was not reached is made of.</summary>
/// <param name="AgencyName">Whose request.</param>
/// <param name="Address">Who was not reached.</param>
/// <param name="State">What became of the mail to them.</param>
/// <param name="Words">What their mail server said; hostile text, null when it said nothing.</param>
/// <param name="Link">Where the button leads.</param>
internal sealed record UndeliverableFacts(string AgencyName, string Address, DeliveryState State, string? Words, Uri Link);

public sealed partial class RequestEmails
{
    /// <summary>Nothing when the request was deleted, or was sent to the recipient again meanwhile.</summary>
    internal async Task<RenderedEmail> RenderUndeliverableAsync(EmailMessage mail, Agency agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.AgencyId);
        var id = mail.About.As<RecipientId>();
        var recipient = await db.Recipients.AsNoTracking().Where(r => r.Id == id && r.RequestId == mail.RequestId)
            .Where(r => db.Requests.Any(q => q.Id == r.RequestId && q.Status != RequestStatus.Deleted))
            .SingleOrDefaultAsync(cancellationToken);
        return new RenderedEmail(agency.Name, null, recipient is { Delivery: { IsTrouble: true } state }
            ? renderer.Render(mail.Language ?? agency.Language, new UndeliverableFacts(
                agency.Name, recipient.Email, state, recipient.DeliveryText,
                new Uri(address.Public, $"collaboration/requests/{recipient.RequestId}")))
            : null);
    }
}

public sealed partial class EmailRenderer
{
    /// <summary>Renders the mail about a recipient who was not reached.</summary>
    internal EmailContent Render(string language, UndeliverableFacts facts) => In(language, () => Compose(
        facts.AgencyName, text["UndeliverableSubject", facts.Address], text["UndeliverableHeading", facts.Address],
        [text[$"Undeliverable{facts.State}"], "", text["UndeliverableDo"]],
        string.IsNullOrWhiteSpace(facts.Words) ? [] : [text["UndeliverableWords", EmailLayout.OneLine(facts.Words)]],
        text["CompletedButton"], facts.Link, [text["RequesterReason"]]));
}
