using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Webhooks;

namespace OnboardingPortal.Core.Data.Configurations;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Name).HasMaxLength(ApiKey.NameMaxLength);
        builder.Property(k => k.Prefix).HasMaxLength(ApiKey.PrefixMaxLength);
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.Property(k => k.Scopes).IsJson();
        builder.Property(k => k.CreatedByName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.HasIndex(k => k.Hash).IsUnique(); // a call's key finds its row
        builder.HasIndex(k => new { k.AgencyId, k.Id }); // the settings page
    }
}

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

internal sealed class WebhookEndpointConfiguration : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.ToTable("webhook_endpoints");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Url).HasMaxLength(WebhookEndpoint.UrlMaxLength);
        builder.Property(e => e.Types).IsJson();
        builder.Property(e => e.CreatedByName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.HasIndex(e => new { e.AgencyId, e.Id });
    }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.MessageId).HasMaxLength(60);
        builder.Property(d => d.Type).HasMaxLength(60);
        builder.Property(d => d.LastAnswer).HasMaxLength(WebhookDelivery.AnswerMaxLength);
        builder.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(d => d.EndpointId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(d => new { d.EndpointId, d.Id }); // an endpoint's log
        builder.HasIndex(d => d.NextAttemptAt).HasFilter("\"State\" = 'Queued'"); // the delivering job
        builder.HasIndex(d => d.CreatedAt); // the job that forgets them
    }
}

internal sealed class BulkImportConfiguration : IEntityTypeConfiguration<BulkImport>
{
    public void Configure(EntityTypeBuilder<BulkImport> builder)
    {
        builder.ToTable("bulk_imports");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.UserName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(i => i.FileName).HasMaxLength(BulkImport.FileNameMaxLength);
        builder.Property(i => i.Ignored).IsJson();
        builder.HasIndex(i => new { i.AgencyId, i.UserId, i.Id }); // a user's imports
        builder.HasIndex(i => i.CreatedAt); // the job that forgets them
        builder.HasIndex(i => i.Id, "IX_bulk_imports_sending").HasFilter("\"State\" = 'Sending'"); // the sending job
    }
}

internal sealed class BulkRowConfiguration : IEntityTypeConfiguration<BulkRow>
{
    public void Configure(EntityTypeBuilder<BulkRow> builder)
    {
        builder.ToTable("bulk_rows");
        builder.HasKey(r => new { r.ImportId, r.Line });
        builder.Property(r => r.Recipients).HasMaxLength(Recipient.EmailMaxLength);
        builder.HasOne<BulkImport>().WithMany().HasForeignKey(r => r.ImportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.ImportId, r.State, r.Line });
    }
}

internal sealed class ClientQuestionConfiguration : IEntityTypeConfiguration<ClientQuestion>
{
    public void Configure(EntityTypeBuilder<ClientQuestion> builder)
    {
        builder.ToTable("questions");
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.Property(q => q.Text).HasMaxLength(ClientQuestion.TextMaxLength);
        builder.HasOne<OnboardingRequest>().WithMany().HasForeignKey(q => q.RequestId);
        builder.HasIndex(q => new { q.RequestId, q.Id }); // a request's page
    }
}
