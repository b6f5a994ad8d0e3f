using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>The calls that give a business access to an asset, ask for it, and let the agency's own people work with it.</summary>
/// <seealso href="https://developers.facebook.com/docs/business-management-apis/business-asset-management/guides/business-to-business" />
public sealed class FacebookAccess(FacebookClient facebook)
{
    /// <summary>The owner's side: gives a business access to an asset. Sharing again what it has already is no failure.</summary>
    /// <param name="token">The client's for an ad account, the Page's own for a Page.</param>
    /// <param name="kind">What is shared.</param>
    /// <param name="asset">Facebook's id of it.</param>
    /// <param name="withBusiness">Facebook's id of the business.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>How far that brought the asset.</returns>
    internal async Task<Result<AssetState>> ShareAsync(
        AccessToken token, AssetKind kind, string asset, string withBusiness, CancellationToken cancellationToken)
    {
        var answer = await PostTasksAsync(
            token, kind, $"{asset}/agencies", new() { ["business"] = withBusiness }, "permitted_tasks", FacebookDefaults.SharedTasks,
            cancellationToken);
        if (answer.Error is PlatformFailure { IsAlreadyShared: true }) return AssetState.AwaitingVerification;
        if (!answer.Succeeded) return answer.Error;
        if (answer.Value.Success != true) return new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.Nonsense);
        return answer.Value.RequiresAdminApproval == true ? AssetState.AwaitingAdminApproval : AssetState.AwaitingVerification;
    }

    /// <summary>
    /// What a refused token means for one asset. Facebook refuses a Page's token in the words of a sign-in that has ended, so the sign-in
    /// itself is asked where the refusal does not tell.
    /// </summary>
    /// <param name="person">The token of the client's sign-in.</param>
    /// <param name="failure">The refusal of <see cref="ShareAsync"/>.</param>
    /// <param name="kind">What was refused.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns><see cref="PlatformFailureKind.AuthExpired"/> only when the sign-in is over.</returns>
    internal async Task<PlatformFailure> JudgeAsync(
        AccessToken person, PlatformFailure failure, AssetKind kind, CancellationToken cancellationToken)
    {
        if (failure.Kind != PlatformFailureKind.AuthExpired || (kind == AssetKind.AdAccount && failure.IsEndedSignIn)) return failure;
        var signIn = await facebook.IdentifyAsync(new PlatformCredentials(person.Value, null, null, null), cancellationToken);
        return signIn.Succeeded ? failure with { Kind = PlatformFailureKind.PermissionDenied } : (PlatformFailure)signIn.Error;
    }

    /// <summary>
    /// The agency's side: asks for an asset. For ad accounts Meta's guide still shows the call that its specification lost in 2021: expect
    /// a refusal.
    /// </summary>
    internal async Task<Result<AssetState>> RequestAsync(
        AccessToken agencyToken, AssetKind kind, string asset, string forBusiness, CancellationToken cancellationToken)
    {
        var (edge, parameter) = kind == AssetKind.Page ? ("client_pages", "page_id") : ("client_ad_accounts", "adaccount_id");
        var answer = await PostTasksAsync(
            agencyToken, kind, $"{forBusiness}/{edge}", new() { [parameter] = asset }, "permitted_tasks", FacebookDefaults.SharedTasks,
            cancellationToken);
        if (answer.Error is PlatformFailure { IsAlreadyRequested: true }) return AssetState.AwaitingClient;
        if (answer.Error is PlatformFailure { IsAlreadyShared: true }) return AssetState.AwaitingVerification;
        if (!answer.Succeeded) return answer.Error;
        // other words than PENDING are not documented: the list tells in the end
        return answer.Value.AccessStatus == "CONFIRMED" ? AssetState.AwaitingVerification : AssetState.AwaitingClient;
    }

    /// <summary>Lets a person of the agency work with an asset that was shared with it, and looks whether they can.</summary>
    /// <param name="token">The agency's.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="asset">Facebook's id of it.</param>
    /// <param name="business">The agency's business.</param>
    /// <param name="user">The person's id within that business.</param>
    /// <param name="tasks">What they shall do; no more than the business itself may.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>Null when Facebook lists the person with the tasks, otherwise why not.</returns>
    internal async Task<PlatformFailure?> AssignAsync(
        AccessToken token, AssetKind kind, string asset, string business, string user, IReadOnlyList<string> tasks,
        CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string?> { ["user"] = user };
        if (kind == AssetKind.AdAccount) form["business"] = business; // Meta's guide sends it, its specification does not list it
        var answer = await PostTasksAsync(token, kind, $"{asset}/assigned_users", form, "tasks", tasks, cancellationToken);

        // What was refused here may have been done at Facebook: the list has the last word.
        var assigned = await facebook.ListAsync(
            token, $"{asset}/assigned_users", new() { ["business"] = business, ["fields"] = "id,tasks" },
            FacebookJson.Default.GraphPageGraphAssignedUser, cancellationToken);
        if (!assigned.Succeeded) return (PlatformFailure)(answer.Error ?? assigned.Error);
        var has = assigned.Value.FirstOrDefault(u => u.Id == user)?.Tasks;
        if (has is not null && tasks.All(t => FacebookTasks.Find(has, t) is not null)) return null;
        return (PlatformFailure?)answer.Error ?? new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.PermissionDenied);
    }

    /// <summary>Posts a list of tasks; where a Page refuses the classic names, once more with those of the new experience.</summary>
    private async Task<Result<GraphShare>> PostTasksAsync(
        AccessToken token, AssetKind kind, string path, Dictionary<string, string?> form, string parameter, IReadOnlyList<string> tasks,
        CancellationToken cancellationToken)
    {
        var answer = await PostAsync(tasks);
        if (kind != AssetKind.Page || answer.Error is not PlatformFailure { IsBadParameter: true }) return answer;
        var renamed = tasks.Select(FacebookTasks.OnNewPage).ToList();
        return renamed.SequenceEqual(tasks) ? answer : await PostAsync(renamed);

        Task<Result<GraphShare>> PostAsync(IEnumerable<string> names) => facebook.PostAsync(
            token, path, new(form) { [parameter] = JsonSerializer.Serialize(names) }, FacebookJson.Default.GraphShare, cancellationToken);
    }
}
