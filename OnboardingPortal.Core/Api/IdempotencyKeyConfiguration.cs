using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Api;

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(k => new { k.ApiKeyId, k.Key });
        builder.Property(k => k.Key).HasMaxLength(IdempotencyKey.KeyMaxLength);
        builder.Property(k => k.InputHash).HasMaxLength(32);
        builder.HasIndex(k => k.CreatedAt); // the job that forgets them
    }
}
