using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Connections;

internal sealed class RevocationConfiguration : IEntityTypeConfiguration<Revocation>
{
    public void Configure(EntityTypeBuilder<Revocation> builder)
    {
        builder.ToTable("revocations");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => r.NextTryAt); // the job
    }
}
