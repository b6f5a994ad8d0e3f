using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>What a participant's cookie came to at one request.</summary>
/// <param name="Request">The request that was asked for.</param>
public sealed record WizardAdmission(RequestId Request)
{
    /// <summary>Who works on it; null when the page says why nobody here does.</summary>
    public ClientCaller? Caller { get; init; }

    public string? AgencyName { get; init; }

    /// <summary>
    /// The participant's link, where the browser is part of another app and they may have to go on in one of its own; else null.
    /// </summary>
    public string? LinkElsewhere { get; init; }

    /// <summary>Why there is nothing left to do.</summary>
    public ClosedRequest? Closed { get; init; }

    /// <summary>Whether this browser took part in a request that is deleted now.</summary>
    public bool IsGone { get; init; }
}

/// <summary>A request that is over.</summary>
/// <param name="AgencyName">Who asked.</param>
/// <param name="ByName">Who completed it; null when nobody did in time.</param>
/// <param name="At">When they did, UTC.</param>
public sealed record ClosedRequest(string AgencyName, string? ByName, DateTimeOffset? At)
{
    public static ClosedRequest Of(WizardState state) => state.Status == RequestStatus.Connected
        ? new(state.AgencyName, state.CompletedByName, state.CompletedAt)
        : new(state.AgencyName, null, null);
}
