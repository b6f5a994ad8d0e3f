namespace OnboardingPortal.App.Layout;

/// <summary>What the shell says of the agency and of who is signed in.</summary>
/// <param name="User">Who is signed in.</param>
/// <param name="Agency">The agency's name.</param>
/// <param name="Person">The user's name.</param>
/// <param name="IsMainUser">Whether they see what only main users may change.</param>
/// <param name="IsHeldUp">Whether they have to set up a second factor before going anywhere.</param>
public sealed record ShellFacts(AgencyUserId User, string Agency, string Person, bool IsMainUser, bool IsHeldUp);
