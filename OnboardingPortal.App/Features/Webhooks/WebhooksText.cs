namespace OnboardingPortal.App.Features.Webhooks;

/// <summary>Names the resource of the page of webhooks.</summary>
public sealed class WebhooksText;
