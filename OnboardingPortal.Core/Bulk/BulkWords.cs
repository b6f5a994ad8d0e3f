using FluentValidation;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Bulk;

/// <summary>
/// Puts into words what is wrong with a row. The rules are <see cref="RequestTermsValidator"/>'s and <see cref="RequestService"/>'s.
/// </summary>
public sealed class BulkWords(IValidator<RequestTerms> validator, IStringLocalizer<BulkProblem> text, IStringLocalizer<PortalError> errors)
{
    private static readonly Dictionary<string, BulkColumn> Columns = new()
    {
        [nameof(RequestTerms.Message)] = BulkColumn.Message,
        [nameof(RequestTerms.Platforms)] = BulkColumn.Services,
        [nameof(RequestTerms.Language)] = BulkColumn.Language,
        [nameof(RequestTerms.FacebookUserId)] = BulkColumn.BusinessManager,
        [nameof(RequestTerms.BusinessManagerId)] = BulkColumn.BusinessManager,
    };

    internal BulkProblem Say(BulkColumn? column, string key, params object[] arguments) =>
        BulkProblem.Say(column, () => text[key, arguments]);

    internal BulkProblem Say(BulkColumn? column, PortalError refusal) =>
        BulkProblem.Say(column, () => errors[refusal.TextKey, [.. refusal.Arguments]]);

    /// <summary>What the validator has against a request; empty = nothing.</summary>
    internal IReadOnlyList<BulkProblem> Judge(RequestTerms request) =>
        [.. validator.Validate(
            request).Errors.Select(e => e.PropertyName).Distinct().Select(
                name => Columns[name]).Distinct().Select(column => column == BulkColumn.Language
            ? Say(column, "LanguageUnknown", BulkReader.Short(request.Language ?? ""))
            : BulkProblem.Say(column, () => WordsFor(request, column)))];

    /// <summary>Why a row was refused when it was sent.</summary>
    internal IReadOnlyList<BulkProblem> Explain(RequestTerms request, PortalError refusal) =>
        refusal is InputRefused && Judge(request) is { Count: > 0 } problems ? problems : [Say(null, refusal)];

    private string WordsFor(RequestTerms request, BulkColumn column) =>
        string.Join(
            ' ', validator.Validate(request).Errors.Where(e => Columns[e.PropertyName] == column).Select(e => e.ErrorMessage).Distinct());
}
