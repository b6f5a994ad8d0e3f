using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Agencies;

internal sealed class PasswordAttemptConfiguration : IEntityTypeConfiguration<PasswordAttempt>
{
    public void Configure(EntityTypeBuilder<PasswordAttempt> builder)
    {
        builder.ToTable("password_attempts");
        builder.HasKey(a => new { a.UserId, a.Place });
        builder.Property(a => a.Place).HasMaxLength(SignInPlace.NameMaxLength);
        builder.HasOne<AgencyUser>().WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
