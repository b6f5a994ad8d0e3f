using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Api;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Name).HasMaxLength(ApiKey.NameMaxLength);
        builder.Property(k => k.Prefix).HasMaxLength(ApiKey.PrefixMaxLength);
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.Property(k => k.Scopes).IsJson();
        builder.Property(k => k.CreatedByName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.HasIndex(k => k.Hash).IsUnique(); // a call's key finds its row
        builder.HasIndex(k => new { k.AgencyId, k.Id }); // the settings page
    }
}
