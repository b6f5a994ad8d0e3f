using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Outbox;

internal sealed class UnmatchedEventsConfiguration : IEntityTypeConfiguration<UnmatchedEvents>
{
    public void Configure(EntityTypeBuilder<UnmatchedEvents> builder)
    {
        builder.ToTable("unmatched_events");
        builder.HasKey(e => e.Day);
        builder.Property(e => e.Day).ValueGeneratedNever();
    }
}
