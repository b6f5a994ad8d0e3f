using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>Prepares the mail with a request's link, under the agency's white label, and its sample.</summary>
public sealed partial class RequestEmails(
    PortalDbContextFactory contexts, EmailRenderer renderer, LinkTokens links, ReminderStops stops, ClientBrands brands,
    PlatformCatalog platforms, PortalAddress address,
    TimeProvider clock)
{
    private const int SamplePlatforms = 3;

    /// <summary>A request with made-up contents, for tests and previews.</summary>
    /// <param name="brand">Whose looks; its requester goes before <paramref name="requester"/>.</param>
    /// <param name="requester">The person who asks; null when clients do not read their name.</param>
    /// <param name="message">The agency's own default; empty = a made-up one.</param>
    /// <param name="language">The mail's language.</param>
    public RequestEmail Sample(ClientBrand brand, string? requester, string message, string language) => new(
        requester is null ? null : brand.RequesterName ?? requester, message.Trim().Length > 0 ? message : renderer.SampleMessage(language),
        [.. platforms.All.Take(SamplePlatforms).Select(p => p.Descriptor.Name)], clock.GetUtcNow().AddMonths(1),
        new Uri(brands.AddressOf(brand), "r/sample"), IsTest: true)
    {
        StopLink = new Uri(brands.AddressOf(brand), "r/stop/sample"),
    };

    /// <summary>Renders a queued mail of the kinds <see cref="EmailKind.Request"/> and <see cref="EmailKind.Test"/>.</summary>
    internal RenderedEmail Render(EmailMessage mail, Letterhead letterhead)
    {
        var (agency, brand) = (letterhead.Agency, letterhead.Brand);
        var language = mail.Language ?? agency.Language;
        if (mail.Kind == EmailKind.Test)
        {
            var (name, email) = letterhead.Requesters.GetValueOrDefault(mail.About.As<AgencyUserId>()?.Value ?? 0);
            var sample = Sample(brand, agency.IncludeRequesterName ? name : null, agency.DefaultMessageIn(language), language);
            return Render(letterhead, language, sample, email);
        }

        if (mail.RequestId is not { } id || !letterhead.Requests.TryGetValue(id, out var request)
            || request.StatusAt(clock.GetUtcNow()) != RequestStatus.Pending)
        {
            return new RenderedEmail(brand.Name, null, null);
        }

        var isReminder = mail.ReminderDay is not null;
        var recipient = letterhead.Recipients.FirstOrDefault(r => r.RequestId == id && r.Email == mail.To);
        // since it was queued
        if (isReminder && (recipient is not { TakesReminders: true } || letterhead.Done.Contains(id)))
            return new RenderedEmail(brand.Name, null, null);

        return Render(
            letterhead, language,
            new RequestEmail(
                agency.IncludeRequesterName ? brand.RequesterName ?? request.RequesterName : null, request.MessageIn(language),
                [.. request.Platforms.Select(p => platforms.NameOf(p.Platform))], request.ExpiresAt!.Value,
                links.LinkOf(recipient?.LinkTokenProtected ?? request.LinkTokenProtected!, brands.AddressOf(brand)))
            {
                IsReminder = isReminder,
                StopLink = recipient is null ? null : stops.LinkOf(recipient.Id, brands.AddressOf(brand)),
            },
            letterhead.Requesters.GetValueOrDefault(request.RequesterId.Value).Email);
    }

    private RenderedEmail Render(Letterhead letterhead, string language, RequestEmail contents, string? requesterEmail)
    {
        var (agency, brand) = (letterhead.Agency, letterhead.Brand);
        // Whose name clients do not read, their address they do not read either.
        var replyTo = brand.ReplyTo ?? (agency.IncludeRequesterName ? requesterEmail : null);
        var look = EmailLook.Of(brand, brands.AddressOf(brand).AbsoluteUri);
        return new RenderedEmail(brand.SenderName ?? brand.Name, replyTo, renderer.RenderRequest(language, look, contents))
        {
            StopLink = contents.IsTest ? null : contents.StopLink,
        };
    }
}

/// <summary>A mail in words.</summary>
/// <param name="FromName">Who it shows as sender.</param>
/// <param name="ReplyTo">Where answers go; null = to the sender's address.</param>
/// <param name="Content">What it says; null when there is nothing to send any more.</param>
internal sealed record RenderedEmail(string FromName, string? ReplyTo, EmailContent? Content)
{
    /// <summary>Where the recipient stops mails of this kind; null = there is nothing to stop.</summary>
    public Uri? StopLink { get; init; }

    /// <summary>
    /// The mail as it leaves, from the portal's own address; its Message-ID is the same at every attempt. Only with content.
    /// </summary>
    public OutgoingEmail Address(EmailMessage mail, string from) => new(
        mail.Id, $"{mail.Id}@{from[(from.LastIndexOf('@') + 1)..]}", EmailLayout.OneLine(FromName), from, mail.To,
        Content ?? throw new InvalidOperationException("There is nothing to send."), ReplyTo)
    {
        StopLink = StopLink,
    };
}
