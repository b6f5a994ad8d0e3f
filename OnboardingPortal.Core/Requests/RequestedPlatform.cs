using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Requests;

/// <summary>A platform that a request asks for.</summary>
public sealed class RequestedPlatform
{
    private RequestedPlatform()
    {
    }

    internal RequestedPlatform(PlatformKey platform) => Platform = platform;

    /// <summary>Which platform.</summary>
    public PlatformKey Platform { get; private set; }

    /// <summary>When the client said that they do not use it, UTC; null while they did not.</summary>
    public DateTimeOffset? DeclinedAt { get; internal set; }
}
