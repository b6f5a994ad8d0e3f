using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Data.Configurations;

internal sealed class AgencyConfiguration : IEntityTypeConfiguration<Agency>
{
    public void Configure(EntityTypeBuilder<Agency> builder)
    {
        builder.ToTable("agencies");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Name).HasMaxLength(Agency.NameMaxLength);
        builder.Property(a => a.DefaultMessage).HasMaxLength(OnboardingRequest.MessageMaxLength);
        builder.Property(a => a.Language).HasMaxLength(2);
    }
}

internal sealed class AgencyUserConfiguration : IEntityTypeConfiguration<AgencyUser>
{
    public void Configure(EntityTypeBuilder<AgencyUser> builder)
    {
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Ignore(u => u.UserId);
        builder.Property(u => u.DisplayName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.HasOne<Agency>().WithMany().HasForeignKey(u => u.AgencyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AgencyKeyConfiguration : IEntityTypeConfiguration<AgencyKey>
{
    public void Configure(EntityTypeBuilder<AgencyKey> builder)
    {
        builder.ToTable("agency_keys");
        builder.HasKey(k => new { k.AgencyId, k.Id });
        builder.Property(k => k.Id).ValueGeneratedNever();
    }
}

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
        builder.Property(m => m.LastError).HasMaxLength(EmailMessage.ErrorMaxLength);
        builder.HasIndex(m => new { m.RequestId, m.Id }); // a request's page
        builder.HasIndex(m => m.NextAttemptAt).HasFilter("\"State\" = 'Queued'"); // the delivery job
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
        builder.HasIndex(e => new { e.RequestId, e.Id }); // a request's timeline
        builder.HasIndex(e => new { e.AgencyId, e.Id });
    }
}
