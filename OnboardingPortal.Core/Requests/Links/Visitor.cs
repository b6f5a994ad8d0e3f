using FluentValidation;
using Microsoft.Extensions.Localization;

namespace OnboardingPortal.Core.Requests;

/// <summary>What a visitor says of themselves before they see the wizard.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their address; nobody verifies it.</param>
public sealed record Visitor(string Name, string Email);

/// <summary>The rules of <see cref="Visitor"/>.</summary>
public sealed class VisitorValidator : AbstractValidator<Visitor>
{
    /// <summary>Builds the rules.</summary>
    public VisitorValidator(IStringLocalizer<PersonWords> text)
    {
        RuleFor(v => v.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => text["NameMissing"]);
        RuleFor(v => v.Name).MaximumLength(Participant.NameMaxLength).WithMessage(_ => text["NameTooLong", Participant.NameMaxLength]);
        RuleFor(v => v.Name).Must(n => n is null || !n.Any(char.IsControl)).WithMessage(_ => text["NameControl"]);
        RuleFor(v => v.Email).Must(EmailAddress.IsOne).WithMessage(_ => text["EmailWrong"]);
    }
}
