using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Connect;

/// <summary>Where the browser goes and what it keeps.</summary>
/// <param name="Address">The platform's sign-in page, or from an agency's own host the way to it by the portal's.</param>
/// <param name="Key">What tells the secret from those of other ways: letters and digits for the cookie's name.</param>
/// <param name="BrowserSecret">For a cookie that the callback must bring, or the return to the agency's own host.</param>
public sealed record ConnectStart(Uri Address, string Key, string BrowserSecret);

/// <summary>How to go to a platform.</summary>
/// <param name="AskAgain">Whether the platform should ask again for what was refused before.</param>
/// <param name="LoginHost">Where to sign in, see <see cref="ISignInPlatform.ReadLoginHost"/>; null where there is one place.</param>
public sealed record ConnectWay(bool AskAgain = false, string? LoginHost = null);

/// <summary>What a platform sends back with the browser; all of it hostile text.</summary>
/// <param name="State">Its <c>state</c>.</param>
/// <param name="Code">Its <c>code</c>; null when it sent an error instead.</param>
/// <param name="Error">Its <c>error</c>; null on success.</param>
/// <param name="ErrorDescription">Its <c>error_description</c>; read by machines only.</param>
public sealed record ConnectAnswer(string? State, string? Code, string? Error = null, string? ErrorDescription = null);

/// <summary>What a platform sent, and the secret of the browser that brought it to the portal's host.</summary>
internal sealed record KeptAnswer(ConnectAnswer Answer, string Browser);
