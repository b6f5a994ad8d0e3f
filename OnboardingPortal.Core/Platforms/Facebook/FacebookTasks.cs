namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>
/// The names of what a business or a person may do with an asset: a Page of the new experience has its own for the same things.
/// </summary>
internal static class FacebookTasks
{
    private const string OfNewPages = "PROFILE_PLUS_";

    /// <summary>The name of a task on a Page of the new experience.</summary>
    public static string OnNewPage(string task) => task.StartsWith(OfNewPages, StringComparison.Ordinal) ? task : OfNewPages + task;

    /// <summary>The name under which a task stands in a list; null when it does not.</summary>
    public static string? Find(IEnumerable<string> permitted, string task)
    {
        var classic = task.StartsWith(OfNewPages, StringComparison.Ordinal) ? task[OfNewPages.Length..] : task;
        return permitted.FirstOrDefault(p => p == classic || p == OfNewPages + classic);
    }
}
