namespace OnboardingPortal.Core.Agencies;

/// <summary>The current password is wrong.</summary>
public sealed record PasswordWrong : PortalError;

/// <summary>The new password is shorter than <see cref="Length"/> characters.</summary>
/// <param name="Length">The fewest characters.</param>
public sealed record PasswordTooShort(int Length) : PortalError
{
    /// <summary><c>{0}</c>: the fewest characters.</summary>
    public override IReadOnlyList<object> Arguments => [Length];
}

/// <summary>The new password is one of those that are tried first.</summary>
public sealed record PasswordCommon : PortalError;

/// <summary>Too many wrong passwords or codes in a row: nothing is accepted for a few minutes.</summary>
public sealed record TooManyAttempts : PortalError;

/// <summary>The authenticator's code is wrong, too old or used already.</summary>
public sealed record CodeRefused : PortalError;

/// <summary>The set-up of the authenticator app was begun too long ago or by somebody else.</summary>
public sealed record SetUpExpired : PortalError;

/// <summary>The passkey was not accepted, or the user has as many as they may.</summary>
public sealed record PasskeyRefused : PortalError;

/// <summary>The passkey needs a name.</summary>
public sealed record PasskeyNameMissing : PortalError;

/// <summary>The session's user has not shown for a while that it is them, which this needs: see <see cref="FreshProof"/>.</summary>
public sealed record ProofNeeded : PortalError;

/// <summary>What should have been the password or a fresh code is neither.</summary>
public sealed record ProofRefused : PortalError;
