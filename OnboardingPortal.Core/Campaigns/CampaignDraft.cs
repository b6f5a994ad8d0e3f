using System.Globalization;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>A campaign that is made paused on a client's ad account, and looked after until it is gone.</summary>
public sealed class CampaignDraft : IAgencyOwned
{
    /// <summary>The most UTF-16 code units of a name, without the mark.</summary>
    public const int NameMaxLength = 200;

    /// <summary>The most UTF-16 code units of a name that the law asks for.</summary>
    public const int DsaNameMaxLength = 400;

    /// <summary>The most UTF-16 code units kept of Facebook's own words; longer ones are cut.</summary>
    public const int TextMaxLength = 1000;

    internal const int ExternalIdMaxLength = 60;

    private CampaignDraft()
    {
    }

    internal CampaignDraft(CampaignDraftId id, AgencyCaller by, NewLink link, DateTimeOffset now)
    {
        Id = id;
        AgencyId = by.Agency;
        UserId = by.User;
        UserName = by.Name;
        CreatedAt = now;
        LinkTokenHash = link.Hash;
        LinkTokenProtected = link.ProtectedToken;
    }

    /// <summary>The draft's id.</summary>
    public CampaignDraftId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The request through which the client granted the pair.</summary>
    public RequestId RequestId { get; private set; }

    /// <summary>The agency's Facebook user who calls.</summary>
    public AgencyFacebookUserId FacebookUserId { get; private set; }

    /// <summary>Who made it.</summary>
    public AgencyUserId UserId { get; private set; }

    /// <summary>That user's name at the time.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>The client in words; hostile text.</summary>
    public string Client { get; private set; } = "";

    /// <summary>Facebook's id of the ad account, <c>act_…</c>.</summary>
    public string AdAccount { get; private set; } = "";

    /// <summary>Its name at the time; hostile text.</summary>
    public string AdAccountName { get; private set; } = "";

    /// <summary>Facebook's id of the Page.</summary>
    public string Page { get; private set; } = "";

    /// <summary>Its name at the time; hostile text.</summary>
    public string PageName { get; private set; } = "";

    /// <summary>What was ordered.</summary>
    public CampaignTerms Terms { get; private set; } = null!;

    /// <summary>The account's currency at the time.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>The account's zone at the time.</summary>
    public string TimeZone { get; private set; } = "";

    /// <summary>How far it is.</summary>
    public CampaignState State { get; private set; }

    /// <summary>Why Facebook refused it; null when it did not.</summary>
    public CampaignProblem? Problem { get; private set; }

    /// <summary>At which field the form shows that; null when at none.</summary>
    public CampaignField? Field { get; private set; }

    /// <summary>Facebook's own words for people; hostile text, null when it gave none.</summary>
    public string? ProblemText { get; private set; }

    /// <summary>Why it cannot be made or looked at now, such as a sign-in that ended; null when nothing stands in the way.</summary>
    public PlatformFailureKind? Failure { get; private set; }

    /// <summary>What Facebook has against it, in its own words; hostile text, null when nothing.</summary>
    public string? Issues { get; private set; }

    /// <summary>Facebook's id of the campaign; null before it is known.</summary>
    public string? CampaignId { get; private set; }

    /// <summary>Facebook's id of its ad set; null before it is known.</summary>
    public string? AdSetId { get; private set; }

    /// <summary>When Facebook was last told to make the campaign, UTC; written down before it is told. Null = never.</summary>
    public DateTimeOffset? CampaignAskedAt { get; private set; }

    /// <summary>The same for the ad set.</summary>
    public DateTimeOffset? AdSetAskedAt { get; private set; }

    /// <summary>When the making goes on, UTC.</summary>
    public DateTimeOffset NextTryAt { get; private set; }

    /// <summary>Until when a node works on it, UTC; null = nobody does.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>When it was ordered, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When Facebook was last seen to have it, UTC; null before.</summary>
    public DateTimeOffset? CheckedAt { get; private set; }

    /// <summary>When it is looked at again, UTC; null = it is not.</summary>
    public DateTimeOffset? NextCheckAt { get; private set; }

    /// <summary>SHA-256 of the token of the client's link.</summary>
    public byte[] LinkTokenHash { get; private set; } = [];

    /// <summary>The token, protected.</summary>
    public string LinkTokenProtected { get; private set; } = "";

    /// <summary>What stands at the end of its name at Facebook, by which it is found again: nothing else is called so.</summary>
    public string Mark => MarkOf(Id);

    /// <summary>Its name at Facebook.</summary>
    public string FullName => $"{Terms.Name} {Mark}";

    internal static string MarkOf(CampaignDraftId id) => string.Create(CultureInfo.InvariantCulture, $"[op-{id.Value:x}]");

    /// <summary>Takes what was ordered, for the first time or in place of what was refused.</summary>
    internal void Order(CampaignPair pair, CampaignTerms terms, CampaignFacts facts)
    {
        RequestId = pair.Request;
        FacebookUserId = pair.FacebookUser;
        Client = ForeignText.Fit(pair.Client, NameMaxLength);
        AdAccount = pair.AdAccount.ExternalId;
        AdAccountName = ForeignText.Fit(pair.AdAccount.Name, NameMaxLength);
        Page = pair.Page.ExternalId;
        PageName = ForeignText.Fit(pair.Page.Name, NameMaxLength);
        Terms = terms;
        Currency = facts.Currency;
        TimeZone = facts.TimeZone;
        NextTryAt = facts.Now;
        State = CampaignState.Making;
        Problem = null;
        Field = null;
        ProblemText = null;
        Failure = null;
        CampaignAskedAt = null;
        AdSetAskedAt = null;
    }
}

/// <summary>An ad account and a Page that one client granted.</summary>
internal sealed record CampaignPair(
    RequestId Request, AgencyFacebookUserId FacebookUser, string Client, CampaignAsset AdAccount, CampaignAsset Page);
