namespace OnboardingPortal.App.Shared;

/// <summary>What an action came to, to be told once.</summary>
/// <param name="Kind">As <see cref="Alert.Kind"/> has it.</param>
/// <param name="Words">In the reader's language.</param>
/// <param name="Link">A link to be shown for copying by hand, or null.</param>
public sealed record Notice(string Kind, string Words, string? Link = null)
{
    public bool IsDone => Kind == "success";

    public static Notice Done(string words) => new("success", words);

    public static Notice Refused(string words) => new("warning", words);
}
