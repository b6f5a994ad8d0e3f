namespace OnboardingPortal.App.Features.Account;

/// <summary>Names the resource of the sign-in pages' words.</summary>
public sealed class AccountText;
