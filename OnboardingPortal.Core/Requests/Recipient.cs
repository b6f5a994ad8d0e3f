using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Requests;

/// <summary>An address that a request was sent to.</summary>
public sealed class Recipient : IAgencyOwned
{
    /// <summary>The most characters an address may have (RFC 5321: 64 + 1 + 255).</summary>
    public const int EmailMaxLength = EmailAddress.MaxLength;

    private Recipient()
    {
    }

    internal Recipient(RecipientId id, OnboardingRequest request, string email, DateTimeOffset addedAt)
    {
        Id = id;
        AgencyId = request.AgencyId;
        RequestId = request.Id;
        Email = email;
        AddedAt = addedAt;
    }

    /// <summary>The recipient's id.</summary>
    public RecipientId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The request it was sent for.</summary>
    public RequestId RequestId { get; private set; }

    /// <summary>The bare address, without a display name; compared without regard to case.</summary>
    public string Email { get; private set; } = "";

    /// <summary>When it was first sent to, UTC.</summary>
    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>What became of the newest mail to them after the transport took it; null while nobody told.</summary>
    public DeliveryState? Delivery { get; private set; }

    /// <summary>When that happened, UTC.</summary>
    public DateTimeOffset? DeliveryAt { get; private set; }

    /// <summary>What their mail server said, at most <see cref="EmailMessage.ErrorMaxLength"/> UTF-16 code units; hostile text.</summary>
    public string? DeliveryText { get; private set; }

    /// <summary>When they asked not to be reminded, UTC; null while they did not.</summary>
    public DateTimeOffset? RemindersStoppedAt { get; internal set; }

    /// <summary>SHA-256 of the token of their own link; null after deletion, and for recipients of before who hold the request's.</summary>
    public byte[]? LinkTokenHash { get; private set; }

    /// <summary>The token, protected by Data Protection, so that later mails name the same link.</summary>
    public string? LinkTokenProtected { get; private set; }

    /// <summary>Whether the newest mail to them came back or was not wanted: the portal writes there only when somebody says so.</summary>
    public bool MailCameBack => Delivery is { IsTrouble: true };

    /// <summary>Whether they may be reminded.</summary>
    internal bool TakesReminders => RemindersStoppedAt is null && !MailCameBack;

    /// <summary>Gives them a link of their own unless they have one.</summary>
    internal void EnsureLink(NewLink link)
    {
        if (LinkTokenHash is null) ReplaceLink(link);
    }

    /// <summary>Puts a link in the place of their own one; null = they have none any more.</summary>
    internal void ReplaceLink(NewLink? link)
    {
        LinkTokenHash = link?.Hash;
        LinkTokenProtected = link?.ProtectedToken;
    }

    /// <summary>Whether a mail to that address goes to them.</summary>
    internal bool IsAt(string address) => EmailAddress.IsSame(Email, address);

    /// <summary>Takes over what became of their newest mail.</summary>
    /// <param name="newest">It; null = nobody has told anything of it yet.</param>
    internal void Tell(EmailMessage? newest)
    {
        Delivery = newest?.Delivery;
        DeliveryAt = newest?.DeliveryAt;
        DeliveryText = newest?.DeliveryText;
    }
}
