using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>What a new draft shall be; <see cref="CampaignTermsValidator"/> holds its rules.</summary>
/// <param name="AdAccount">An ad account of a <see cref="CampaignClient"/>.</param>
/// <param name="Page">A Page of the same client.</param>
/// <param name="Name">1 to <see cref="CampaignDraft.NameMaxLength"/> characters; the portal appends its mark.</param>
/// <param name="Objective">What it is to bring.</param>
/// <param name="Categories">What the law protects; mostly empty.</param>
/// <param name="CategoryCountries">Where it does, two upper-case letters each; empty without a category.</param>
/// <param name="BudgetKind">For a day, or for all of its time.</param>
/// <param name="Budget">In the account's currency.</param>
/// <param name="Start">When it begins, in the account's zone; null = when it is published.</param>
/// <param name="End">When it ends, in the account's zone; null = when somebody ends it.</param>
/// <param name="Countries">Where it is shown; two upper-case letters each.</param>
/// <param name="Beneficiary">Whom it speaks for; needed in the European Union.</param>
/// <param name="Payor">Who pays for it; needed in the European Union.</param>
/// <param name="Audiences">Those of a <see cref="CampaignAudience"/>, by id; empty = everybody.</param>
/// <param name="WidensAudience">Whether Facebook may show it to others as well.</param>
public sealed record CampaignTerms(
    AssetId AdAccount, AssetId Page, string Name, CampaignObjective Objective, IReadOnlyList<SpecialAdCategory> Categories,
    IReadOnlyList<string> CategoryCountries, CampaignBudget BudgetKind, decimal Budget, DateTime? Start, DateTime? End,
    IReadOnlyList<string> Countries, string? Beneficiary, string? Payor, IReadOnlyList<string> Audiences, bool WidensAudience)
{
    /// <summary>The names of the audiences when it was ordered: <see cref="CampaignService"/> fills them in. Hostile text.</summary>
    public IReadOnlyList<string> AudienceNames { get; init; } = [];
}

/// <summary>What a budget is for. Stored by name.</summary>
public enum CampaignBudget
{
    /// <summary>For each day.</summary>
    Daily,

    /// <summary>For all of its time, which then has an end.</summary>
    Lifetime,
}

/// <summary>What the rules need to know of the ad account.</summary>
/// <param name="Currency">Three upper-case letters.</param>
/// <param name="MinimumDaily">The least daily budget in that currency; null when Facebook does not tell.</param>
/// <param name="TimeZone">By the name of the IANA database.</param>
/// <param name="Now">UTC.</param>
public sealed record CampaignFacts(string Currency, decimal? MinimumDaily, string TimeZone, DateTimeOffset Now)
{
    /// <summary>The day it is in the account's zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(CampaignTermsValidator.NowIn(this));
}

/// <summary>What is known of a pair before the form is filled in.</summary>
/// <param name="Facts">Of the ad account.</param>
/// <param name="Beneficiary">Who is proposed for whom the ads speak for; null when nobody is. Hostile text.</param>
/// <param name="Payor">Who is proposed for who pays; null when nobody is. Hostile text.</param>
/// <param name="Audiences">To whom it can be shown instead of everybody, by name.</param>
public sealed record CampaignProposal(
    CampaignFacts Facts, string? Beneficiary, string? Payor, IReadOnlyList<CampaignAudience> Audiences);

/// <summary>A client whose grant makes campaigns possible: all of it came through one request.</summary>
/// <param name="Request">The request.</param>
/// <param name="Name">The client, in the words of the request table; hostile text.</param>
/// <param name="AdAccounts">What can be advertised with now.</param>
/// <param name="Pages">What can be advertised for now.</param>
public sealed record CampaignClient(
    RequestId Request, string Name, IReadOnlyList<CampaignAsset> AdAccounts, IReadOnlyList<CampaignAsset> Pages);

/// <summary>An ad account or Page that works now.</summary>
/// <param name="Id">The asset.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="ExternalId">Facebook's id.</param>
public sealed record CampaignAsset(AssetId Id, string Name, string ExternalId);

/// <summary>What came of an order: a draft, which Facebook may have refused.</summary>
/// <param name="Id">The draft; one that was refused is corrected under the same id.</param>
/// <param name="Refused">Why it was refused; null when it is made, or still being made.</param>
public sealed record CampaignOutcome(CampaignDraftId Id, CampaignRefused? Refused);

/// <summary>What came of deleting all drafts of a client.</summary>
/// <param name="Deleted">How many are gone at Facebook, as it was seen there.</param>
/// <param name="Left">What is left, by name, and why.</param>
public sealed record CampaignRemovals(int Deleted, IReadOnlyList<(string Name, PortalError Why)> Left);
