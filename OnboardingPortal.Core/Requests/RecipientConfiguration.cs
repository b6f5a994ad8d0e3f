using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

internal sealed class RecipientConfiguration : IEntityTypeConfiguration<Recipient>
{
    public void Configure(EntityTypeBuilder<Recipient> builder)
    {
        builder.ToTable("recipients");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Email).HasMaxLength(Recipient.EmailMaxLength);
        builder.Property(r => r.DeliveryText).HasMaxLength(EmailMessage.ErrorMaxLength);
        builder.Property(r => r.LinkTokenHash).HasMaxLength(32);
        builder.HasIndex(r => new { r.RequestId, r.Email }).IsUnique();
        builder.HasIndex(r => r.LinkTokenHash).IsUnique(); // their own link finds the request
    }
}
