using Microsoft.AspNetCore.Identity;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// A person who signs in for an agency. Carries no tenant filter, since a sign-in does not know its agency yet: anybody who lists users
/// filters by <see cref="AgencyId"/>.
/// </summary>
public sealed class AgencyUser : IdentityUser<long>, IAgencyOwned
{
    /// <summary>The most UTF-16 code units a display name may have.</summary>
    public const int DisplayNameMaxLength = Actor.NameMaxLength;

    /// <inheritdoc />
    public AgencyId AgencyId { get; set; }

    /// <summary>The id in the form the domain uses.</summary>
    public AgencyUserId UserId => AgencyUserId.From(Id);

    /// <summary>Shown to colleagues and, if the agency says so, to clients; 1 to <see cref="DisplayNameMaxLength"/> characters.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>What the user may do.</summary>
    public AgencyRole Role { get; set; }

    /// <summary>When a main user disabled the user, UTC; null = may sign in.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Language of the user's pages and mails, a two-letter code the portal has texts for; null = the browser's.</summary>
    public string? Language { get; set; }

    /// <summary>The zone the user reads times in, an IANA name; null = the browser's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Rows a page of the table of requests; null = the user chose nothing.</summary>
    public int? TableRows { get; set; }

    /// <summary>Whether the rows of the table of requests stand close together; null = the user chose nothing.</summary>
    public bool? TableIsCompact { get; set; }

    /// <summary>When the user was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>An address as Identity keeps it for finding users.</summary>
    internal static string Normalize(string email) => new UpperInvariantLookupNormalizer().NormalizeEmail(email);
}
