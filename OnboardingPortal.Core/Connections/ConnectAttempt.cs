using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Connections;

/// <summary>
/// One way to a platform's sign-in page and back. Begun inside the portal (ticket), started by the browser (state), finished by the
/// callback; each of the three happens once, within <see cref="Life"/>. From an agency's own host it leads over the portal's host there and
/// back (handle), since platforms know only that one.
/// </summary>
public sealed class ConnectAttempt : IAgencyOwned
{
    /// <summary>How long the whole way may take.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private ConnectAttempt()
    {
    }

    internal ConnectAttempt(
        ConnectAttemptId id, AgencyId agency, PlatformKey platform, ConnectPurpose purpose, byte[] ticketHash, bool askAgain,
        DateTimeOffset now)
    {
        Id = id;
        AgencyId = agency;
        Platform = platform;
        Purpose = purpose;
        TicketHash = ticketHash;
        AskAgain = askAgain;
        BegunAt = now;
    }

    /// <summary>The attempt's id.</summary>
    public ConnectAttemptId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Whose callback alone may finish it.</summary>
    public PlatformKey Platform { get; private set; }

    /// <summary>Whose account is connected.</summary>
    public ConnectPurpose Purpose { get; private set; }

    /// <summary>The request; null for the agency's own account.</summary>
    public RequestId? RequestId { get; internal set; }

    /// <summary>The participant; null for the agency's own account.</summary>
    public ParticipantId? ParticipantId { get; internal set; }

    /// <summary>The agency user; null for a client's account.</summary>
    public AgencyUserId? UserId { get; internal set; }

    /// <summary>Whether the platform asks again for what was refused before.</summary>
    public bool AskAgain { get; private set; }

    /// <summary>Where at the platform the person signs in, see <see cref="AuthorizeCall.LoginHost"/>.</summary>
    public string? LoginHost { get; internal set; }

    /// <summary>SHA-256 of the ticket that starts it.</summary>
    public byte[] TicketHash { get; private set; } = [];

    /// <summary>SHA-256 of the state that the callback must bring; null before the start.</summary>
    public byte[]? StateHash { get; private set; }

    /// <summary>SHA-256 of the value in the starting browser's cookie; null before the start.</summary>
    public byte[]? BrowserHash { get; private set; }

    /// <summary>The agency's own host where it was started; null = the portal's.</summary>
    public string? OwnHost { get; private set; }

    /// <summary>SHA-256 of the value in the cookie that the starting browser has on <see cref="OwnHost"/>; null without one.</summary>
    public byte[]? OwnHostBrowserHash { get; private set; }

    /// <summary>SHA-256 of the handle that takes the browser from one host to the other; null while none is out.</summary>
    public byte[]? HandleHash { get; private set; }

    /// <summary>What the platform answered, protected, from the callback until <see cref="OwnHost"/> takes it.</summary>
    public string? AnswerProtected { get; private set; }

    /// <summary>When it was begun, UTC.</summary>
    public DateTimeOffset BegunAt { get; private set; }

    /// <summary>When the browser left for the platform, UTC.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When the callback came, UTC.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>Why it did not work; null on success or while under way.</summary>
    public PlatformFailureKind? Failure { get; internal set; }

    /// <summary>What it connected; null on failure or while under way.</summary>
    public ConnectionId? ConnectionId { get; internal set; }

    /// <summary>When the person closed the message about its outcome, UTC.</summary>
    public DateTimeOffset? SeenAt { get; internal set; }
}
