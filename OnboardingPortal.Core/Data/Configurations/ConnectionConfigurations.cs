using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.Core.Data.Configurations;

internal sealed class PlatformConnectionConfiguration : IEntityTypeConfiguration<PlatformConnection>
{
    public void Configure(EntityTypeBuilder<PlatformConnection> builder)
    {
        builder.ToTable("connections");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.DisplayName).HasMaxLength(PlatformConnection.NameMaxLength);
        builder.Property(c => c.Detail).HasMaxLength(PlatformConnection.NameMaxLength);
        builder.HasMany(c => c.Assets).WithOne().HasForeignKey(a => a.ConnectionId);
        builder.HasIndex(c => new { c.RequestId, c.Platform, c.ExternalId }).IsUnique(); // one account connects once a request
        // one account of the agency's own connects once
        builder.HasIndex(c => new { c.AgencyId, c.Platform, c.ExternalId }).IsUnique().HasFilter("\"RequestId\" IS NULL");
        builder.HasIndex(c => new { c.AgencyId, c.Id }); // the settings page
        builder.HasIndex(c => c.NextCheckAt); // the checking job
        builder.HasIndex(c => c.EraseCredentialsAt); // the erasing job
    }
}

internal sealed class ConnectedAssetConfiguration : IEntityTypeConfiguration<ConnectedAsset>
{
    public void Configure(EntityTypeBuilder<ConnectedAsset> builder)
    {
        builder.ToTable("assets");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Name).HasMaxLength(ConnectedAsset.NameMaxLength);
        builder.Property(a => a.FailureText).HasMaxLength(ConnectedAsset.FailureTextMaxLength);
        builder.Property(a => a.MissingTasks).HasMaxLength(ConnectedAsset.FailureTextMaxLength);
        builder.HasIndex(a => new { a.ConnectionId, a.Kind, a.ExternalId }).IsUnique(); // a double click shares once
        builder.HasIndex(a => a.NextCheckAt); // the verification job
    }
}

internal sealed class RevocationConfiguration : IEntityTypeConfiguration<Revocation>
{
    public void Configure(EntityTypeBuilder<Revocation> builder)
    {
        builder.ToTable("revocations");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => r.NextTryAt); // the job
    }
}

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

internal sealed class AgencyFacebookUserConfiguration : IEntityTypeConfiguration<AgencyFacebookUser>
{
    public void Configure(EntityTypeBuilder<AgencyFacebookUser> builder)
    {
        builder.ToTable("agency_facebook_users");
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.Name).HasMaxLength(AgencyFacebookUser.NameMaxLength);
        builder.OwnsMany(u => u.BusinessManagers, businesses => businesses.ToJson());
        builder.HasIndex(u => new { u.AgencyId, u.ExternalId }).IsUnique();
        builder.HasIndex(u => u.NextCheckAt); // the checking job
    }
}
