namespace OnboardingPortal.Core.Platforms.Facebook.Campaigns;

/// <summary>Facebook does not let a campaign be made.</summary>
/// <param name="Problem">Why.</param>
/// <param name="Field">Where the form shows it; null when it is about none of its fields.</param>
/// <param name="UserText">Facebook's own words for people; hostile text, null when it gave none.</param>
/// <param name="TraceId">Facebook's id of the call, for its support; null when it gave none.</param>
public sealed record CampaignRefused(CampaignProblem Problem, CampaignField? Field, string? UserText = null, string? TraceId = null)
    : PortalError
{
    /// <inheritdoc />
    public override string TextKey => $"{nameof(CampaignRefused)}{Problem}";
}

/// <summary>A field of the form, named like it. Stored by name.</summary>
public enum CampaignField
{
    /// <summary>The ad account.</summary>
    AdAccount,

    /// <summary>The Page.</summary>
    Page,

    /// <summary>The name.</summary>
    Name,

    /// <summary>The objective.</summary>
    Objective,

    /// <summary>The categories that the law protects.</summary>
    Categories,

    /// <summary>Their countries.</summary>
    CategoryCountries,

    /// <summary>The budget.</summary>
    Budget,

    /// <summary>The start.</summary>
    Start,

    /// <summary>The end.</summary>
    End,

    /// <summary>The countries.</summary>
    Countries,

    /// <summary>Whom the ads speak for.</summary>
    Beneficiary,

    /// <summary>Who pays.</summary>
    Payor,

    /// <summary>The audiences.</summary>
    Audiences,

    /// <summary>Whether Facebook may widen the audience.</summary>
    WidensAudience,
}
