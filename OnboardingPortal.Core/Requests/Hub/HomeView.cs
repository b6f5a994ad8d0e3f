using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Requests;

/// <summary>What the first page shows, as of one moment.</summary>
/// <param name="Hub">The numbers and what needs somebody's hand, as the Hub has them.</param>
/// <param name="Latest">The newest requests, at most <see cref="HomeReader.MaxLatest"/>, newest first.</param>
/// <param name="Accounts">The agency's own Facebook users.</param>
/// <param name="Steps">What leads to the first completed request, in order; empty once there is one.</param>
/// <param name="Sending">Why mails wait; null when nothing is wrong, and for sub-users.</param>
/// <param name="Troubles">What background rounds keep failing of; empty for sub-users.</param>
public sealed record HomeView(
    HubView Hub, IReadOnlyList<RequestRow> Latest, HomeAccounts Accounts, IReadOnlyList<HomeStep> Steps, SendingTrouble? Sending,
    IReadOnlyList<StandingTrouble> Troubles);

/// <summary>The agency's own Facebook users, which receive what clients share.</summary>
/// <param name="FacebookUsers">How many there are.</param>
/// <param name="SignInAgain">How many of these Facebook no longer accepts.</param>
public sealed record HomeAccounts(int FacebookUsers, int SignInAgain);

/// <summary>A step on the way to the first completed request.</summary>
/// <param name="Kind">The step.</param>
/// <param name="IsDone">Whether nothing is left to do.</param>
/// <param name="Count">How many there are of what the step is about: Facebook users, available platforms, colleagues, requests
/// sent.</param>
/// <param name="Of">Of how many; zero where there is no such number.</param>
public sealed record HomeStep(HomeStepKind Kind, bool IsDone, int Count = 0, int Of = 0);

/// <summary>The steps on the way to the first completed request. Main users see all but the last, sub-users the last two.</summary>
public enum HomeStepKind
{
    /// <summary>Connect the agency's Facebook user.</summary>
    FacebookUser,

    /// <summary>Look which platforms can be asked for; done when any can.</summary>
    Platforms,

    /// <summary>Switch the white label on.</summary>
    Brand,

    /// <summary>Invite somebody; an open invitation counts.</summary>
    Colleague,

    /// <summary>Send a request.</summary>
    Request,

    /// <summary>Set up a second factor or a passkey.</summary>
    SecondFactor,
}
