using OnboardingPortal.Sandbox.Facebook.Campaigns;

namespace OnboardingPortal.Sandbox.Facebook;

/// <summary>What happens when this app shares an asset of a business.</summary>
public enum FacebookSharingRule
{
    Allowed,
    NeedsSecondAdmin,
    Refused,

    /// <summary>Pages are not shared by this app, but anybody who wants one may ask for it.</summary>
    PagesOnRequest,

    /// <summary>Shared like any other, but the partner's people cannot be assigned.</summary>
    PeopleRefused,
}

public sealed record FacebookBusiness(string Id, string Name, FacebookSharingRule Rule = FacebookSharingRule.Allowed);

/// <remarks>
/// <c>Role</c>: <c>ADMIN</c> or <c>EMPLOYEE</c>.<br/>
/// <c>BusinessUserId</c>: The business-scoped id, which <c>assigned_users</c> wants.
/// </remarks>
public sealed record FacebookMembership(string PersonKey, FacebookBusiness Business, string Role, string BusinessUserId);

/// <remarks>
/// <c>Id</c>: As calls name it: <c>act_…</c> for an ad account.<br/>
/// <c>Owner</c>: Null when it belongs to a person.<br/>
/// <c>Partner</c>: A business that may work on it without owning it.<br/>
/// <c>Person</c>: Whom it belongs to without a business.
/// </remarks>
public abstract record FacebookAsset(string Id, string Name, FacebookBusiness? Owner, FacebookBusiness? Partner, string? Person);

/// <remarks><c>Status</c>: 1 active, 2 disabled, 101 closed.</remarks>
public sealed record FacebookAdAccount(
    string AccountId, string Name, FacebookBusiness? Owner, FacebookBusiness? Partner = null, string? Person = null, int Status = 1)
    : FacebookAsset($"act_{AccountId}", Name, Owner, Partner, Person)
{
    /// <summary>Three upper-case letters.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>By the name of the IANA database.</summary>
    public string TimeZone { get; init; } = "Europe/Berlin";

    /// <summary>Whom its ads in the European Union speak for by default.</summary>
    public string? Beneficiary { get; init; }

    /// <summary>Who pays for them by default.</summary>
    public string? Payor { get; init; }

    /// <summary>What is wrong with it where campaigns are made.</summary>
    public FacebookCampaignRule CampaignRule { get; init; }
}

/// <remarks><c>IsNew</c>: Of the "new Pages experience", where tasks have names of their own.</remarks>
public sealed record FacebookPage(
    string PageId, string Name, FacebookBusiness? Owner, string? Person = null, FacebookBusiness? Partner = null, bool IsNew = false)
    : FacebookAsset(PageId, Name, Owner, Partner, Person)
{
    /// <summary>Whether ad accounts of its owner may advertise for it.</summary>
    public bool IsPromotable { get; init; } = true;
}
