namespace OnboardingPortal.Mails;

/// <summary>Names the resource of the words of mails to the agency's own people.</summary>
public sealed class AccountEmailTexts;
