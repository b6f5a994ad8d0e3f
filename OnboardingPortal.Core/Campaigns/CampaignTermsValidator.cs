using System.Globalization;
using FluentValidation;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>
/// The rules of <see cref="CampaignTerms"/>: the form and <see cref="CampaignService"/> both ask them. What depends on the ad account is
/// judged as soon as its <see cref="CampaignFacts"/> are known.
/// </summary>
public sealed class CampaignTermsValidator : AbstractValidator<CampaignTerms>
{
    /// <summary>The most countries of a draft.</summary>
    public const int MaxCountries = 25;

    /// <summary>The most custom audiences of a draft.</summary>
    public const int MaxAudiences = 10;

    private const string Facts = nameof(Facts);
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    /// <summary>Builds the rules.</summary>
    public CampaignTermsValidator(IStringLocalizer<CampaignTermsValidator> text)
    {
        RuleFor(t => t.AdAccount).NotEqual(AssetId.None).WithMessage(_ => text["ChooseAnAdAccount"]);
        RuleFor(t => t.Page).NotEqual(AssetId.None).WithMessage(_ => text["ChooseAPage"]);
        RuleFor(t => t.Name).Must(n => !string.IsNullOrWhiteSpace(n) && !n.Any(char.IsControl)).WithMessage(_ => text["NameMissing"]);
        RuleFor(t => t.Name).Must(n => n is null || n.Trim().Length <= CampaignDraft.NameMaxLength)
            .WithMessage(_ => text["NameTooLong", CampaignDraft.NameMaxLength]);
        RuleFor(t => t.Objective).IsInEnum();
        RuleForCategories(text);
        RuleForBudget(text);
        RuleForTimes(text);
        RuleFor(t => t.Countries).Must(AreCountries).WithMessage(_ => text["ChooseCountries"]);
        RuleFor(t => t.Countries).Must(c => c.Count <= MaxCountries).WithMessage(_ => text["TooManyCountries", MaxCountries]);
        RuleFor(t => t.Beneficiary).Must((t, name) => IsNamedWhereNeeded(t, name)).WithMessage(_ => text["BeneficiaryMissing"]);
        RuleFor(t => t.Payor).Must((t, name) => IsNamedWhereNeeded(t, name)).WithMessage(_ => text["PayorMissing"]);
        RuleFor(t => t.Audiences).Must(a => a.Count <= MaxAudiences && a.All(id => id.Length is > 0 and <= 30 && id.All(char.IsAsciiDigit)))
            .WithMessage(_ => text["AudiencesUnknown", MaxAudiences]);
    }

    /// <summary>Tells the rules what the ad account is like.</summary>
    public static ValidationContext<CampaignTerms> Knowing(ValidationContext<CampaignTerms> context, CampaignFacts? facts)
    {
        if (facts is not null) context.RootContextData[Facts] = facts;
        return context;
    }

    /// <summary>The least budget that the account takes for these terms; null when it is not known.</summary>
    public static decimal? MinimumOf(CampaignTerms terms, CampaignFacts facts)
    {
        if (facts.MinimumDaily is not { } daily) return null;
        var days = terms is { BudgetKind: CampaignBudget.Lifetime, End: { } end }
            ? Math.Max(1, (int)Math.Ceiling((end - (terms.Start ?? NowIn(facts))).TotalDays))
            : 1;
        return daily * CampaignCountries.FactorFor(terms.Countries) * days;
    }

    private void RuleForCategories(IStringLocalizer text)
    {
        RuleFor(t => t.Categories).Must(c => c.All(Enum.IsDefined)).WithMessage(_ => text["CategoryUnknown"]);
        RuleFor(t => t.Categories).Must((t, c) => !c.Contains(SpecialAdCategory.IssuesElectionsPolitics)
            || !t.Countries.Concat(t.CategoryCountries).Any(CampaignCountries.IsEuropean)).WithMessage(_ => text["PoliticsInEurope"]);
        RuleFor(t => t.CategoryCountries).Must((t, c) => t.Categories.Count == 0 || AreCountries(c))
            .WithMessage(_ => text["ChooseCategoryCountries"]);
    }

    private void RuleForBudget(IStringLocalizer text)
    {
        RuleFor(t => t.BudgetKind).IsInEnum();
        RuleFor(t => t.Budget).GreaterThan(0).WithMessage(_ => text["BudgetMissing"]);
        RuleFor(t => t.Budget).LessThan(1_000_000_000).WithMessage(_ => text["BudgetMissing"]);
        RuleFor(t => t.Budget).Must((_, budget, context) =>
            FactsOf(context) is not { } facts || decimal.Round(budget, CampaignMoney.DecimalsOf(facts.Currency)) == budget)
            .WithMessage(_ => text["BudgetTooFine"]);
        RuleFor(t => t.Budget).Custom((budget, context) =>
        {
            if (FactsOf(context) is { } facts && MinimumOf(context.InstanceToValidate, facts) is { } minimum && budget < minimum)
                context.AddFailure(text["BudgetTooLow", minimum.ToString(CultureInfo.CurrentCulture), facts.Currency]);
        });
    }

    private void RuleForTimes(IStringLocalizer text)
    {
        RuleFor(t => t.Start).Must((_, start, context) => Exists(start, context)).WithMessage(_ => text["TimeDoesNotExist"]);
        RuleFor(t => t.Start).Must((_, start, context) =>
            start is null || FactsOf(context) is not { } facts || start >= NowIn(facts).AddMinutes(-5))
            .WithMessage(_ => text["StartInPast"]);
        RuleFor(t => t.End).NotNull().When(t => t.BudgetKind == CampaignBudget.Lifetime).WithMessage(_ => text["EndMissing"]);
        RuleFor(t => t.End).Must((_, end, context) => Exists(end, context)).WithMessage(_ => text["TimeDoesNotExist"]);
        RuleFor(t => t.End).Must((t, end, context) =>
            end is null || end - (t.Start ?? (FactsOf(context) is { } facts ? NowIn(facts) : DateTime.MinValue)) >= Shortest)
            .WithMessage(_ => text["EndTooEarly"]);
    }

    private static bool AreCountries(IReadOnlyList<string> codes) => codes.Count > 0 && codes.All(CampaignCountries.All.Contains);

    private static bool IsNamedWhereNeeded(CampaignTerms terms, string? name) =>
        name is { Length: > CampaignDraft.DsaNameMaxLength } || name?.Any(char.IsControl) == true
            ? false
            : !string.IsNullOrWhiteSpace(name) || !terms.Countries.Any(CampaignCountries.IsEuropean);

    /// <summary>Whether the clocks of the account's zone ever show the time; they do not where they are put forward.</summary>
    private static bool Exists(DateTime? time, IValidationContext context) => time is not { } local || FactsOf(context) is not { } facts
        || !ZoneOf(facts.TimeZone).IsInvalidTime(local);

    internal static DateTime NowIn(CampaignFacts facts) => TimeZoneInfo.ConvertTime(facts.Now, ZoneOf(facts.TimeZone)).DateTime;

    /// <summary>A zone by its name; UTC for one that this machine does not know.</summary>
    internal static TimeZoneInfo ZoneOf(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    private static CampaignFacts? FactsOf(IValidationContext context) =>
        context.RootContextData.TryGetValue(Facts, out var facts) ? (CampaignFacts)facts : null;
}
