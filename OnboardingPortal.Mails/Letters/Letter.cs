namespace OnboardingPortal.Mails.Letters;

/// <summary>
/// What a mail says, from top to bottom. Its HTML and its plain text are both made of this, so that neither says what the other does not.
/// Every text is plain and may be hostile: <see cref="LetterPage"/> encodes it.
/// </summary>
/// <param name="Branding">How it looks.</param>
/// <param name="Subject">The subject line; whatever could end a line becomes a space.</param>
/// <param name="Heading">Stands above the message.</param>
/// <param name="Body">The message.</param>
/// <param name="Button">The button's words.</param>
/// <param name="Link">Where the button leads.</param>
public sealed record Letter(EmailBranding Branding, string Subject, string Heading, LetterBody Body, string Button, Uri Link)
{
    /// <summary>Paragraphs in small below the message.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Lines at the foot: above all why the reader gets the mail.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];

    /// <summary>Who the mail shows as sender.</summary>
    public string FromName { get; init; } = Branding.Name;

    /// <summary>The bare address that answers go to; null = the sender's.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Where the reader stops mails of this kind; null where there is nothing to stop.</summary>
    public Uri? StopLink { get; init; }

    /// <summary>Whether the contents are made up: its links lead nowhere, so mail programs are told of none.</summary>
    public bool IsSample { get; init; }
}
