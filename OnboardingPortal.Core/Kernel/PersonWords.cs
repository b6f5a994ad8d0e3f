namespace OnboardingPortal.Core.Kernel;

/// <summary>Names the resources with what is wrong with a person's name, address or password.</summary>
public sealed class PersonWords;
