using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Agencies;

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("user_sessions");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Address).HasMaxLength(45);
        builder.Property(s => s.Browser).HasMaxLength(UserSession.BrowserMaxLength);
        builder.HasIndex(s => new { s.UserId, s.Id });
        builder.HasIndex(s => new { s.AgencyId, s.UserId, s.SeenAt }); // when an agency's users were last here
    }
}
