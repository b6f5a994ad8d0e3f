namespace OnboardingPortal.App.Shared;

/// <summary>Statuses of pages that say themselves what is wrong.</summary>
internal static class PageStatus
{
    /// <summary>
    /// Answers 404 with the page as it is. Set before the page is written, the status would make Blazor leave the answer empty, for the
    /// common page of what is not found to stand in its place.
    /// </summary>
    public static void AnswerNotFound(this HttpContext context) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
