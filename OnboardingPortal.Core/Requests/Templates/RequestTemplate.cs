namespace OnboardingPortal.Core.Requests;

/// <summary>A saved start for new requests: message, services, Business Manager.</summary>
public sealed class RequestTemplate : IAgencyOwned
{
    /// <summary>The most UTF-16 code units a name may have.</summary>
    public const int NameMaxLength = 80;

    /// <summary>The most templates an agency may keep.</summary>
    public const int MaxTemplates = 100;

    private RequestTemplate()
    {
    }

    internal RequestTemplate(RequestTemplateId id, AgencyId agency, DateTimeOffset now)
    {
        Id = id;
        AgencyId = agency;
        CreatedAt = now;
    }

    /// <summary>The template's id.</summary>
    public RequestTemplateId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>What users choose it by; no two of an agency are the same.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Markdown for the client; may be empty.</summary>
    public string Message { get; private set; } = "";

    /// <summary>What is asked for; may be empty.</summary>
    public IReadOnlyList<PlatformKey> Platforms { get; private set; } = [];

    /// <summary>The agency's Facebook user; null = none chosen, or it was removed.</summary>
    public AgencyFacebookUserId? FacebookUserId { get; private set; }

    /// <summary>One of that user's Business Managers; null = none chosen.</summary>
    public string? BusinessManagerId { get; private set; }

    /// <summary>Whether new requests start with it; at most one of an agency.</summary>
    public bool IsDefault { get; private set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    internal void Change(string name, RequestTerms terms)
    {
        Name = name;
        Message = terms.Message;
        Platforms = terms.Platforms;
        FacebookUserId = terms.FacebookUserId;
        BusinessManagerId = terms.BusinessManagerId;
    }

    internal void MakeDefault(bool isDefault) => IsDefault = isDefault;
}
