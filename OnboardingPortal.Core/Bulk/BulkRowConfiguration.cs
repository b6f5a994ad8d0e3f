using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Bulk;

internal sealed class BulkRowConfiguration : IEntityTypeConfiguration<BulkRow>
{
    public void Configure(EntityTypeBuilder<BulkRow> builder)
    {
        builder.ToTable("bulk_rows");
        builder.HasKey(r => new { r.ImportId, r.Line });
        builder.Property(r => r.Recipients).HasMaxLength(EmailAddress.MaxLength);
        builder.HasOne<BulkImport>().WithMany().HasForeignKey(r => r.ImportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.ImportId, r.State, r.Line });
    }
}
