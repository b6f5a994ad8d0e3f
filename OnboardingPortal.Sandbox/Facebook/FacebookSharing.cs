namespace OnboardingPortal.Sandbox.Facebook;

/// <summary>How far a share has come.</summary>
public enum FacebookShareStatus
{
    Confirmed,
    SecondAdminPending,
    ClientPending,
}

/// <summary>Access of one business to an asset of another.</summary>
/// <remarks>
/// <c>AssetId</c>: <c>act_…</c> or a Page's id.<br/>
/// <c>BusinessId</c>: The business that was given access.
/// </remarks>
public sealed record FacebookShare(
    string AssetId, string BusinessId, IReadOnlyList<string> Tasks, FacebookShareStatus Status, DateTimeOffset RequestedAt,
    DateTimeOffset UpdatedAt);

/// <summary>A person of the agency who works on a shared asset.</summary>
public sealed record FacebookAssignment(string AssetId, string BusinessId, string BusinessUserId, IReadOnlyList<string> Tasks);

/// <summary>Who has access to what, beyond the owners.</summary>
public sealed class FacebookSharing(SandboxState state, TimeProvider clock)
{
    private static readonly IReadOnlyList<string> DefaultTasks = ["ADVERTISE", "ANALYZE"];
    private static readonly IReadOnlyList<string> TasksOfNewPages = ["PROFILE_PLUS_ADVERTISE", "PROFILE_PLUS_ANALYZE"];

    public IReadOnlyList<FacebookShare> ListOf(FacebookAsset asset) => List(s => s.AssetId == asset.Id);

    public IReadOnlyList<FacebookShare> ListTo(FacebookBusiness business) => List(s => s.BusinessId == business.Id);

    public IReadOnlyList<FacebookShare> ListPending() => List(s => s.Status != FacebookShareStatus.Confirmed);

    public FacebookShare? Find(FacebookAsset asset, FacebookBusiness business) =>
        ListOf(asset).FirstOrDefault(s => s.BusinessId == business.Id);

    /// <summary>Whether the person may look at the asset: their own, or what was shared with their business.</summary>
    public bool Reaches(string personKey, FacebookAsset asset) =>
        FacebookWorld.Sees(personKey, asset)
        || ListOf(asset).Any(s =>
            s.Status == FacebookShareStatus.Confirmed
                && FacebookWorld.RoleOf(personKey, FacebookWorld.FindBusiness(s.BusinessId)) is not null);

    /// <summary>Adds a share unless there is one. The owner's own act also answers what the agency had asked for.</summary>
    /// <returns>The share that was there already; null when this one was added.</returns>
    public FacebookShare? Add(
        FacebookAsset asset, FacebookBusiness business, IReadOnlyList<string> tasks, FacebookShareStatus status) => state.Change(data =>
    {
        var there = data.FacebookShares.Find(s => s.AssetId == asset.Id && s.BusinessId == business.Id);
        if (there is not null && (status == FacebookShareStatus.ClientPending || there.Status != FacebookShareStatus.ClientPending))
            return there;
        Put(data, asset, business, tasks, status);
        return null;
    });

    /// <summary>Gives access by hand: at once, whatever was there before.</summary>
    public void Confirm(FacebookAsset asset, FacebookBusiness business) =>
        state.Change(
            data => Put(
                data, asset, business, asset is FacebookPage { IsNew: true } ? TasksOfNewPages : DefaultTasks,
                FacebookShareStatus.Confirmed));

    /// <summary>Confirms what waits for somebody's approval; nothing happens when nothing waits.</summary>
    public void Approve(string assetId, string businessId) => state.Change(data =>
    {
        var index = data.FacebookShares.FindIndex(s => s.AssetId == assetId && s.BusinessId == businessId);
        if (index >= 0)
            data.FacebookShares[index] = data.FacebookShares[index] with
            {
                Status = FacebookShareStatus.Confirmed,
                UpdatedAt = clock.GetUtcNow()
            };
    });

    /// <summary>Ends a share and with it the work of the agency's people.</summary>
    /// <returns>False when there was none.</returns>
    public bool Remove(string assetId, string businessId) => state.Change(data =>
    {
        data.FacebookAssignments.RemoveAll(a => a.AssetId == assetId && a.BusinessId == businessId);
        return data.FacebookShares.RemoveAll(s => s.AssetId == assetId && s.BusinessId == businessId) > 0;
    });

    public IReadOnlyList<FacebookAssignment> ListAssignments(FacebookAsset asset, FacebookBusiness business) =>
        state.Read(data => data.FacebookAssignments.FindAll(a => a.AssetId == asset.Id && a.BusinessId == business.Id));

    public void Assign(FacebookAsset asset, FacebookMembership member, IReadOnlyList<string> tasks) => state.Change(data =>
    {
        data.FacebookAssignments.RemoveAll(a => a.AssetId == asset.Id && a.BusinessUserId == member.BusinessUserId);
        data.FacebookAssignments.Add(new(asset.Id, member.Business.Id, member.BusinessUserId, tasks));
    });

    public bool Unassign(FacebookAsset asset, string businessUserId) => state.Change(data =>
        data.FacebookAssignments.RemoveAll(a => a.AssetId == asset.Id && a.BusinessUserId == businessUserId) > 0);

    private void Put(
        SandboxData data, FacebookAsset asset, FacebookBusiness business, IReadOnlyList<string> tasks, FacebookShareStatus status)
    {
        var now = clock.GetUtcNow();
        data.FacebookShares.RemoveAll(s => s.AssetId == asset.Id && s.BusinessId == business.Id);
        data.FacebookShares.Add(new(asset.Id, business.Id, tasks, status, now, now));
    }

    private List<FacebookShare> List(Predicate<FacebookShare> which) => state.Read(data => data.FacebookShares.FindAll(which));
}
