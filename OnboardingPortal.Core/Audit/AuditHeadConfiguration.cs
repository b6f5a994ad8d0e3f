using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Audit;

internal sealed class AuditHeadConfiguration : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("audit_heads");
        builder.HasKey(h => h.AgencyId);
        builder.Property(h => h.AgencyId).ValueGeneratedNever();
        builder.Property(h => h.Seal).HasMaxLength(32);
        builder.Property(h => h.Proof).HasMaxLength(32);
        builder.Property(h => h.MasterKeyId).HasMaxLength(16);
    }
}
