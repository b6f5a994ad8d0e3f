using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.Core.Connections;

internal sealed class ConnectAttemptConfiguration : IEntityTypeConfiguration<ConnectAttempt>
{
    public void Configure(EntityTypeBuilder<ConnectAttempt> builder)
    {
        builder.ToTable("connect_attempts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.TicketHash).HasMaxLength(32);
        builder.Property(a => a.StateHash).HasMaxLength(32);
        builder.Property(a => a.BrowserHash).HasMaxLength(32);
        builder.HasIndex(a => a.TicketHash).IsUnique();
        builder.HasIndex(a => a.StateHash).IsUnique();
        builder.Property(a => a.OwnHost).HasMaxLength(Branding.HostMaxLength);
        builder.Property(a => a.OwnHostBrowserHash).HasMaxLength(32);
        builder.Property(a => a.HandleHash).HasMaxLength(32);
        builder.HasIndex(a => a.HandleHash).IsUnique();
        builder.HasIndex(a => new { a.RequestId, a.Id }); // what is under way when a request changes
        builder.HasIndex(a => new { a.ParticipantId, a.Id }); // the wizard's message about the last one
        builder.HasIndex(a => new { a.UserId, a.Id }); // the settings page's message about the last one
    }
}
