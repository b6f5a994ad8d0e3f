namespace OnboardingPortal.Core.Outbox;

/// <summary>A mail that a feature wants sent: which one, about what, to whom. What it says is found when it is sent.</summary>
/// <param name="Kind">Names the class that puts it into words.</param>
/// <param name="About">What that class looks up.</param>
/// <param name="To">The bare address.</param>
/// <param name="Language">Two-letter code the portal has texts for; null = the agency's language when it is sent.</param>
public sealed record NewMail(EmailKind Kind, MailSubject About, string To, string? Language)
{
    /// <summary>
    /// The request on whose page the mail shows, and with which it is seen; null for a mail that belongs to none.
    /// </summary>
    public RequestId? Request { get; init; }

    /// <summary>The day after sending for which a request's mail reminds; null for every other mail.</summary>
    public int? ReminderDay { get; init; }

    /// <summary>A mail about a request as a whole.</summary>
    public static NewMail OfRequest(EmailKind kind, RequestId request, string to, string? language) =>
        new(kind, MailSubject.Of(request), to, language) { Request = request };
}
