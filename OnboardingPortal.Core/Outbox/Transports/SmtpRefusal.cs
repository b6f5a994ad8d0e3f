using System.Globalization;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;

namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// What a mail server's no means: by the step that it answers, its enhanced code (RFC 3463), and where that is too coarse by its words.
/// Refused for good is only what it says of the recipient or of the mail itself. Its no to us (the sender, our network, our sign-in) and to
/// how much we send is the operator's to mend, or a matter of time.
/// </summary>
internal static partial class SmtpRefusal
{
    /// <summary>How long a server that counts what we send is left alone.</summary>
    public static readonly TimeSpan QuotaPause = TimeSpan.FromMinutes(30);

    /// <summary>The exception by which the outbox knows what to do.</summary>
    /// <param name="step">What the server answered to.</param>
    /// <param name="code">Its code.</param>
    /// <param name="words">Its words, with the enhanced code where it has one; hostile text.</param>
    public static Exception Of(SmtpErrorCode step, SmtpStatusCode code, string words)
    {
        words = ForeignText.OneLine(words).Trim();
        var said = $"{((int)code).ToString(CultureInfo.InvariantCulture)} {words}";
        if (IsQuota(words)) return new EmailBusyException(said, QuotaPause);
        if (IsForGood(step, (int)code, words)) return new EmailRefusedException(said);
        return IsOfUs(step, (int)code, words) ? new IOException(said, new SenderRefusedException(said)) : new IOException(said);
    }

    private static bool IsForGood(SmtpErrorCode step, int code, string words)
    {
        if (code is not (501 or >= 550)) return false; // 530: we are to sign in first
        if (step is SmtpErrorCode.SenderNotAccepted) return false;
        if (OfRecipient().IsMatch(words)) return true;
        return step switch
        {
            SmtpErrorCode.RecipientNotAccepted => !Enhanced().IsMatch(words) && !OfUs().IsMatch(words),
            SmtpErrorCode.MessageNotAccepted => !OfUs().IsMatch(words),
            _ => false,
        };
    }

    /// <summary>Whether the operator has to mend something; otherwise the recipient's server asks to come again.</summary>
    private static bool IsOfUs(SmtpErrorCode step, int code, string words) =>
        step == SmtpErrorCode.SenderNotAccepted || code >= 500 || OfUs().IsMatch(words);

    private static bool IsQuota(string words) =>
        !OfRecipient().IsMatch(words) && !OfSize().IsMatch(words)
            && (words.StartsWith("5.4.5 ", StringComparison.Ordinal) || OfQuota().IsMatch(words));

    [GeneratedRegex(@"^[45]\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex Enhanced();

    /// <summary>3.2 and 3.3 of RFC 3463: no such mailbox, no such domain, moved, or a mailbox that takes nothing.</summary>
    [GeneratedRegex(@"^[45]\.(1\.(1|2|3|6|10)|2\.[0-3])\b")]
    private static partial Regex OfRecipient();

    [GeneratedRegex(@"^[45]\.3\.4\b|\bsize\b", RegexOptions.IgnoreCase)]
    private static partial Regex OfSize();

    [GeneratedRegex(
        @"\b(sending|daily|hourly|outgoing|outbound|rate|messages?|mails?|emails?)\b.{0,60}\b(limit|limits|quota)\b"
            + @"|\btoo many (messages|mails|emails)\b|\brate.?limit",
        RegexOptions.IgnoreCase)]
    private static partial Regex OfQuota();

    [GeneratedRegex(
        @"\bsender\b|\brelay|authenti|\bauthori[sz]|\bnot (owned|logged|permitted|allowed)\b|\b(spf|dkim|dmarc)\b|\bclient\b"
            + @"|\b(your|this) (ip|host|server|network)\b|\bblocked using\b|\bbl(ack|ock)[- ]?list|spamhaus|\breputation\b"
            + @"|\b5\.7\.(23|24|25|26|27)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex OfUs();
}
