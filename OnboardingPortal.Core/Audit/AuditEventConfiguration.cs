using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Audit;

internal sealed class AuditEventConfiguration : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.ToTable("audit_events");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.ActorName).HasMaxLength(Actor.NameMaxLength);
        builder.Property(e => e.Address).HasMaxLength(45);
        builder.Property(e => e.Detail).HasMaxLength(AuditEvent.DetailMaxLength);
        builder.Property(e => e.Seal).HasMaxLength(32);
        builder.HasIndex(e => new { e.RequestId, e.Id }); // a request's timeline
        builder.HasIndex(e => new { e.AgencyId, e.Id });
        builder.HasIndex(e => new { e.AgencyId, e.Topic, e.Id });
        builder.HasIndex(e => new { e.AgencyId, e.ActorKind, e.ActorId, e.Id });
        builder.HasIndex(e => new { e.AgencyId, e.Sequence }).IsUnique(); // the chain
        builder.HasIndex(e => new { e.AgencyId, e.Id }, "IX_audit_events_broken") // whether the chain ever broke, and when last
            .HasFilter($"\"Kind\" = '{nameof(AuditKind.ChainBroken)}'");
    }
}
