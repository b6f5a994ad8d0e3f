using System.Text.Json.Nodes;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>Giving businesses access to assets, asking for it, and taking it back.</summary>
internal sealed class GraphShares(FacebookPermissions permissions, FacebookSharing sharing)
{
    /// <summary>The owner's side: an admin gives a business access.</summary>
    public IResult Share(GraphCall call)
    {
        if (Locate(call, "post", out var asset) is { } refusal)
            return refusal;
        if (FacebookWorld.FindBusiness(call.Parameter("business")) is not { } business)
            return GraphError.InvalidParameter("business");
        if (GraphTasks.Read(call, "permitted_tasks", asset) is not { } tasks)
            return GraphError.InvalidParameter("permitted_tasks");
        if (MayNotShare(call, asset) is { } reason)
            return reason;
        if (asset.Owner == business)
            return new GraphError(400, 3946, "(#3946) This asset already belongs to this business.");

        var needsApproval = asset is FacebookAdAccount && asset.Owner?.Rule == FacebookSharingRule.NeedsSecondAdmin;
        var status = needsApproval ? FacebookShareStatus.SecondAdminPending : FacebookShareStatus.Confirmed;
        if (sharing.Add(asset, business, tasks, status) is { } there)
            return AlreadyShared(asset, there);
        return needsApproval
            ? GraphAnswer.Json(new JsonObject { ["success"] = true, ["requires_admin_approval"] = true })
            : GraphAnswer.Success;
    }

    public IResult ListAgencies(GraphCall call) => Locate(call, "get", out var asset) is { } refusal
        ? refusal
        : GraphAnswer.Page(
            call,
            from share in sharing.ListOf(asset)
            let business = FacebookWorld.FindBusiness(share.BusinessId)
            where business is not null
            select GraphNodes.Agency(share, business),
            "id,name,access_status,access_requested_time,access_updated_time,permitted_tasks");

    public IResult Unshare(GraphCall call)
    {
        if (Locate(call, "delete", out var asset) is { } refusal)
            return refusal;
        if (MayNotShare(call, asset) is { } reason)
            return reason;
        return sharing.Remove(asset.Id, call.Parameter("business") ?? "") ? GraphAnswer.Success : GraphError.InvalidParameter("business");
    }

    /// <summary>The agency's side: it asks for a Page, and anybody who has the Page approves in Facebook's own pages.</summary>
    public IResult RequestPage(GraphCall call)
    {
        if (FacebookWorld.FindBusiness(call.Route("business")) is not { } business || !FacebookWorld.IsAdmin(call.Person.Key, business))
            return GraphError.ObjectMissing("post", call.Route("business"));
        if (FacebookWorld.FindAsset(call.Parameter("page_id")) is not FacebookPage page)
            return GraphError.InvalidParameter("page_id");
        if (GraphTasks.Read(call, "permitted_tasks", page) is not { } tasks)
            return GraphError.InvalidParameter("permitted_tasks");
        if (page.Owner?.Rule == FacebookSharingRule.Refused)
            return GraphError.CapabilityMissing;

        var has = FacebookWorld.Governs(call.Person.Key, page);
        if (sharing.Add(page, business, tasks, has ? FacebookShareStatus.Confirmed : FacebookShareStatus.ClientPending) is { } there)
            return AlreadyShared(page, there);
        return GraphAnswer.Json(new JsonObject { ["access_status"] = has ? "CONFIRMED" : "PENDING" });
    }

    /// <summary>Asking for an ad account left the API in 2021.</summary>
    public static IResult RequestAdAccount(GraphCall call) => GraphError.ObjectMissing("post", call.Route("business"));

    private static GraphError AlreadyShared(FacebookAsset asset, FacebookShare share) =>
        share.Status != FacebookShareStatus.Confirmed ? new GraphError(
            400, 3936, "(#3936) You have already requested access to this asset.")
        : asset is FacebookPage ? new GraphError(400, 3989, "(#3989) The business already has access to this Page.")
        : new GraphError(400, 3944, "(#3944) The business already has access to this object.");

    private static GraphError? Locate(GraphCall call, string verb, out FacebookAsset asset)
    {
        var found = FacebookWorld.FindAsset(call.Route("asset"));
        asset = found!; // only read when this answers null
        return found is null || !FacebookWorld.Sees(call.Person.Key, found)
            ? GraphError.ObjectMissing(verb, call.Route("asset"))
            : null;
    }

    private GraphError? MayNotShare(GraphCall call, FacebookAsset asset)
    {
        if (asset is FacebookPage && call.PageId != asset.Id)
            return GraphError.PageTokenNeeded;
        string[] needed = asset is FacebookAdAccount
            ? ["business_management", "ads_management"]
            : [asset.Owner is null ? "pages_manage_metadata" : "business_management", "pages_show_list"];
        if (needed.FirstOrDefault(p => !permissions.Has(call.Person.Key, p)) is { } missing)
            return GraphError.PermissionMissing(missing);
        if (asset is FacebookAdAccount && asset.Owner is null)
            return GraphError.AccountWithoutBusiness;
        if (asset.Owner?.Rule == FacebookSharingRule.Refused
            || (asset is FacebookPage && asset.Owner?.Rule == FacebookSharingRule.PagesOnRequest))
            return GraphError.CapabilityMissing;
        return FacebookWorld.Governs(call.Person.Key, asset) ? null : GraphError.NotPermitted;
    }
}
