namespace OnboardingPortal.Core.Agencies;

/// <summary>A tenant: the company whose name the client reads.</summary>
public sealed class Agency
{
    /// <summary>The most UTF-16 code units a name may have.</summary>
    public const int NameMaxLength = 120;

    private Agency()
    {
    }

    /// <summary>Makes an agency with the usual settings.</summary>
    public Agency(AgencyId id, string name, string defaultMessage, DateTimeOffset createdAt) =>
        (Id, Name, DefaultMessage, CreatedAt) = (id, name, defaultMessage, createdAt);

    /// <summary>The tenant's id.</summary>
    public AgencyId Id { get; private set; }

    /// <summary>Shown to clients and in mails; 1 to <see cref="NameMaxLength"/> characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What a new request's message starts with; plain text, at most <c>OnboardingRequest.MessageMaxLength</c> characters.</summary>
    public string DefaultMessage { get; private set; } = "";

    /// <summary>Whether mails and landing pages name the user who sent the request.</summary>
    public bool IncludeRequesterName { get; private set; } = true;

    /// <summary>Language of mails whose request names none: a two-letter code the portal has texts for.</summary>
    public string Language { get; private set; } = "en";

    /// <summary>When the agency was set up, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Replaces the collaboration settings.</summary>
    public void Change(string defaultMessage, bool includeRequesterName, string language) =>
        (DefaultMessage, IncludeRequesterName, Language) = (defaultMessage, includeRequesterName, language);
}
