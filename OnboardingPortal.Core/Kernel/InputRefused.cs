namespace OnboardingPortal.Core.Kernel;

/// <summary>Fields break the rules; nothing was saved.</summary>
/// <param name="Fields">The property's name and what is wrong with it, in the caller's language.</param>
public sealed record InputRefused(IReadOnlyDictionary<string, string> Fields) : PortalError
{
    internal static InputRefused From(FluentValidation.Results.ValidationResult result) =>
        new(result.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage));
}
