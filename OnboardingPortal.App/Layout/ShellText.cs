namespace OnboardingPortal.App.Layout;

/// <summary>Names the resource of the shell's words.</summary>
public sealed class ShellText;
