namespace OnboardingPortal.Core.Email;

/// <summary>Names the resources with the words of mails.</summary>
public sealed class EmailTexts;
