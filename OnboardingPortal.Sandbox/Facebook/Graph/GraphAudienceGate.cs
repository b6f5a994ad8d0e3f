using System.Text;
using OnboardingPortal.Sandbox.Facebook.Audiences;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>What every call about audiences passes: its parameters, the right to it, limits, and the trouble of the ad account.</summary>
internal sealed class GraphAudienceGate(
    AudienceStore store, AudienceTroubles troubles, AudienceLimits limits, FacebookSharing sharing, FacebookPermissions permissions)
{
    /// <summary>The ad account in a call's address; otherwise why the call is refused.</summary>
    public IResult? Enter(GraphCall call, string method, string edge, AudienceCalls kind, out FacebookAdAccount account)
    {
        account = (FacebookWorld.FindAsset(call.Route("account")) as FacebookAdAccount)!; // only read when this answers null
        return GraphParameters.Refusal(call, method, edge) ?? Enter(call, account, kind);
    }

    /// <summary>The audience in a call's address; otherwise why the call is refused.</summary>
    public IResult? Enter(
        GraphCall call, string method, string edge, AudienceCalls kind, out FacebookAudience audience, out FacebookAdAccount account)
    {
        audience = store.Find(call.Route("node"))!; // both are only read when this answers null
        account = (FacebookWorld.FindAsset(audience?.AdAccount) as FacebookAdAccount)!;
        return GraphParameters.Refusal(call, method, edge) ?? Enter(call, account, kind);
    }

    /// <summary>The tasks of a business that an ad account was shared with let its people write, or only look.</summary>
    private bool MayWrite(GraphCall call, FacebookAdAccount account) =>
        FacebookWorld.Sees(call.Person.Key, account)
        || sharing.ListOf(account).Any(s =>
            s.Status == FacebookShareStatus.Confirmed && (s.Tasks.Contains("ADVERTISE") || s.Tasks.Contains("MANAGE"))
                && FacebookWorld.RoleOf(call.Person.Key, FacebookWorld.FindBusiness(s.BusinessId)) is not null);

    private IResult? Enter(GraphCall call, FacebookAdAccount? account, AudienceCalls kind)
    {
        var isWrite = kind != AudienceCalls.Read;
        if (account is null || call.PageId is not null || !sharing.Reaches(call.Person.Key, account))
            return GraphError.ObjectMissing(call.Http.Request.Method.ToLowerInvariant(), call.Route("node") + call.Route("account"));
        if (!permissions.Has(call.Person.Key, "ads_management") && (isWrite || !permissions.Has(call.Person.Key, "ads_read")))
            return GraphError.PermissionMissing("ads_management");
        if (limits.Count(call.Http, account, isWrite, store.List(account.Id).Count) is { } tooMany)
            return tooMany;
        if (troubles.Has(account, AudienceTrouble.WebPage))
            return Results.Text(
                "<!DOCTYPE html><html><body><h1>Sorry, something went wrong.</h1></body></html>", "text/html", Encoding.UTF8, 500);
        if (isWrite && !MayWrite(call, account))
            return new GraphError(400, 2654, "(#2654) No write permission for this ad account", 1713092);
        return troubles.Refusal(account, kind);
    }
}
