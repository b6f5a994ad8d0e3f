using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>How an agency names its campaigns.</summary>
public sealed class CampaignSettings : IAgencyOwned
{
    /// <summary>The most UTF-16 code units of a rule.</summary>
    public const int NameRuleMaxLength = 120;

    private CampaignSettings()
    {
    }

    internal CampaignSettings(AgencyId agency, string nameRule)
    {
        AgencyId = agency;
        NameRule = nameRule;
    }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Text with the placeholders of <see cref="CampaignNaming"/>.</summary>
    public string NameRule { get; internal set; } = "";
}

internal sealed class CampaignSettingsConfiguration : IEntityTypeConfiguration<CampaignSettings>
{
    public void Configure(EntityTypeBuilder<CampaignSettings> builder)
    {
        builder.ToTable("campaign_settings");
        builder.HasKey(s => s.AgencyId);
        builder.Property(s => s.AgencyId).ValueGeneratedNever();
        builder.Property(s => s.NameRule).HasMaxLength(CampaignSettings.NameRuleMaxLength);
    }
}

/// <summary>The agency's rule for names, from which the form proposes one.</summary>
public sealed class CampaignNaming(PortalDbContextFactory contexts, TimeProvider clock)
{
    /// <summary>The rule of an agency that has made none.</summary>
    public const string UsualRule = "{client} | {objective} | {date}";

    private static readonly char[] Separators = [' ', '|', '-', '–', '·', '/', '_'];

    /// <summary>The rule of the caller's agency.</summary>
    public async Task<string> GetRuleAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        return await db.CampaignSettings.Select(s => s.NameRule).SingleOrDefaultAsync(cancellationToken) ?? UsualRule;
    }

    /// <summary>Changes the rule; a main user only. An empty one is the usual one.</summary>
    /// <returns>Null, <see cref="NotAllowed"/> or <see cref="NameRuleRefused"/>.</returns>
    public async Task<PortalError?> SetRuleAsync(AgencyCaller caller, string rule, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        rule = rule.Trim() is { Length: > 0 } typed ? typed : UsualRule;
        if (rule.Length > CampaignSettings.NameRuleMaxLength || rule.Any(char.IsControl))
            return new NameRuleRefused(CampaignSettings.NameRuleMaxLength);
        await using var db = contexts.Create(caller.Agency);
        if (await db.CampaignSettings.SingleOrDefaultAsync(cancellationToken) is { } settings) settings.NameRule = rule;
        else db.CampaignSettings.Add(new CampaignSettings(caller.Agency, rule));
        db.AuditEvents.Add(
            new AuditEvent(
                AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), AuditKind.CampaignNamingChanged, caller.Actor, null, null,
                rule));
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>A name by a rule; what it would be too long for is cut, and where a part is empty, no separator stands at an end.</summary>
    /// <param name="rule">With <c>{client}</c>, <c>{date}</c> and <c>{objective}</c>.</param>
    /// <param name="client">The client in words.</param>
    /// <param name="objective">The objective in the reader's language.</param>
    /// <param name="day">Today, in the account's zone.</param>
    public static string Fill(string rule, string client, string objective, DateOnly day) => ForeignText.Fit(
        ForeignText.OneLine(rule.Replace("{client}", client, StringComparison.OrdinalIgnoreCase)
            .Replace("{objective}", objective, StringComparison.OrdinalIgnoreCase)
            .Replace("{date}", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase))
            .Trim(Separators),
        CampaignDraft.NameMaxLength);
}
