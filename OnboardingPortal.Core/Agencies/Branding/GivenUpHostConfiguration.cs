using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Agencies;

internal sealed class GivenUpHostConfiguration : IEntityTypeConfiguration<GivenUpHost>
{
    public void Configure(EntityTypeBuilder<GivenUpHost> builder)
    {
        builder.ToTable("given_up_hosts");
        builder.HasKey(h => new { h.Host, h.AgencyId });
        builder.Property(h => h.Host).HasMaxLength(Branding.HostMaxLength);
        builder.HasOne<Agency>().WithMany().HasForeignKey(h => h.AgencyId).OnDelete(DeleteBehavior.Restrict);
    }
}
