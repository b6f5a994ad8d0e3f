using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Requests;

internal sealed class RequestTemplateConfiguration : IEntityTypeConfiguration<RequestTemplate>
{
    public void Configure(EntityTypeBuilder<RequestTemplate> builder)
    {
        builder.ToTable("request_templates");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Name).HasMaxLength(RequestTemplate.NameMaxLength);
        builder.Property(t => t.Message).HasMaxLength(OnboardingRequest.MessageMaxLength);
        builder.Property(t => t.Platforms).IsJson();
        builder.HasIndex(t => new { t.AgencyId, t.Name }).IsUnique();
    }
}
