namespace OnboardingPortal.Core.Platforms.Facebook.Campaigns;

/// <summary>Why Facebook does not let a campaign be made. Stored by name.</summary>
public enum CampaignProblem
{
    /// <summary>Budgets on the campaign and on the ad set (1885621).</summary>
    BudgetOnBothLevels,

    /// <summary>The budget is under the account's minimum (1885272, 1885650).</summary>
    BudgetTooLow,

    /// <summary>The spending limit is under its minimum (2446307).</summary>
    SpendCapTooLow,

    /// <summary>The categories that the law protects are missing, or do not fit their countries (2909034).</summary>
    CategoriesWrong,

    /// <summary>The account may not advertise politics and social issues (2708008).</summary>
    PoliticsNotAuthorised,

    /// <summary>Something narrows the audience that the category does not allow (2909035).</summary>
    NarrowedUnderCategory,

    /// <summary>An admin of the owner must accept the non-discrimination policy (2859024).</summary>
    PolicyNotAccepted,

    /// <summary>The strategy for bids is missing (2490487).</summary>
    BidStrategyMissing,

    /// <summary>It is not said whether Facebook may widen the audience (1870227).</summary>
    WideningMissing,

    /// <summary>An age limit contradicts a widened audience (1870189).</summary>
    AgeAgainstWidening,

    /// <summary>In the European Union somebody must be named whom the ads speak for and who pays (3858152).</summary>
    DsaNamesMissing,

    /// <summary>The destination does not fit the objective (2446509).</summary>
    DestinationWrong,

    /// <summary>The end lies in the past, or before the start (1487033).</summary>
    EndInPast,

    /// <summary>A website address is missing (2446383).</summary>
    WebsiteMissing,

    /// <summary>The Page is another one than the ad set's (1885029).</summary>
    PageDiffers,

    /// <summary>The agency's user has no right to do that on the account or the Page (1815694, 10, 200, 294).</summary>
    NoRight,

    /// <summary>The portal's app is in development mode (1885183).</summary>
    AppInDevelopment,

    /// <summary>The budget was changed too often within an hour (613/1487632).</summary>
    BudgetChangedTooOften,

    /// <summary>The account is called too often, or holds as many campaigns as it may (613, 17, 80004).</summary>
    TooMany,

    /// <summary>The ad account is disabled, closed or unsettled (1885316, account status).</summary>
    AccountDisabled,

    /// <summary>A custom audience is not there or not this account's (1487301, 1487366).</summary>
    AudienceWrong,

    /// <summary>Something that is needed is missing (1885204).</summary>
    SomethingMissing,

    /// <summary>Facebook did not understand what was sent (all others).</summary>
    Refused,
}
