namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>Which words Facebook objects to in an audience's name or description: those of health and of money troubles.</summary>
internal static class AudienceFlags
{
    private static readonly string[] Words =
        ["diabet", "cancer", "krebs", "arthritis", "depress", "hiv", "pregnan", "schwanger", "debt", "schulden", "credit score", "bankrupt",
            "high income"];

    public static IReadOnlyList<string> Of(FacebookAudience audience)
    {
        var fields = new List<string>();
        if (Offends(audience.Name))
            fields.Add("name");
        if (Offends(audience.Description))
            fields.Add("description");
        return fields;
    }

    public static bool Offends(string text) => Words.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase));
}
