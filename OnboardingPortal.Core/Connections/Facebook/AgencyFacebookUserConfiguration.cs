using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Connections;

internal sealed class AgencyFacebookUserConfiguration : IEntityTypeConfiguration<AgencyFacebookUser>
{
    public void Configure(EntityTypeBuilder<AgencyFacebookUser> builder)
    {
        builder.ToTable("agency_facebook_users");
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.Name).HasMaxLength(AgencyFacebookUser.NameMaxLength);
        builder.OwnsMany(u => u.BusinessManagers, businesses => businesses.ToJson());
        builder.HasIndex(u => new { u.AgencyId, u.ExternalId }).IsUnique();
        builder.HasIndex(u => u.NextCheckAt); // the checking job
    }
}
