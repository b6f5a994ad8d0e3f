using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Secrets;

internal sealed class AgencyKeyConfiguration : IEntityTypeConfiguration<AgencyKey>
{
    public void Configure(EntityTypeBuilder<AgencyKey> builder)
    {
        builder.ToTable("agency_keys");
        builder.HasKey(k => new { k.AgencyId, k.Id });
        builder.Property(k => k.Id).ValueGeneratedNever();
    }
}
