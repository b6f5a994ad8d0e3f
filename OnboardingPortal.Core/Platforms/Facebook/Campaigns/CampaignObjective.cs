namespace OnboardingPortal.Core.Platforms.Facebook.Campaigns;

/// <summary>What a campaign is to bring. Stored by name. The other three need what nobody grants here: a form, a pixel, an app.</summary>
public enum CampaignObjective
{
    /// <summary>Many people see it.</summary>
    Awareness,

    /// <summary>People follow its link.</summary>
    Traffic,

    /// <summary>People like the Page.</summary>
    Engagement,
}

/// <summary>What the law of some countries protects. Stored by name. Facebook's older name for financial products is refused since
/// 2025, so it is not known here.</summary>
/// <seealso href="https://developers.facebook.com/documentation/ads-commerce/marketing-api/audiences/special-ad-category" />
public enum SpecialAdCategory
{
    /// <summary>Jobs.</summary>
    Employment,

    /// <summary>Homes.</summary>
    Housing,

    /// <summary>Credits, accounts, insurances, investments.</summary>
    FinancialProductsServices,

    /// <summary>Politics and social issues; Facebook takes none of it in the European Union.</summary>
    IssuesElectionsPolitics,

    /// <summary>Gambling and gaming for money.</summary>
    OnlineGamblingAndGaming,
}
