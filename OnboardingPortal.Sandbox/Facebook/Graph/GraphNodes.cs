using System.Globalization;
using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>The stand-in's world in Graph's shapes.</summary>
internal static class GraphNodes
{
    public static GraphNode User(FacebookPerson person, bool withEmail) => new("User", new()
    {
        ["id"] = person.UserId,
        ["name"] = person.Name,
        ["email"] = withEmail ? person.Email : null,
    });

    public static GraphNode Business(FacebookBusiness business) => new("Business", new()
    {
        ["id"] = business.Id,
        ["name"] = business.Name,
        ["verification_status"] = "verified",
        ["profile_picture_uri"] = null,
    });

    public static GraphNode BusinessUser(FacebookMembership membership, FacebookPerson person) => new("BusinessUser", new()
    {
        ["id"] = membership.BusinessUserId,
        ["name"] = person.Name,
        ["email"] = person.Email,
        ["role"] = membership.Role,
        ["business"] = Short(membership.Business),
    });

    public static GraphNode AdAccount(FacebookAdAccount account, string personKey, FacebookShare? share = null) => new("AdAccount", new()
    {
        ["id"] = account.Id,
        ["account_id"] = account.AccountId,
        ["name"] = account.Name,
        ["account_status"] = account.Status,
        ["currency"] = account.Currency,
        ["timezone_name"] = account.TimeZone,
        ["default_dsa_beneficiary"] = account.Beneficiary,
        ["default_dsa_payor"] = account.Payor,
        ["business"] = account.Owner is null ? null : Short(account.Owner),
        ["owner"] = account.Owner?.Id,
        ["user_tasks"] = FacebookWorld.Governs(personKey, account)
            ? Texts("MANAGE", "ADVERTISE", "ANALYZE")
            : Texts("ADVERTISE", "ANALYZE"),
        ["permitted_tasks"] = share is null ? null : Texts(share.Tasks),
    });

    /// <remarks><c>token</c>: The person's token, from which the Page's own is made; null where Graph does not give one.</remarks>
    public static GraphNode Page(FacebookPage page, string personKey, SandboxToken? token, FacebookShare? share = null) => new("Page", new()
    {
        ["id"] = page.Id,
        ["name"] = page.Name,
        ["category"] = "Local business",
        ["link"] = $"https://www.facebook.com/{page.Id}",
        ["is_published"] = true,
        ["verification_status"] = "not_verified",
        ["has_transitioned_to_new_page_experience"] = page.IsNew,
        ["business"] = page.Owner is null ? null : Short(page.Owner),
        ["access_token"] = token is null ? null : GraphPageToken.Make(token, page),
        ["tasks"] = FacebookWorld.Governs(personKey, page)
            ? Texts("ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE")
            : Texts("ADVERTISE", "ANALYZE"),
        ["permitted_tasks"] = share is null ? null : Texts(share.Tasks),
    });

    /// <summary>A business that has access, as <c>agencies</c> lists it.</summary>
    public static GraphNode Agency(FacebookShare share, FacebookBusiness business) => new("Business", new()
    {
        ["id"] = business.Id,
        ["name"] = business.Name,
        ["access_status"] = AccessStatus(share),
        ["access_requested_time"] = Time(share.RequestedAt),
        ["access_updated_time"] = Time(share.UpdatedAt),
        ["permitted_tasks"] = Texts(share.Tasks),
    });

    /// <summary>A share that waits for somebody, as <c>pending_client_ad_accounts</c> and <c>pending_client_pages</c> list it.</summary>
    public static GraphNode Pending(FacebookShare share, FacebookAsset asset) => new("BusinessAssetRequest", new()
    {
        ["id"] = $"{share.BusinessId}_{asset.Id}",
        [asset is FacebookPage ? "page" : "ad_account"] = new JsonObject { ["id"] = asset.Id, ["name"] = asset.Name },
        ["permitted_tasks"] = Texts(share.Tasks),
    });

    public static GraphNode Assigned(FacebookAssignment assignment, FacebookShare share) => new("AssignedUser", new()
    {
        ["id"] = assignment.BusinessUserId,
        ["name"] = MemberName(assignment.BusinessUserId),
        ["tasks"] = Texts(assignment.Tasks),
        ["permitted_tasks"] = Texts(share.Tasks),
    });

    public static string AccessStatus(FacebookShare share) => share.Status switch
    {
        FacebookShareStatus.Confirmed => "CONFIRMED",
        FacebookShareStatus.ClientPending => "CLIENT_RESPONSE_PENDING",
        _ => "PENDING",
    };

    private static string? MemberName(string businessUserId) => FacebookWorld.Memberships
        .Where(m => m.BusinessUserId == businessUserId)
        .Select(m => FacebookPeople.Find(m.PersonKey)?.Name)
        .FirstOrDefault();

    private static JsonObject Short(FacebookBusiness business) => new() { ["id"] = business.Id, ["name"] = business.Name };

    private static JsonArray Texts(params IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss+0000", CultureInfo.InvariantCulture);
}
