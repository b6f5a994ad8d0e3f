using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Outbox;

internal sealed class EmailMessageConfiguration : IEntityTypeConfiguration<EmailMessage>
{
    public void Configure(EntityTypeBuilder<EmailMessage> builder)
    {
        builder.ToTable("email_messages");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.To).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(m => m.Language).HasMaxLength(2);
        builder.Property(m => m.About).HasConversion<MailSubjectConverter>().HasMaxLength(MailSubject.MaxLength);
        builder.Property(m => m.LastError).HasMaxLength(EmailMessage.ErrorMaxLength);
        builder.Property(m => m.Attempts).IsConcurrencyToken(); // the fencing token
        builder.Property(m => m.ProviderId).HasMaxLength(EmailMessage.ProviderIdMaxLength);
        builder.Property(m => m.DeliveryText).HasMaxLength(EmailMessage.ErrorMaxLength);
        builder.HasIndex(m => new { m.RequestId, m.Id }); // a request's page
        builder.HasIndex(m => new { m.Kind, m.To, m.QueuedAt }); // how often somebody was mailed
        // the page of given-up mails
        builder.HasIndex(m => new { m.AgencyId, m.Id }, "IX_email_messages_dead").HasFilter("\"State\" = 'Dead'");
        // the delivery job
        builder.HasIndex(m => new { m.AgencyId, m.IsAwaited, m.NextAttemptAt }, "IX_email_messages_due").HasFilter("\"State\" = 'Queued'");
    }
}
