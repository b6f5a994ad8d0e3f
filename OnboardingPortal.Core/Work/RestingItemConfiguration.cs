using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Work;

internal sealed class RestingItemConfiguration : IEntityTypeConfiguration<RestingItem>
{
    public void Configure(EntityTypeBuilder<RestingItem> builder)
    {
        builder.ToTable("resting_items");
        builder.HasKey(i => new { i.Round, i.Item });
        builder.Property(i => i.Item).HasMaxLength(RestingItem.ItemMaxLength);
        builder.HasIndex(i => new { i.AgencyId, i.Failures }); // the first page
    }
}
