using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Requests;

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
