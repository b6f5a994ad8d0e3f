namespace OnboardingPortal.App.Security;

/// <summary>Addresses that came from outside and are to be gone to.</summary>
internal static class LocalAddress
{
    /// <summary>Whether the text is a path of this site and nothing else.</summary>
    public static bool IsLocal(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) && Uri.TryCreate(path, UriKind.Relative, out _);
}
