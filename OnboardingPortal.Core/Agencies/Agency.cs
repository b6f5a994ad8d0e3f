namespace OnboardingPortal.Core.Agencies;

/// <summary>A tenant: the company whose name the client reads.</summary>
public sealed class Agency : ITenant
{
    /// <summary>The most UTF-16 code units a name may have.</summary>
    public const int NameMaxLength = 120;

    /// <summary>The most characters of a message, a default one or a request's, before it is written out.</summary>
    public const int MessageMaxLength = 4000;

    /// <summary>The other language that messages are kept in.</summary>
    internal const string GermanCode = "de";

    private Agency()
    {
    }

    /// <summary>Makes an agency with the usual settings.</summary>
    public Agency(AgencyId id, string name, string defaultMessage, DateTimeOffset createdAt, string germanDefaultMessage = "")
    {
        Id = id;
        Name = name;
        DefaultMessage = defaultMessage;
        CreatedAt = createdAt;
        GermanDefaultMessage = germanDefaultMessage;
    }

    /// <summary>The tenant's id.</summary>
    public AgencyId Id { get; private set; }

    /// <summary>Shown to clients and in mails; 1 to <see cref="NameMaxLength"/> characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The main user who can neither be removed nor disabled nor made a sub-user by others; null until there is one.</summary>
    public AgencyUserId? OwnerId { get; private set; }

    /// <summary>Whether each user needs a second factor or a passkey before they get further than setting one up.</summary>
    public bool RequiresTwoFactor { get; private set; }

    /// <summary>
    /// What a new request's message starts with, in English and wherever there is none in the reader's language; Markdown, at most
    /// <c>OnboardingRequest.MessageMaxLength</c> characters.
    /// </summary>
    public string DefaultMessage { get; private set; } = "";

    /// <summary>The same in German; empty = there is none, null = nobody was asked yet, in rows of before.</summary>
    public string? GermanDefaultMessage { get; private set; }

    /// <summary>Whether mails and landing pages name the user who sent the request.</summary>
    public bool IncludeRequesterName { get; private set; } = true;

    /// <summary>Language of mails whose request names none: a two-letter code the portal has texts for.</summary>
    public string Language { get; private set; } = "en";

    /// <summary>The language a new request starts with; null = the client's browser decides.</summary>
    public string? RequestLanguage { get; private set; }

    /// <summary>Who sees whose requests.</summary>
    public RequestVisibility Visibility { get; private set; }

    /// <summary>How long a link lives after it was last sent.</summary>
    public LinkLife LinkLife { get; private set; } = LinkLife.Default;

    /// <summary>Days after sending on which recipients are reminded, rising; empty = never.</summary>
    public IReadOnlyList<int> ReminderDays { get; private set; } = [];

    /// <summary>Who is mailed when a request is completed.</summary>
    public MailedPeople MailedOnCompletion { get; private set; } = MailedPeople.RequesterOnly;

    /// <summary>Who is mailed when a connected account no longer works.</summary>
    public MailedPeople MailedOnLostAccess { get; private set; } = MailedPeople.RequesterOnly;

    /// <summary>When the agency was set up, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The collaboration settings as they stand.</summary>
    public CollaborationSettings Settings => new(
        DefaultMessage, IncludeRequesterName, Language, RequestLanguage, Visibility, LinkLife, ReminderDays, MailedOnCompletion,
        MailedOnLostAccess)
    {
        GermanDefaultMessage = GermanDefaultMessage ?? "",
    };

    /// <summary>The default message for readers of a language; empty only when there is none at all.</summary>
    /// <param name="language">A two-letter code.</param>
    public string DefaultMessageIn(string? language) =>
        GermanDefaultMessage is { Length: > 0 } german && (language == GermanCode || DefaultMessage.Length == 0) ? german : DefaultMessage;

    /// <summary>Replaces the collaboration settings.</summary>
    internal void Change(CollaborationSettings settings)
    {
        DefaultMessage = settings.DefaultMessage.Trim();
        IncludeRequesterName = settings.IncludeRequesterName;
        Language = settings.Language;
        RequestLanguage = settings.RequestLanguage;
        GermanDefaultMessage = settings.GermanDefaultMessage.Trim();
        Visibility = settings.Visibility;
        LinkLife = settings.LinkLife;
        ReminderDays = [.. settings.ReminderDays.Order().Distinct()];
        MailedOnCompletion = settings.MailedOnCompletion;
        MailedOnLostAccess = settings.MailedOnLostAccess;
    }

    internal void HandOver(AgencyUserId owner) => OwnerId = owner;

    internal void RequireTwoFactor(bool required) => RequiresTwoFactor = required;
}
