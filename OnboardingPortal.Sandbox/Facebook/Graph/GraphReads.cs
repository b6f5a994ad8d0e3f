using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Facebook.Audiences;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>What Graph tells about people, businesses and what belongs to them.</summary>
internal sealed class GraphReads(
    FacebookPermissions permissions, FacebookSharing sharing, SandboxTokens tokens, GraphAudiences audiences, AudienceStore store)
{
    private const string AccountFields = "account_id,id";

    public IResult Me(GraphCall call) => call.PageId is null
        ? GraphAnswer.Node(call, GraphNodes.User(call.Person, permissions.Has(call.Person.Key, "email")), "id,name")
        : GraphAnswer.Node(
            call, GraphNodes.Page((FacebookPage)FacebookWorld.FindAsset(call.PageId)!, call.Person.Key, call.Token), "id,name");

    public IResult Permissions(GraphCall call) => IsCaller(call)
        ? GraphAnswer.List(permissions.Of(call.Person.Key)
            .Where(p => call.Parameter("permission") is not { } only || only == p.Key)
            .Where(p => call.Parameter("status") is not { } only || only == p.Value)
            .Select(p => new JsonObject { ["permission"] = p.Key, ["status"] = p.Value }))
        : NotThere(call, "user");

    public IResult RemovePermissions(GraphCall call)
    {
        if (!IsCaller(call))
            return GraphError.ObjectMissing("delete", call.Route("user"));
        if (call.Parameter("permission") is not { } permission)
        {
            tokens.RevokeAll(FacebookApp.Key, call.Person.Key);
            permissions.Forget(call.Person.Key);
        }
        else if (permissions.Of(call.Person.Key).ContainsKey(permission))
            permissions.Decline(call.Person.Key, permission);
        else
            return GraphError.InvalidParameter("permission");
        return GraphAnswer.Success;
    }

    public IResult Businesses(GraphCall call) => Needs(call, "business_management") ?? GraphAnswer.Page(
        call, Memberships(call).Select(m => GraphNodes.Business(m.Business)), "id,name");

    public IResult BusinessUsers(GraphCall call) => Needs(call, "business_management") ?? GraphAnswer.Page(
        call, Memberships(call).Select(m => GraphNodes.BusinessUser(m, call.Person)), "id,name,business,role");

    public IResult AdAccounts(GraphCall call) => !permissions.Has(call.Person.Key, "ads_management")
        && !permissions.Has(call.Person.Key, "ads_read")
        ? new GraphError(403, 200, "(#200) Ad account owner has NOT grant ads_management or ads_read permission")
        : GraphAnswer.Page(
            call, FacebookWorld.Assets.OfType<FacebookAdAccount>().Where(a => Reaches(call, a))
                .Select(a => GraphNodes.AdAccount(a, call.Person.Key)), AccountFields);

    // Without the permission Graph answers an empty list here, not an error.
    public IResult Accounts(GraphCall call) => GraphAnswer.Page(
        call,
        FacebookWorld.Assets.OfType<FacebookPage>()
            .Where(p => permissions.Has(call.Person.Key, "pages_show_list") && Reaches(call, p))
            .Select(p => GraphNodes.Page(p, call.Person.Key, call.Token)),
        "access_token,category,name,id,tasks");

    public IResult OwnedAdAccounts(GraphCall call) => OfBusiness(call, business => GraphAnswer.Page(
        call,
        FacebookWorld.Assets.OfType<FacebookAdAccount>()
            .Where(a => a.Owner == business)
            .Where(a => call.Parameter("search_query") is not { } query || a.Name.Contains(query, StringComparison.OrdinalIgnoreCase))
            .Select(a => GraphNodes.AdAccount(a, call.Person.Key)),
        AccountFields));

    public IResult OwnedPages(GraphCall call) => OfBusiness(call, business => GraphAnswer.Page(
        call,
        FacebookWorld.Assets.OfType<FacebookPage>().Where(p => p.Owner == business)
            .Select(p => GraphNodes.Page(p, call.Person.Key, token: null)),
        "name,id"));

    public IResult ClientAdAccounts(GraphCall call) => OfBusiness(call, business => GraphAnswer.Page(
        call, Shares<FacebookAdAccount>(business, confirmed: true).Select(s => GraphNodes.AdAccount(s.Asset, call.Person.Key, s.Share)),
        AccountFields));

    public IResult ClientPages(GraphCall call) => OfBusiness(call, business => GraphAnswer.Page(
        call, Shares<FacebookPage>(business, confirmed: true).Select(s => GraphNodes.Page(s.Asset, call.Person.Key, token: null, s.Share)),
        "name,id"));

    public IResult PendingClientAdAccounts(GraphCall call) => OfBusiness(call, business => GraphAnswer.Page(
        call, Shares<FacebookAdAccount>(business, confirmed: false).Select(s => GraphNodes.Pending(s.Share, s.Asset)), "ad_account,id"));

    public IResult PendingClientPages(GraphCall call) => OfBusiness(call, business => GraphAnswer.Page(
        call, Shares<FacebookPage>(business, confirmed: false).Select(s => GraphNodes.Pending(s.Share, s.Asset)), "page,id"));

    /// <summary>A single object by its id.</summary>
    public IResult Node(GraphCall call)
    {
        var id = call.Route("node");
        if (id == call.Person.UserId)
            return Me(call);
        if (FacebookWorld.FindBusiness(id) is { } business && FacebookWorld.RoleOf(call.Person.Key, business) is not null)
            return GraphAnswer.Node(call, GraphNodes.Business(business), "id,name");
        if (store.Find(id) is not null)
            return audiences.Read(call);
        if (FacebookWorld.FindAsset(id) is not { } asset || !Reaches(call, asset))
            return NotThere(call, "node");
        var node = asset is FacebookPage page
            ? GraphNodes.Page(page, call.Person.Key, call.Token)
            : GraphNodes.AdAccount((FacebookAdAccount)asset, call.Person.Key);
        if (asset is FacebookAdAccount account)
            audiences.Describe(node, account);
        return GraphAnswer.Node(call, node, "id,name");
    }

    private static IEnumerable<FacebookMembership> Memberships(GraphCall call) =>
        FacebookWorld.Memberships.Where(m => m.PersonKey == call.Person.Key);

    private static bool IsCaller(GraphCall call) =>
        call.PageId is null && (call.Route("user") == "me" || call.Route("user") == call.Person.UserId);

    private static GraphError NotThere(GraphCall call, string route) => GraphError.ObjectMissing("get", call.Route(route));

    private GraphError? Needs(GraphCall call, string permission) =>
        permissions.Has(call.Person.Key, permission) ? null : GraphError.PermissionMissing(permission);

    private IResult OfBusiness(GraphCall call, Func<FacebookBusiness, IResult> answer) =>
        Needs(call, "business_management")
        ?? (FacebookWorld.FindBusiness(call.Route("business")) is { } business
            && FacebookWorld.RoleOf(call.Person.Key, business) is not null
            ? answer(business)
            : NotThere(call, "business"));

    // An agency's people reach what was shared with their business, too.
    public bool Reaches(GraphCall call, FacebookAsset asset) => sharing.Reaches(call.Person.Key, asset);

    private IEnumerable<(FacebookShare Share, TAsset Asset)> Shares<TAsset>(FacebookBusiness business, bool confirmed)
        where TAsset : FacebookAsset =>
        from share in sharing.ListTo(business)
        where share.Status == FacebookShareStatus.Confirmed == confirmed
        let asset = FacebookWorld.FindAsset(share.AssetId) as TAsset
        where asset is not null
        select (share, asset);
}
