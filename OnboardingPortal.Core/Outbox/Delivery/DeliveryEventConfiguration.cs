using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Outbox;

internal sealed class DeliveryEventConfiguration : IEntityTypeConfiguration<DeliveryEvent>
{
    public void Configure(EntityTypeBuilder<DeliveryEvent> builder)
    {
        builder.ToTable("delivery_events");
        builder.Property(e => e.Id).HasMaxLength(DeliveryEvent.IdMaxLength);
        builder.HasOne<EmailMessage>().WithMany().HasForeignKey(e => e.MailId);
        builder.HasIndex(e => e.ReceivedAt); // the job that forgets them
    }
}
