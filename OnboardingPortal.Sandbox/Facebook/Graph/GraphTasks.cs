namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>What a business or a person may do with an asset: the names of <c>permitted_tasks</c> and <c>tasks</c>.</summary>
internal static class GraphTasks
{
    private static readonly HashSet<string> OfAdAccounts = ["AA_ANALYZE", "ADVERTISE", "ANALYZE", "DRAFT", "MANAGE"];

    private static readonly HashSet<string> OfPages =
    [
        "ADVERTISE", "ANALYZE", "CASHIER_ROLE", "CREATE_CONTENT", "GLOBAL_STRUCTURE_MANAGEMENT", "MANAGE", "MANAGE_JOBS", "MANAGE_LEADS",
        "MESSAGING", "MODERATE", "MODERATE_COMMUNITY", "PAGES_MESSAGING", "PAGES_MESSAGING_SUBSCRIPTIONS", "PROFILE_PLUS_ADVERTISE",
        "PROFILE_PLUS_ANALYZE", "PROFILE_PLUS_CREATE_CONTENT", "PROFILE_PLUS_FACEBOOK_ACCESS", "PROFILE_PLUS_FULL_CONTROL",
        "PROFILE_PLUS_GLOBAL_STRUCTURE_MANAGEMENT", "PROFILE_PLUS_MANAGE", "PROFILE_PLUS_MANAGE_LEADS", "PROFILE_PLUS_MESSAGING",
        "PROFILE_PLUS_MODERATE", "PROFILE_PLUS_MODERATE_DELEGATE_COMMUNITY", "PROFILE_PLUS_REVENUE", "READ_PAGE_MAILBOXES",
        "VIEW_MONETIZATION_INSIGHTS",
    ];

    /// <summary>Null when the parameter is missing, empty or names a task that there is not.</summary>
    public static IReadOnlyList<string>? Read(GraphCall call, string parameter, FacebookAsset asset)
    {
        var known = asset is FacebookPage ? OfPages : OfAdAccounts;
        if (call.ListParameter(parameter) is not { Count: > 0 } tasks || !tasks.All(known.Contains))
            return null;
        return asset is FacebookPage { IsNew: true } && !tasks.All(t => t.StartsWith("PROFILE_PLUS_", StringComparison.Ordinal))
            ? null
            : tasks;
    }
}
