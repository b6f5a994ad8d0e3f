namespace OnboardingPortal.Core.Outbox;

/// <summary>The mail is not given up, or is another agency's: it may have been sent again by somebody else.</summary>
public sealed record MailNotGivenUp : PortalError;

/// <summary>A test mail was sent a moment ago.</summary>
public sealed record TestMailTooSoon : PortalError;
