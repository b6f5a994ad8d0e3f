namespace OnboardingPortal.App.Layout;

/// <summary>Places in the document that a layout fills: only pages with Radzen's components load its style and script.</summary>
internal static class Sections
{
    public const string Styles = nameof(Styles);

    public const string Scripts = nameof(Scripts);
}
