using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Campaigns;

internal sealed class CampaignDraftConfiguration : IEntityTypeConfiguration<CampaignDraft>
{
    public void Configure(EntityTypeBuilder<CampaignDraft> builder)
    {
        builder.ToTable("campaign_drafts");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.UserName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(d => d.Client).HasMaxLength(CampaignDraft.NameMaxLength);
        builder.Property(d => d.AdAccount).HasMaxLength(CampaignDraft.ExternalIdMaxLength);
        builder.Property(d => d.AdAccountName).HasMaxLength(CampaignDraft.NameMaxLength);
        builder.Property(d => d.Page).HasMaxLength(CampaignDraft.ExternalIdMaxLength);
        builder.Property(d => d.PageName).HasMaxLength(CampaignDraft.NameMaxLength);
        builder.Property(d => d.Terms).IsJson();
        builder.Property(d => d.Currency).HasMaxLength(3);
        builder.Property(d => d.TimeZone).HasMaxLength(CampaignDraft.ExternalIdMaxLength);
        builder.Property(d => d.ProblemText).HasMaxLength(CampaignDraft.TextMaxLength);
        builder.Property(d => d.Issues).HasMaxLength(CampaignDraft.TextMaxLength);
        builder.Property(d => d.CampaignId).HasMaxLength(CampaignDraft.ExternalIdMaxLength);
        builder.Property(d => d.AdSetId).HasMaxLength(CampaignDraft.ExternalIdMaxLength);
        builder.Property(d => d.LinkTokenHash).HasMaxLength(32);
        builder.Ignore(d => d.Mark).Ignore(d => d.FullName);
        builder.HasIndex(d => new { d.AgencyId, d.Id }); // the list
        builder.HasIndex(d => d.RequestId); // a client's
        builder.HasIndex(d => d.LinkTokenHash).IsUnique();
        builder.HasIndex(d => d.NextCheckAt); // the daily look
        builder.HasIndex(d => d.NextTryAt, "IX_campaign_drafts_making").HasFilter("\"State\" IN ('Making', 'OutcomeUnknown', 'Refused')");
    }
}
