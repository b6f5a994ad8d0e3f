using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Connections;

/// <summary>The words for an agency user whose way to a platform did not lead anywhere.</summary>
public sealed class AttemptWords(IStringLocalizer<ConnectionsText> text, IStringLocalizer<PortalError> errors, PlatformCatalog platforms)
{
    /// <summary>The common words speak to clients; for what only the agency itself can mend there are words of its own.</summary>
    public string For(PortalError error) => error switch
    {
        PlatformFailure
        {
            Kind: PlatformFailureKind.Misconfigured or PlatformFailureKind.InvalidRequest or PlatformFailureKind.Cancelled,
        } failure => text[$"Attempt{failure.Kind}", platforms.NameOf(failure.Platform)],
        _ => errors.For(error, platforms),
    };
}
