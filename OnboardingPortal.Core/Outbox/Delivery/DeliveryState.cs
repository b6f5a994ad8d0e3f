namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// What became of a mail after the transport took it, as far as somebody told. Stored by name; in the order in which a later one outweighs
/// an earlier.
/// </summary>
public enum DeliveryState
{
    /// <summary>The mail service will deliver it.</summary>
    Processed,

    /// <summary>The recipient's server asked to try again later; the mail service does.</summary>
    Deferred,

    /// <summary>The recipient's server took it.</summary>
    Delivered,

    /// <summary>The mail service did not send it, for example because the address bounced before.</summary>
    Dropped,

    /// <summary>The recipient's server refused it for good.</summary>
    Bounced,

    /// <summary>The recipient marked it as spam.</summary>
    Spam,
}

/// <summary>What a state means.</summary>
public static class DeliveryStates
{
    /// <summary>The states of mails that did not reach their reader: somebody has to do something.</summary>
    internal static readonly IReadOnlyList<DeliveryState> Troubles = [DeliveryState.Dropped, DeliveryState.Bounced, DeliveryState.Spam];

    extension(DeliveryState state)
    {
        /// <summary>Whether nothing more is to come of the mail by itself.</summary>
        public bool IsEnd => state >= DeliveryState.Delivered;

        /// <summary>Whether the mail did not reach its reader.</summary>
        public bool IsTrouble => Troubles.Contains(state);
    }
}
