namespace OnboardingPortal.Core.Data;

/// <summary>Hears on this node what is said on one channel of the database, by other nodes and by this one.</summary>
internal interface INodeListener
{
    /// <summary>The channel of PostgreSQL's <c>NOTIFY</c>: small letters and underscores.</summary>
    string Channel { get; }

    /// <summary>Takes a message. It must return quickly and not throw: whoever may use the database can send nonsense.</summary>
    void Hear(string payload);

    /// <summary>Is called when this node hears again after it heard nothing for a while.</summary>
    void HearAgain();
}
