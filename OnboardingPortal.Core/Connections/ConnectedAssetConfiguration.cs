using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Connections;

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
