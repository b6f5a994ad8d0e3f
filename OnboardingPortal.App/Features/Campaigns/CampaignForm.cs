using System.Globalization;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.App.Features.Campaigns;

/// <summary>What is typed and chosen in the form of a new campaign, by the names of <see cref="CampaignTerms"/>.</summary>
public sealed class CampaignForm
{
    public AssetId? AdAccount { get; set; }

    public AssetId? Page { get; set; }

    public string Name { get; set; } = "";

    public CampaignObjective Objective { get; set; } = CampaignObjective.Traffic;

    public IReadOnlyCollection<SpecialAdCategory> Categories { get; set; } = [];

    public IReadOnlyCollection<string> CategoryCountries { get; set; } = [];

    public CampaignBudget BudgetKind { get; set; }

    public decimal? Budget { get; set; }

    /// <summary>As the browser's own field for date and time gives it; empty = when it is published.</summary>
    public string Start { get; set; } = "";

    /// <summary>The same; empty = when somebody ends it.</summary>
    public string End { get; set; } = "";

    public IReadOnlyCollection<string> Countries { get; set; } = [];

    public string Beneficiary { get; set; } = "";

    public string Payor { get; set; } = "";

    /// <summary>Facebook's ids of those that are chosen.</summary>
    public IReadOnlyCollection<string> Audiences { get; set; } = [];

    public bool WidensAudience { get; set; }

    /// <summary>The form of a draft that was refused.</summary>
    public static CampaignForm Of(CampaignTerms terms) => new()
    {
        AdAccount = terms.AdAccount,
        Page = terms.Page,
        Name = terms.Name,
        Objective = terms.Objective,
        Categories = terms.Categories,
        CategoryCountries = terms.CategoryCountries,
        BudgetKind = terms.BudgetKind,
        Budget = terms.Budget,
        Start = Written(terms.Start),
        End = Written(terms.End),
        Countries = terms.Countries,
        Beneficiary = terms.Beneficiary ?? "",
        Payor = terms.Payor ?? "",
        Audiences = terms.Audiences,
        WidensAudience = terms.WidensAudience,
    };

    /// <summary>As the rules judge it and the service saves it.</summary>
    public CampaignTerms ToTerms() => new(
        AdAccount ?? AssetId.None, Page ?? AssetId.None, Name, Objective, [.. Categories], [.. CategoryCountries], BudgetKind, Budget ?? 0,
        Read(Start), Read(End), [.. Countries], Beneficiary, Payor, [.. Audiences], WidensAudience);

    private static string Written(DateTime? time) => time?.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) ?? "";

    private static DateTime? Read(string typed) =>
        DateTime.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
