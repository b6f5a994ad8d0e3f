using System.Globalization;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Requests;

/// <summary>The letter with a request's link, under the agency's white label.</summary>
public sealed class RequestLetters(ClientBrands brands, IStringLocalizer<EmailTexts> text)
{
    /// <summary>The letter with its sender, as it goes to a recipient.</summary>
    /// <param name="letterhead">Whose letter it is.</param>
    /// <param name="facts">What it says.</param>
    /// <param name="requesterEmail">Where answers go unless the white label says otherwise; null = the requester is gone.</param>
    internal Letter Write(Letterhead letterhead, RequestFacts facts, string? requesterEmail)
    {
        var (agency, brand) = letterhead;
        return Write(EmailBranding.Of(brand, brands.AddressOf(brand).AbsoluteUri), facts) with
        {
            FromName = brand.SenderName ?? brand.Name,
            // Whose name clients do not read, their address they do not read either.
            ReplyTo = brand.ReplyTo ?? (agency.IncludeRequesterName ? requesterEmail : null),
        };
    }

    /// <summary>The letter in some branding, in the language of the running culture.</summary>
    internal Letter Write(EmailBranding branding, RequestFacts facts)
    {
        var (subject, heading) = facts.IsReminder ? ("ReminderSubject", "ReminderHeading") : ("RequestSubject", "RequestHeading");
        var from = facts.RequesterName is { } name ? text["RequestFromPerson", name, branding.Name] : text["RequestFrom", branding.Name];
        List<string> footer = [text["RequestExpiry", facts.ExpiresAt.ToString("D", CultureInfo.CurrentCulture)], from];
        if (facts.IsSample) footer.Insert(0, text["TestNote"]);
        return new Letter(
            branding, text[subject, branding.Name], text[heading, branding.Name], new WrittenMessage(facts.Message),
            text["RequestButton"], facts.Link)
        {
            Notes = [text["RequestServices", string.Join(", ", facts.Platforms)], text["RequestSafety"]],
            Footer = footer,
            StopLink = facts.StopLink,
            IsSample = facts.IsSample,
        };
    }
}
