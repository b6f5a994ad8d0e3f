namespace OnboardingPortal.Mails;

/// <summary>Names the resources with the words of mails.</summary>
public sealed class EmailTexts;
