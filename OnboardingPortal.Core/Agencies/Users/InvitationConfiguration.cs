using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Agencies;

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(i => i.InvitedByName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(i => i.TokenHash).HasMaxLength(32);
        builder.Ignore(i => i.SentAt);
        builder.HasIndex(i => i.TokenHash).IsUnique(); // the link finds its invitation
        builder.HasIndex(i => new { i.AgencyId, i.Id });
    }
}
