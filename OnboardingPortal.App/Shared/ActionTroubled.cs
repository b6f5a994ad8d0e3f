namespace OnboardingPortal.App.Shared;

/// <summary>An action that a dialog asked for went wrong: the dialog stays open with what was typed.</summary>
/// <param name="Number">Finds the exception in the log.</param>
public sealed record ActionTroubled(string Number) : PortalError;
