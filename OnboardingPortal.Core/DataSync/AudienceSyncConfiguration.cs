using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.DataSync;

internal sealed class AudienceSyncConfiguration : IEntityTypeConfiguration<AudienceSync>
{
    public void Configure(EntityTypeBuilder<AudienceSync> builder)
    {
        builder.ToTable("audience_syncs");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.List).HasMaxLength(AudienceSync.ListMaxLength);
        builder.Property(s => s.ListName).HasMaxLength(AudienceSync.ListMaxLength);
        builder.Property(s => s.Filter).HasMaxLength(AudienceSync.FilterMaxLength);
        builder.Property(s => s.AdAccount).HasMaxLength(ConnectedAsset.NameMaxLength);
        builder.Property(s => s.Audience).HasMaxLength(64);
        builder.Property(s => s.AudienceName).HasMaxLength(AudienceSync.NameMaxLength);
        builder.Property(s => s.Columns).IsJson();
        builder.Property(s => s.DefaultCountry).HasMaxLength(2);
        builder.Property(s => s.LegalBasis).HasMaxLength(AudienceSync.LegalBasisMaxLength);
        builder.Property(s => s.StatedBy).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(s => s.ProblemDetail).HasMaxLength(AudienceSync.DetailMaxLength);
        builder.HasOne<Agency>().WithMany().HasForeignKey(s => s.AgencyId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(s => new { s.AgencyId, s.RequestId }); // the list of all, and a client's
        builder.HasIndex(s => new { s.AgencyId, s.Audience }).IsUnique().HasFilter("\"Audience\" IS NOT NULL"); // one sync writes to it
        builder.HasIndex(s => s.DueAt); // the engine
    }
}

internal sealed class SyncRunConfiguration : IEntityTypeConfiguration<SyncRun>
{
    public void Configure(EntityTypeBuilder<SyncRun> builder)
    {
        builder.ToTable("sync_runs");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.By).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(r => r.Skipped).IsJson();
        builder.Property(r => r.Hash).HasMaxLength(64);
        builder.Property(r => r.PlanHash).HasMaxLength(64);
        builder.Property(r => r.ProblemDetail).HasMaxLength(AudienceSync.DetailMaxLength);
        builder.Ignore(r => r.Counts);
        builder.HasOne<AudienceSync>().WithMany().HasForeignKey(r => r.SyncId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.SyncId, r.Id }); // a sync's history
        builder.HasIndex(r => new { r.AgencyId, r.Id }); // what is old
    }
}

internal sealed class SyncBatchConfiguration : IEntityTypeConfiguration<SyncBatch>
{
    public void Configure(EntityTypeBuilder<SyncBatch> builder)
    {
        builder.ToTable("sync_batches");
        builder.HasKey(b => new { b.RunId, b.Session, b.Sequence }); // no batch is written down twice
        builder.HasOne<SyncRun>().WithMany().HasForeignKey(b => b.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SyncRosterChunkConfiguration : IEntityTypeConfiguration<SyncRosterChunk>
{
    public void Configure(EntityTypeBuilder<SyncRosterChunk> builder)
    {
        builder.ToTable("sync_rosters");
        builder.HasKey(c => new { c.SyncId, c.Generation, c.Number });
        builder.HasOne<AudienceSync>().WithMany().HasForeignKey(c => c.SyncId).OnDelete(DeleteBehavior.Cascade);
    }
}
