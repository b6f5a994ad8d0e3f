using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms.Salesforce;

namespace OnboardingPortal.App.Features.DataSync;

/// <summary>What is chosen and typed for a new sync. The browser keeps it until the sync is made.</summary>
public sealed class NewSyncDraft : INamesAudience
{
    public ConnectionId? Account { get; set; }

    public string? List { get; set; }

    public string ListName { get; set; } = "";

    /// <summary>Which of the list's people; none = all of them.</summary>
    public List<SalesforceCondition> Conditions { get; set; } = [];

    public AssetId? AdAccount { get; set; }

    /// <summary>The id of an audience that is there; null = a new one.</summary>
    public string? Audience { get; set; }

    public string AudienceName { get; set; } = "";

    public List<SyncColumn> Columns { get; set; } = [];

    /// <summary>Two upper-case letters; null = none.</summary>
    public string? DefaultCountry { get; set; }

    /// <summary>Whether the columns were looked at: until then they are only a guess.</summary>
    public bool ColumnsSeen { get; set; }

    public string LegalBasis { get; set; } = "";

    public bool MaySend { get; set; }

    public SyncInterval Every { get; set; } = SyncInterval.Daily;

    /// <summary>As the rules judge it and the service makes it.</summary>
    public SyncTerms ToTerms() => new(
        Account ?? ConnectionId.None, List ?? "", ListName, new SalesforceFilter(Conditions).Write(), AdAccount ?? AssetId.None, Audience,
        Audience is null ? AudienceName.Trim() : null, Columns, DefaultCountry, LegalBasis.Trim(), MaySend, Every);
}
