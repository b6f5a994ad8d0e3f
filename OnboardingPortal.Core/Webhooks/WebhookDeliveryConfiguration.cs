using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Webhooks;

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
