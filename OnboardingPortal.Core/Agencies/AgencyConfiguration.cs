using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

internal sealed class AgencyConfiguration : IEntityTypeConfiguration<Agency>
{
    public void Configure(EntityTypeBuilder<Agency> builder)
    {
        builder.ToTable("agencies");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Name).HasMaxLength(Agency.NameMaxLength);
        builder.Property(a => a.DefaultMessage).HasMaxLength(Agency.MessageMaxLength);
        builder.Property(a => a.GermanDefaultMessage).HasMaxLength(Agency.MessageMaxLength);
        builder.Property(a => a.Language).HasMaxLength(2);
        builder.Property(a => a.RequestLanguage).HasMaxLength(2);
        builder.Property(a => a.Visibility).HasDefaultValue(RequestVisibility.Everyone).HasSentinel(RequestVisibility.Everyone);
        builder.Property(a => a.LinkLife).IsJson().HasDefaultValue(LinkLife.Default);
        builder.Property(a => a.ReminderDays).IsJson().HasDefaultValue(Array.Empty<int>());
        builder.Property(a => a.MailedOnCompletion).IsJson().HasDefaultValue(MailedPeople.RequesterOnly);
        builder.Property(a => a.MailedOnLostAccess).IsJson().HasDefaultValue(MailedPeople.RequesterOnly);
        builder.Ignore(a => a.Settings);
    }
}
