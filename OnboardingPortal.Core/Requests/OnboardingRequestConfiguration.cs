using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;

namespace OnboardingPortal.Core.Requests;

internal sealed class OnboardingRequestConfiguration : IEntityTypeConfiguration<OnboardingRequest>
{
    public void Configure(EntityTypeBuilder<OnboardingRequest> builder)
    {
        builder.ToTable("requests");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Message).HasMaxLength(OnboardingRequest.MessageMaxLength);
        builder.Property(r => r.GermanMessage).HasMaxLength(OnboardingRequest.MessageMaxLength);
        builder.Property(r => r.Language).HasMaxLength(2);
        builder.Property(r => r.RequesterName).HasMaxLength(AgencyUser.DisplayNameMaxLength);
        builder.Property(r => r.FirstRecipient).HasMaxLength(Recipient.EmailMaxLength);
        builder.Property(r => r.CompletedByName).HasMaxLength(Participant.NameMaxLength);
        builder.Property(r => r.BusinessManagerName).HasMaxLength(AgencyFacebookUser.NameMaxLength);
        builder.Property(r => r.LinkTokenHash).HasMaxLength(32);
        builder.Property(r => r.Accounts).HasConversion(
            accounts => accounts.Json, json => AccountSummaries.Read(json),
            new ValueComparer<AccountSummaries>((left, right) => Equals(left, right), accounts => accounts.GetHashCode(), a => a));
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasOne<Agency>().WithMany().HasForeignKey(r => r.AgencyId).OnDelete(DeleteBehavior.Restrict);
        builder.OwnsMany(r => r.Platforms, platforms =>
        {
            platforms.ToTable("request_platforms");
            platforms.WithOwner().HasForeignKey("RequestId");
            platforms.HasKey("RequestId", nameof(RequestedPlatform.Platform));
            platforms.Property(p => p.DeclineText).HasMaxLength(RequestedPlatform.DeclineTextMaxLength);
        });
        builder.HasMany(r => r.Recipients).WithOne().HasForeignKey(r => r.RequestId);
        builder.HasMany(r => r.Participants).WithOne().HasForeignKey(p => p.RequestId);
        builder.HasMany(r => r.Connections).WithOne().HasForeignKey(c => c.RequestId);

        // The live table: every filter and order it offers, deleted requests left out.
        const string alive = "\"Status\" <> 'Deleted'";
        builder.HasIndex(r => new { r.AgencyId, r.Id }, "IX_requests_newest").HasFilter(alive);
        builder.HasIndex(r => new { r.AgencyId, r.Status, r.Id }, "IX_requests_status_newest").HasFilter(alive);
        builder.HasIndex(r => new { r.AgencyId, r.FirstRecipient, r.Id }, "IX_requests_recipient").HasFilter(alive);
        builder.HasIndex(r => new { r.AgencyId, r.Status, r.FirstRecipient, r.Id }, "IX_requests_status_recipient").HasFilter(alive);
        builder.HasIndex(r => new { r.AgencyId, r.RequesterId, r.Id }, "IX_requests_requester_newest").HasFilter(alive);
        builder.HasIndex(r => new { r.AgencyId, r.RequesterId, r.Status, r.Id }, "IX_requests_requester_status_newest").HasFilter(alive);
        builder.HasIndex(r => new { r.AgencyId, r.RequesterId, r.FirstRecipient, r.Id }, "IX_requests_requester_recipient")
            .HasFilter(alive);

        // The Hub.
        builder.HasIndex(r => new { r.AgencyId, r.CompletedAt }, "IX_requests_completed").HasFilter("\"CompletedAt\" IS NOT NULL");
        builder.HasIndex(r => new { r.AgencyId, r.ActivityAt }, "IX_requests_opened")
            .HasFilter("\"Status\" = 'Pending' AND \"OpenedAt\" IS NOT NULL");
        builder.HasIndex(r => new { r.AgencyId, r.ActivityAt }, "IX_requests_problems")
            .HasFilter("\"HasProblem\" AND \"Status\" <> 'Deleted'");

        builder.HasIndex(r => r.LinkTokenHash).IsUnique(); // a client's link finds its request
        builder.HasIndex(r => r.ExpiresAt).HasFilter("\"Status\" = 'Pending'"); // the expiry job
    }
}
