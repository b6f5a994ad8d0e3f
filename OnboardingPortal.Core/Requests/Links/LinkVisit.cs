namespace OnboardingPortal.Core.Requests;

/// <summary>
/// One request of a browser for a link's page. The database is asked about the link when somebody first needs to know, and once only.
/// </summary>
public sealed class LinkVisit
{
    private Task<FoundLink?>? _found;

    /// <summary>Begins a visit; nothing is looked up yet.</summary>
    /// <param name="token">The secret part of the link, as it stands in the address.</param>
    public LinkVisit(string token) => Token = token;

    /// <summary>The secret part of the link.</summary>
    public string Token { get; }

    /// <summary>A visit to a link that nobody has, for which the database is not asked.</summary>
    /// <param name="token">What stands in the place of the link's secret part.</param>
    public static LinkVisit OfUnknown(string token) => new(token) { _found = Task.FromResult<FoundLink?>(null) };

    /// <summary>Begins a visit; nothing is looked up yet.</summary>
    public static implicit operator LinkVisit(string token) => new(token);

    /// <summary>What the database says of the link; null when it is unknown. A look that failed is made again.</summary>
    internal Task<FoundLink?> FindAsync(Func<string, Task<FoundLink?>> look)
    {
        if (_found is null or { IsFaulted: true } or { IsCanceled: true }) _found = look(Token);
        return _found;
    }

    /// <summary>Has the link looked up anew: a change has just met it in another state.</summary>
    internal void Forget() => _found = null;
}

/// <summary>What the database says of a link.</summary>
internal sealed record FoundLink(
    RequestId Id, AgencyId Agency, RequestStatus Status, DateTimeOffset? ExpiresAt, string? Language, string? CompletedByName,
    DateTimeOffset? CompletedAt);
