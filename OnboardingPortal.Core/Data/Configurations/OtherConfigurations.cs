using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Rounds;

namespace OnboardingPortal.Core.Data.Configurations;

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder) => builder.ToTable("data_protection_keys");
}

internal sealed class EmailMessageConfiguration : IEntityTypeConfiguration<EmailMessage>
{
    public void Configure(EntityTypeBuilder<EmailMessage> builder)
    {
        builder.ToTable("email_messages");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.To).HasMaxLength(Recipient.EmailMaxLength);
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

internal sealed class RestingItemConfiguration : IEntityTypeConfiguration<RestingItem>
{
    public void Configure(EntityTypeBuilder<RestingItem> builder)
    {
        builder.ToTable("resting_items");
        builder.HasKey(i => new { i.Round, i.Item });
        builder.Property(i => i.Item).HasMaxLength(RestingItem.ItemMaxLength);
        builder.HasIndex(i => new { i.AgencyId, i.Failures }); // the first page
    }
}

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

internal sealed class UnmatchedEventsConfiguration : IEntityTypeConfiguration<UnmatchedEvents>
{
    public void Configure(EntityTypeBuilder<UnmatchedEvents> builder)
    {
        builder.ToTable("unmatched_events");
        builder.HasKey(e => e.Day);
        builder.Property(e => e.Day).ValueGeneratedNever();
    }
}

internal sealed class AuditEventConfiguration : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.ToTable("audit_events");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.ActorName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(e => e.Address).HasMaxLength(45);
        builder.Property(e => e.Detail).HasMaxLength(AuditEvent.DetailMaxLength);
        builder.Property(e => e.Seal).HasMaxLength(32);
        builder.HasIndex(e => new { e.RequestId, e.Id }); // a request's timeline
        builder.HasIndex(e => new { e.AgencyId, e.Id });
        builder.HasIndex(e => new { e.AgencyId, e.Topic, e.Id });
        builder.HasIndex(e => new { e.AgencyId, e.ActorKind, e.ActorId, e.Id });
        builder.HasIndex(e => new { e.AgencyId, e.Sequence }).IsUnique(); // the chain
    }
}

internal sealed class AuditHeadConfiguration : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("audit_heads");
        builder.HasKey(h => h.AgencyId);
        builder.Property(h => h.AgencyId).ValueGeneratedNever();
        builder.Property(h => h.Seal).HasMaxLength(32);
        builder.Property(h => h.Proof).HasMaxLength(32);
        builder.Property(h => h.MasterKeyId).HasMaxLength(16);
    }
}
