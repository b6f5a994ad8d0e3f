using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Webhooks;

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
