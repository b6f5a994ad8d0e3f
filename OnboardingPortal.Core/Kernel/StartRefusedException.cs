namespace OnboardingPortal.Core.Kernel;

/// <summary>
/// Why the portal does not start, in a sentence for the person who runs it: nothing is broken that a stack trace would help with.
/// </summary>
public sealed class StartRefusedException(string message, Exception? cause = null) : Exception(message, cause);
