using FluentValidation;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Core.Api;

/// <summary>What a main user fills in to make a key; <see cref="NewApiKeyValidator"/> holds its rules.</summary>
/// <param name="Name">What it is for; surrounding blanks do not count.</param>
/// <param name="Scopes">What it may do; duplicates count once.</param>
/// <param name="Days">How long it works; one of <see cref="ApiKey.DayChoices"/>.</param>
public sealed record NewApiKey(string Name, IReadOnlyList<ApiScope> Scopes, int Days = ApiKey.UsualDays);

/// <summary>The rules of <see cref="NewApiKey"/>; the form and <see cref="ApiKeys"/> both ask here.</summary>
public sealed class NewApiKeyValidator : AbstractValidator<NewApiKey>
{
    /// <summary>Builds the rules.</summary>
    public NewApiKeyValidator(IStringLocalizer<NewApiKeyValidator> text)
    {
        RuleFor(k => k.Name).Must(n => !string.IsNullOrWhiteSpace(n) && BrandingValidator.IsOneLine(n))
            .WithMessage(_ => text["NameMissing"]);
        RuleFor(k => k.Name).Must(n => n is null || n.Trim().Length <= ApiKey.NameMaxLength)
            .WithMessage(_ => text["NameTooLong", ApiKey.NameMaxLength]);
        RuleFor(k => k.Scopes).Must(s => s is { Count: > 0 } && s.All(Enum.IsDefined)).WithMessage(_ => text["ChooseAScope"]);
        RuleFor(k => k.Days).Must(ApiKey.DayChoices.Contains).WithMessage(_ => text["ChooseDays"]);
    }
}

/// <summary>A key that was just made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">The key itself: shown now and never again.</param>
public sealed record CreatedApiKey(ApiKeyId Id, string Secret)
{
    /// <summary>Without the key, so that no log has it.</summary>
    public override string ToString() => $"{Id} [key]";
}

/// <summary>A key as the settings show it.</summary>
/// <param name="Id">The key's id.</param>
/// <param name="Name">What it is for; hostile text.</param>
/// <param name="Prefix">Its first characters.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedByName">Who made it; the name at the time.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="LastUsedAt">When it was last used, UTC, to the minute; null = never.</param>
/// <param name="ExpiresAt">When it stops working, UTC; null = it was made before keys had an end, and gets one within the hour.</param>
/// <param name="Stopped">Why it does not work at present: <see cref="ApiKeyExpired"/>, <see cref="ApiKeyUserGone"/> or
/// <see cref="ApiKeyUserNotMain"/>; null = it works.</param>
public sealed record ApiKeySummary(
    ApiKeyId Id, string Name, string Prefix, IReadOnlyList<ApiScope> Scopes, string CreatedByName, DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt,
    PortalError? Stopped);
