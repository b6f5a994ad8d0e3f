namespace OnboardingPortal.Core.Api;

/// <summary>That a call which creates a request was made, so that its repeat creates none. Kept for a day.</summary>
public sealed class IdempotencyKey : IAgencyOwned
{
    /// <summary>The most characters of a key.</summary>
    public const int KeyMaxLength = 255;

    private IdempotencyKey()
    {
    }

    internal IdempotencyKey(AgencyId agency, ApiKeyId apiKey, string key, byte[] inputHash, RequestId request, DateTimeOffset createdAt)
    {
        AgencyId = agency;
        ApiKeyId = apiKey;
        Key = key;
        InputHash = inputHash;
        RequestId = request;
        CreatedAt = createdAt;
    }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>Whose call it was.</summary>
    public ApiKeyId ApiKeyId { get; private set; }

    /// <summary>As the caller chose it, 1 to <see cref="KeyMaxLength"/> characters.</summary>
    public string Key { get; private set; } = "";

    /// <summary>SHA-256 of what was asked: the same key with something else is refused.</summary>
    public byte[] InputHash { get; private set; } = [];

    /// <summary>What the call made.</summary>
    public RequestId RequestId { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }
}
