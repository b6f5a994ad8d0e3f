using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Connections;

internal sealed class PlatformConnectionConfiguration : IEntityTypeConfiguration<PlatformConnection>
{
    public void Configure(EntityTypeBuilder<PlatformConnection> builder)
    {
        builder.ToTable("connections");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.DisplayName).HasMaxLength(PlatformConnection.NameMaxLength);
        builder.Property(c => c.Detail).HasMaxLength(PlatformConnection.NameMaxLength);
        builder.HasMany(c => c.Assets).WithOne().HasForeignKey(a => a.ConnectionId);
        builder.HasIndex(c => new { c.RequestId, c.Platform, c.ExternalId }).IsUnique(); // one account connects once a request
        // one account of the agency's own connects once
        builder.HasIndex(c => new { c.AgencyId, c.Platform, c.ExternalId }).IsUnique().HasFilter("\"RequestId\" IS NULL");
        builder.HasIndex(c => new { c.AgencyId, c.Id }); // the settings page
        builder.HasIndex(c => c.NextCheckAt); // the checking job
        builder.HasIndex(c => c.EraseCredentialsAt); // the erasing job
    }
}
