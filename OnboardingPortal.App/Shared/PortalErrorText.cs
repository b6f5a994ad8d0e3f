using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Shared;

/// <summary>The words for a refusal, in the reader's language.</summary>
public static class PortalErrorText
{
    /// <summary>The resource entry of the refusal; a platform's key in it becomes the platform's name.</summary>
    public static string For(
        this IStringLocalizer<PortalError> text, PortalError error, PlatformCatalog platforms) => text[error.TextKey, error switch
        {
            PlatformFailure failure => [platforms.NameOf(failure.Platform)],
            PlatformAddressRefused refused => [platforms.NameOf(refused.Platform)],
            LoginHostRefused refused => [platforms.NameOf(refused.Platform)],
            PlatformKeyRefused refused => [platforms.NameOf(refused.Platform)],
            ServiceKept kept => [platforms.NameOf(kept.Platform)],
            PlatformUnavailable unavailable => [platforms.NameOf(unavailable.Platform)],
            _ => [.. error.Arguments],
        }];
}
