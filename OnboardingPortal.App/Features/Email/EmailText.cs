namespace OnboardingPortal.App.Features.Email;

/// <summary>Names the resource of the words about how mails leave.</summary>
public sealed class EmailText;
