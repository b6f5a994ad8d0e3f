using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails;

/// <summary>One mail: finds what it is about at the moment it is sent, and says it.</summary>
internal interface IMail
{
    /// <summary>Which one it is.</summary>
    EmailKind Kind { get; }

    /// <summary>What it says, in the language of the running culture; null when what it was about is over.</summary>
    Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken cancellationToken);
}

/// <summary>A mail whose turn it is.</summary>
/// <param name="Message">Its row.</param>
/// <param name="Letterhead">What its agency's mails of the batch share.</param>
internal sealed record QueuedMail(EmailMessage Message, Letterhead Letterhead)
{
    /// <summary>Whose mail it is.</summary>
    public Agency Agency => Letterhead.Agency;

    /// <summary>The language it is written in.</summary>
    public string Language => Message.Language ?? Agency.Language;
}
