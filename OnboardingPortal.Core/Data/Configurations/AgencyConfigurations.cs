using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Data.Configurations;

internal sealed class AgencyConfiguration : IEntityTypeConfiguration<Agency>
{
    public void Configure(EntityTypeBuilder<Agency> builder)
    {
        builder.ToTable("agencies");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Name).HasMaxLength(Agency.NameMaxLength);
        builder.Property(a => a.DefaultMessage).HasMaxLength(OnboardingRequest.MessageMaxLength);
        builder.Property(a => a.GermanDefaultMessage).HasMaxLength(OnboardingRequest.MessageMaxLength);
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

internal sealed class AgencyUserConfiguration : IEntityTypeConfiguration<AgencyUser>
{
    public void Configure(EntityTypeBuilder<AgencyUser> builder)
    {
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Ignore(u => u.UserId);
        builder.Property(u => u.DisplayName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(u => u.Language).HasMaxLength(2);
        builder.Property(u => u.TimeZone).HasMaxLength(60);
        builder.HasOne<Agency>().WithMany().HasForeignKey(u => u.AgencyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Email).HasMaxLength(Recipient.EmailMaxLength);
        builder.Property(i => i.InvitedByName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(i => i.TokenHash).HasMaxLength(32);
        builder.Ignore(i => i.SentAt);
        builder.HasIndex(i => i.TokenHash).IsUnique(); // the link finds its invitation
        builder.HasIndex(i => new { i.AgencyId, i.Id });
    }
}

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("user_sessions");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Address).HasMaxLength(45);
        builder.Property(s => s.Browser).HasMaxLength(UserSession.BrowserMaxLength);
        builder.HasIndex(s => new { s.UserId, s.Id });
        builder.HasIndex(s => new { s.AgencyId, s.UserId, s.SeenAt }); // when an agency's users were last here
    }
}

internal sealed class PasswordAttemptConfiguration : IEntityTypeConfiguration<PasswordAttempt>
{
    public void Configure(EntityTypeBuilder<PasswordAttempt> builder)
    {
        builder.ToTable("password_attempts");
        builder.HasKey(a => new { a.UserId, a.Place });
        builder.Property(a => a.Place).HasMaxLength(SignInPlace.NameMaxLength);
        builder.HasOne<AgencyUser>().WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

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
        builder.Property(b => b.ReplyTo).HasMaxLength(Recipient.EmailMaxLength);
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

internal sealed class GivenUpHostConfiguration : IEntityTypeConfiguration<GivenUpHost>
{
    public void Configure(EntityTypeBuilder<GivenUpHost> builder)
    {
        builder.ToTable("given_up_hosts");
        builder.HasKey(h => new { h.Host, h.AgencyId });
        builder.Property(h => h.Host).HasMaxLength(Branding.HostMaxLength);
        builder.HasOne<Agency>().WithMany().HasForeignKey(h => h.AgencyId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AgencyKeyConfiguration : IEntityTypeConfiguration<AgencyKey>
{
    public void Configure(EntityTypeBuilder<AgencyKey> builder)
    {
        builder.ToTable("agency_keys");
        builder.HasKey(k => new { k.AgencyId, k.Id });
        builder.Property(k => k.Id).ValueGeneratedNever();
    }
}
