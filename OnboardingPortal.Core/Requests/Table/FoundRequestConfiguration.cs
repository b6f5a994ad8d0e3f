using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Requests;

internal sealed class FoundRequestConfiguration : IEntityTypeConfiguration<FoundRequest>
{
    public void Configure(EntityTypeBuilder<FoundRequest> builder) => builder.HasNoKey().ToView(null); // exists in queries only
}

/// <summary>What the full-text index answers: a type of the model, since a bare id from SQL would not be converted.</summary>
internal sealed class FoundRequest
{
    public required RequestId Id { get; init; }
}
