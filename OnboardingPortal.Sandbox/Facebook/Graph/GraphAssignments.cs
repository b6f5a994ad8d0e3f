namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>Which of the agency's people work on an asset that was shared with the agency.</summary>
internal sealed class GraphAssignments(FacebookSharing sharing)
{
    public IResult Assign(GraphCall call)
    {
        if (FacebookWorld.FindAsset(call.Route("asset")) is not { } asset)
            return GraphError.ObjectMissing("post", call.Route("asset"));
        if (FacebookWorld.Memberships.FirstOrDefault(m => m.BusinessUserId == call.Parameter("user")) is not { } member)
            return GraphError.InvalidParameter("user");
        if (GraphTasks.Read(call, "tasks", asset) is not { } tasks)
            return GraphError.InvalidParameter("tasks");
        if (call.Parameter("business") is { } business && business != member.Business.Id)
            return GraphError.InvalidParameter("business");
        if (!FacebookWorld.IsAdmin(call.Person.Key, member.Business) || ConfirmedShare(asset, member.Business) is not { } share)
            return GraphError.NotPermitted;
        if (asset.Owner?.Rule == FacebookSharingRule.PeopleRefused)
            return GraphError.NotPermitted;
        if (tasks.Except(share.Tasks).Any())
            return GraphError.InvalidParameter("tasks");

        sharing.Assign(asset, member, tasks);
        return GraphAnswer.Success;
    }

    public IResult List(GraphCall call)
    {
        if (FacebookWorld.FindBusiness(call.Parameter("business")) is not { } business)
            return new GraphError(400, 100, "(#100) The parameter business is required");
        if (FacebookWorld.FindAsset(call.Route("asset")) is not { } asset
            || FacebookWorld.RoleOf(call.Person.Key, business) is null
            || ConfirmedShare(asset, business) is not { } share)
            return GraphError.ObjectMissing("get", call.Route("asset"));
        return GraphAnswer.Page(call, sharing.ListAssignments(asset, business).Select(a => GraphNodes.Assigned(a, share)), "id,name,tasks");
    }

    public IResult Unassign(GraphCall call)
    {
        if (FacebookWorld.FindAsset(call.Route("asset")) is not { } asset)
            return GraphError.ObjectMissing("delete", call.Route("asset"));
        var member = FacebookWorld.Memberships.FirstOrDefault(m => m.BusinessUserId == call.Parameter("user"));
        if (member is null || !FacebookWorld.IsAdmin(call.Person.Key, member.Business))
            return GraphError.NotPermitted;
        return sharing.Unassign(asset, member.BusinessUserId) ? GraphAnswer.Success : GraphError.InvalidParameter("user");
    }

    private FacebookShare? ConfirmedShare(FacebookAsset asset, FacebookBusiness business) =>
        sharing.Find(asset, business) is { Status: FacebookShareStatus.Confirmed } share ? share : null;
}
