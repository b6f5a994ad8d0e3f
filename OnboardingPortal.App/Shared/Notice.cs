using MudBlazor;

namespace OnboardingPortal.App.Shared;

/// <summary>What an action came to, to be told once.</summary>
/// <param name="Severity">How it is shown; problems interrupt a screen reader.</param>
/// <param name="Words">In the reader's language.</param>
/// <param name="Link">A link to be shown for copying by hand, or null.</param>
public sealed record Notice(Severity Severity, string Words, string? Link = null)
{
    public bool IsDone => Severity == Severity.Success;

    public static Notice Done(string words) => new(Severity.Success, words);

    public static Notice Refused(string words) => new(Severity.Warning, words);
}
