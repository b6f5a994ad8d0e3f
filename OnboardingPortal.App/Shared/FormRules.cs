using FluentValidation;

namespace OnboardingPortal.App.Shared;

/// <summary>Lets the rules of FluentValidation judge single fields of a form of MudBlazor.</summary>
public static class FormRules
{
    /// <summary>The rules of an input for the fields of a draft that are named like the input's.</summary>
    /// <param name="rules">The same that the service asks.</param>
    /// <param name="read">Makes the input of what was typed so far.</param>
    /// <param name="prepare">Tells the rules what they need to know beside the input.</param>
    /// <returns>Given the draft and a field's path, what is wrong with that field; nothing when all is well.</returns>
    public static Func<object, string, Task<IEnumerable<string?>>> For<TDraft, TInput>(
        this IValidator<TInput> rules, Func<TDraft, TInput> read, Action<ValidationContext<TInput>>? prepare = null) =>
        async (draft, path) =>
        {
            var field = ValidationContext<TInput>.CreateWithOptions(read((TDraft)draft), options => options.IncludeProperties(path));
            prepare?.Invoke(field);
            return (await rules.ValidateAsync(field)).Errors.Select(e => e.ErrorMessage);
        };
}
