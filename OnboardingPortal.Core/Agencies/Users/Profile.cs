using FluentValidation;
using Microsoft.Extensions.Localization;

namespace OnboardingPortal.Core.Agencies;

/// <summary>What users say of themselves.</summary>
/// <param name="Name">Shown to colleagues and perhaps to clients; 1 to <see cref="AgencyUser.DisplayNameMaxLength"/> characters.</param>
/// <param name="Language">A two-letter code the portal has texts for; null = the browser's.</param>
/// <param name="TimeZone">One of <see cref="ProfileValidator.TimeZones"/>; null = the browser's.</param>
public sealed record Profile(string Name, string? Language, string? TimeZone);

/// <summary>The rules a profile must meet.</summary>
public sealed class ProfileValidator : AbstractValidator<Profile>
{
    /// <summary>Builds the rules.</summary>
    public ProfileValidator(IStringLocalizer<PersonWords> names, IStringLocalizer<ProfileValidator> text)
    {
        RuleFor(p => p.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => names["NameMissing"]);
        RuleFor(p => p.Name).MaximumLength(AgencyUser.DisplayNameMaxLength)
            .WithMessage(_ => names["NameTooLong", AgencyUser.DisplayNameMaxLength]);
        RuleFor(p => p.Name).Must(BrandingValidator.IsOneLine).WithMessage(_ => names["NameControl"]);
        RuleFor(p => p.Language).Must(l => l is null || PortalLanguages.All.Contains(l))
            .WithMessage(_ => text["LanguageUnknown"]);
        RuleFor(p => p.TimeZone).Must(z => z is null || TimeZones.Contains(z)).WithMessage(_ => text["TimeZoneUnknown"]);
    }

    /// <summary>The zones to choose from: names of the IANA data base, sorted.</summary>
    public static IReadOnlyList<string> TimeZones { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones()
            .Where(z => z.HasIanaId && z.Id.Contains('/') && !z.Id.StartsWith("Etc/", StringComparison.Ordinal)).Select(z => z.Id)
            .Append("UTC").Order(StringComparer.Ordinal)];
}
