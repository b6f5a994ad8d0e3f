using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Agencies;

internal sealed class BrandingConfiguration : IEntityTypeConfiguration<Branding>
{
    public void Configure(EntityTypeBuilder<Branding> builder)
    {
        builder.ToTable("brandings");
        builder.HasKey(b => b.AgencyId);
        builder.Property(b => b.AgencyId).ValueGeneratedNever();
        builder.Property(b => b.CompanyName).HasMaxLength(Agency.NameMaxLength);
        builder.Property(b => b.RequesterName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(b => b.SenderName).HasMaxLength(Agency.NameMaxLength);
        builder.Property(b => b.ReplyTo).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(b => b.Colour).HasMaxLength(7);
        builder.Property(b => b.FooterText).HasMaxLength(Branding.FooterMaxLength);
        builder.Property(b => b.PrivacyUrl).HasMaxLength(Branding.UrlMaxLength);
        builder.Property(b => b.ImprintUrl).HasMaxLength(Branding.UrlMaxLength);
        builder.Property(b => b.PublicHost).HasMaxLength(Branding.HostMaxLength);
        builder.Property(b => b.LogoType).HasMaxLength(20);
        builder.Property(b => b.LogoHash).HasMaxLength(32);
        builder.Property(b => b.MailLogoType).HasMaxLength(20);
        builder.Property(b => b.MailLogoHash).HasMaxLength(32);
        builder.Property(b => b.ShownHost).HasMaxLength(Branding.HostMaxLength);
        builder.Property(b => b.HostNonce).HasMaxLength(43);
        builder.Ignore(b => b.IsHostShown);
        builder.HasIndex(b => b.PublicHost);
        builder.HasIndex(b => b.ShownHost).IsUnique();
        builder.HasOne<Agency>().WithOne().HasForeignKey<Branding>(b => b.AgencyId).OnDelete(DeleteBehavior.Restrict);
    }
}
