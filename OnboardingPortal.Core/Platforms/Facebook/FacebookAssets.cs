namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>A Business Manager of somebody who signed in.</summary>
/// <param name="ExternalId">Facebook's id.</param>
/// <param name="Name">Its name; hostile text.</param>
/// <param name="IsAdmin">Whether the person is Admin there; also true when Facebook does not tell.</param>
public sealed record BusinessChoice(string ExternalId, string Name, bool IsAdmin);

/// <summary>Businesses, ad accounts and Pages: reading them, and seeing what the agency has.</summary>
/// <seealso href="https://developers.facebook.com/docs/business-management-apis/business-asset-management/guides/business-to-business" />
public sealed class FacebookAssets(FacebookClient facebook)
{
    internal const int ActiveAccount = 1;

    internal async Task<Result<IReadOnlyList<BusinessManager>>> ListBusinessManagersAsync(
        AccessToken token, CancellationToken cancellationToken)
    {
        var users = await facebook.ListAsync(
            token, "me/business_users", new() { ["fields"] = "id,name,role,business{id,name}" },
            FacebookJson.Default.GraphPageGraphBusinessUser, cancellationToken);
        if (!users.Succeeded) return users.Error;
        return users.Value.Where(u => u is { Id.Length: > 0, Business.Id.Length: > 0 })
            .Select(u => new BusinessManager(u.Business!.Id!, u.Business.Name ?? u.Business.Id!, IsAdmin(u), u.Id!)).ToList();
    }

    internal async Task<Result<IReadOnlyList<BusinessChoice>>> ListBusinessesAsync(AccessToken token, CancellationToken cancellationToken)
    {
        var businesses = await facebook.ListAsync(
            token, "me/businesses", new() { ["fields"] = "id,name" }, FacebookJson.Default.GraphPageGraphBusiness, cancellationToken);
        if (!businesses.Succeeded) return businesses.Error;

        // A client's business users can be read only where the business has claimed the app: no answer is no refusal.
        var users = await facebook.ListAsync(
            token, "me/business_users", new() { ["fields"] = "id,role,business{id}" }, FacebookJson.Default.GraphPageGraphBusinessUser,
            cancellationToken);
        var employedAt = users.Succeeded
            ? users.Value.Where(u => u.Role is not null && !IsAdmin(u)).Select(u => u.Business?.Id).ToHashSet()
            : [];
        return businesses.Value.Where(b => b.Id is { Length: > 0 })
            .Select(b => new BusinessChoice(b.Id!, b.Name ?? b.Id!, !employedAt.Contains(b.Id))).ToList();
    }

    internal async Task<Result<IReadOnlyList<AssetChoice>>> ListAssetsAsync(
        AccessToken token, string business, CancellationToken cancellationToken)
    {
        const string accountFields = "id,name,account_status,business{id,name}";
        var owned = await facebook.ListAsync(
            token, $"{business}/owned_ad_accounts", new() { ["fields"] = accountFields }, FacebookJson.Default.GraphPageGraphAdAccount,
            cancellationToken);
        if (!owned.Succeeded) return owned.Error;
        var pages = await facebook.ListAsync(
            token, $"{business}/owned_pages", new() { ["fields"] = "id,name,is_published" }, FacebookJson.Default.GraphPageGraphPageNode,
            cancellationToken);
        if (!pages.Succeeded) return pages.Error;
        var reachable = await facebook.ListAsync(
            token, "me/adaccounts", new() { ["fields"] = accountFields }, FacebookJson.Default.GraphPageGraphAdAccount, cancellationToken);
        if (!reachable.Succeeded) return reachable.Error;

        var managed = await facebook.ListAsync(
            token, "me/accounts", new() { ["fields"] = "id,name,is_published,tasks,business{id,name}" },
            FacebookJson.Default.GraphPageGraphPageNode, cancellationToken);
        if (!managed.Succeeded) return managed.Error;

        var foreign = reachable.Value.Where(a => a.Business?.Id is { } owner && owner != business);
        var foreignPages = managed.Value.Where(p => p.Business?.Id is { } owner && owner != business);
        var unowned = managed.Value.Where(p => p.Business?.Id is null && MayManage(p));
        return owned.Value.Select(a => Choice(a, null))
            .Concat(foreign.Select(a => Choice(a, a.Business!.Name ?? a.Business.Id)))
            .Concat(pages.Value.Select(p => PageChoice(p, null)))
            .Concat(foreignPages.Select(p => PageChoice(p, p.Business!.Name ?? p.Business.Id)))
            .Concat(unowned.Select(p => PageChoice(p, null) with { Unowned = true }))
            .Where(c => c.ExternalId.Length > 0).DistinctBy(c => (c.Kind, c.ExternalId)).ToList();

        static AssetChoice Choice(GraphAdAccount account, string? ownerName) => new(
            AssetKind.AdAccount, account.Id ?? "", account.Name is { Length: > 0 } name ? name : account.Id ?? "", ownerName,
            account.AccountStatus is not null and not ActiveAccount);

        static AssetChoice PageChoice(GraphPageNode page, string? ownerName) =>
            new(AssetKind.Page, page.Id ?? "", page.Name ?? page.Id ?? "", ownerName, page.IsPublished == false);
    }

    /// <summary>The tokens that sharing a Page asks for, by Page.</summary>
    internal async Task<Result<IReadOnlyDictionary<string, AccessToken>>> PageTokensAsync(
        AccessToken token, CancellationToken cancellationToken)
    {
        var pages = await facebook.ListAsync(
            token, "me/accounts", new() { ["fields"] = "id,access_token" }, FacebookJson.Default.GraphPageGraphPageNode, cancellationToken);
        if (!pages.Succeeded) return pages.Error;
        return pages.Value.Where(p => p is { Id.Length: > 0, AccessToken.Length: > 0 })
            .DistinctBy(p => p.Id).ToDictionary(p => p.Id!, p => new AccessToken(p.AccessToken!));
    }

    /// <summary>
    /// The token that sharing one Page asks for, read at the Page itself: a business owns Pages that the list of the person's own does not
    /// name.
    /// </summary>
    internal async Task<Result<AccessToken>> PageTokenAsync(AccessToken token, string page, CancellationToken cancellationToken)
    {
        var answer = await facebook.GetAsync(
            token, page, new() { ["fields"] = "id,access_token" }, FacebookJson.Default.GraphPageNode, cancellationToken);
        if (!answer.Succeeded) return answer.Error;
        if (answer.Value.AccessToken is { Length: > 0 } own) return new AccessToken(own);
        return new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.PermissionDenied);
    }

    /// <summary>
    /// What a business may advertise with, as the business itself sees it: the tasks it was given by asset, null where Facebook does not
    /// tell them.
    /// </summary>
    internal async Task<Result<IReadOnlyDictionary<string, IReadOnlyList<string>?>>> ListSharedAsync(
        AccessToken token, string business, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string?> { ["fields"] = "id,permitted_tasks" };
        var accounts = await facebook.ListAsync(
            token, $"{business}/client_ad_accounts", fields, FacebookJson.Default.GraphPageGraphAdAccount, cancellationToken);
        if (!accounts.Succeeded) return accounts.Error;
        var pages = await facebook.ListAsync(
            token, $"{business}/client_pages", fields, FacebookJson.Default.GraphPageGraphPageNode, cancellationToken);
        if (!pages.Succeeded) return pages.Error;
        return accounts.Value.Select(a => (a.Id, Tasks: a.PermittedTasks)).Concat(pages.Value.Select(p => (p.Id, Tasks: p.PermittedTasks)))
            .Where(a => a.Id is { Length: > 0 }).DistinctBy(a => a.Id).ToDictionary(a => a.Id!, a => a.Tasks);
    }

    /// <summary>The same, for whoever concludes from what is missing: lists that were not read to their end tell nothing.</summary>
    internal async Task<Result<IReadOnlyDictionary<string, IReadOnlyList<string>?>>> ListAllSharedAsync(
        AccessToken token, string business, CancellationToken cancellationToken)
    {
        var shared = await ListSharedAsync(token, business, cancellationToken);
        if (!shared.Succeeded) return shared;
        var accounts = shared.Value.Keys.Count(id => id.StartsWith("act_", StringComparison.Ordinal));
        const int most = FacebookDefaults.PageSize * FacebookDefaults.MaxPages;
        var isWhole = Math.Max(accounts, shared.Value.Count - accounts) < most;
        return isWhole ? shared : new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.Nonsense);
    }

    private static bool IsAdmin(GraphBusinessUser user) => string.Equals(user.Role, "ADMIN", StringComparison.OrdinalIgnoreCase);

    // Only who manages a Page can share it; a Page whose tasks Facebook does not tell is offered all the same.
    private static bool MayManage(GraphPageNode page) =>
        page.Tasks?.Any(t => t is "MANAGE" or "PROFILE_PLUS_MANAGE" or "PROFILE_PLUS_FULL_CONTROL") ?? true;
}
