using FluentValidation;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Core.DataSync;

/// <summary>The rules of <see cref="SyncTerms"/>, as far as no platform must be asked.</summary>
public sealed class SyncTermsValidator : AbstractValidator<SyncTerms>
{
    private const int FieldMaxLength = 300;

    /// <summary>Builds the rules.</summary>
    public SyncTermsValidator(IStringLocalizer<SyncTermsValidator> text)
    {
        RuleFor(t => t.List).NotEmpty().MaximumLength(AudienceSync.ListMaxLength).WithMessage(_ => text["ChooseAList"]);
        RuleFor(t => t.ListName).NotEmpty().WithMessage(_ => text["ChooseAList"]);
        RuleFor(t => t.Filter).MaximumLength(AudienceSync.FilterMaxLength).WithMessage(_ => text["FilterTooLong"]);
        RuleFor(t => t.AudienceName).Must(n => !string.IsNullOrWhiteSpace(n) && n.Length <= AudienceSync.NameMaxLength)
            .When(t => t.Audience is null).WithMessage(_ => text["AudienceNameMissing", AudienceSync.NameMaxLength]);
        RuleFor(t => t.Columns).Must(CanFind).WithMessage(_ => text["ColumnsFindNobody"]);
        RuleFor(t => t.Columns).Must(AreSound).WithMessage(_ => text["ColumnsTwice"]);
        RuleFor(t => t.DefaultCountry).Must(IsCountry)
            .WithMessage(_ => text["CountryUnknown"]);
        RuleFor(t => t.LegalBasis).Must(b => ForeignText.Readable(b ?? "").Length is >= AudienceSync.LegalBasisMinLength
                and <= AudienceSync.LegalBasisMaxLength)
            .WithMessage(_ => text["LegalBasisMissing", AudienceSync.LegalBasisMinLength, AudienceSync.LegalBasisMaxLength]);
        RuleFor(t => t.MaySend).Equal(true).WithMessage(_ => text["MandateMissing"]);
        RuleFor(t => t.Every).IsInEnum();
    }

    /// <summary>Whether it is none, or two upper-case letters.</summary>
    internal static bool IsCountry(string? country) => country is null || (country.Length == 2 && country.All(char.IsAsciiLetterUpper));

    /// <summary>Whether anybody can be told from others by these columns.</summary>
    internal static bool CanFind(IReadOnlyList<SyncColumn>? columns)
    {
        var keys = (columns ?? []).Select(c => c.Key).ToHashSet();
        return keys.Contains(MatchKey.Email) || keys.Contains(MatchKey.Phone)
            || (keys.IsSupersetOf([MatchKey.FirstName, MatchKey.LastName])
                && (keys.Contains(MatchKey.City) || keys.Contains(MatchKey.PostalCode)
                    || keys.IsSupersetOf([MatchKey.BirthYear, MatchKey.BirthMonth, MatchKey.BirthDay])));
    }

    /// <summary>Each key once, and fields that have names.</summary>
    internal static bool AreSound(IReadOnlyList<SyncColumn>? columns) =>
        columns is not null && columns.DistinctBy(c => c.Key).Count() == columns.Count
        && columns.All(c => Enum.IsDefined(c.Key) && c.Field is { Length: > 0 and <= FieldMaxLength }
            && c.Name is { Length: <= FieldMaxLength });
}
