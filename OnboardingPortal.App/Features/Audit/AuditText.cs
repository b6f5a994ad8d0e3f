namespace OnboardingPortal.App.Features.Audit;

/// <summary>Names the resource of the audit trail's words and of the sentences for events.</summary>
public sealed class AuditText;
