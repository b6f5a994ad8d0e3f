using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Bulk;

internal sealed class BulkImportConfiguration : IEntityTypeConfiguration<BulkImport>
{
    public void Configure(EntityTypeBuilder<BulkImport> builder)
    {
        builder.ToTable("bulk_imports");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.UserName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(i => i.FileName).HasMaxLength(BulkImport.FileNameMaxLength);
        builder.Property(i => i.Ignored).IsJson();
        builder.HasIndex(i => new { i.AgencyId, i.UserId, i.Id }); // a user's imports
        builder.HasIndex(i => i.CreatedAt); // the job that forgets them
        builder.HasIndex(i => i.Id, "IX_bulk_imports_sending").HasFilter("\"State\" = 'Sending'"); // the sending job
    }
}
