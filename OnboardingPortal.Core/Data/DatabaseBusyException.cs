namespace OnboardingPortal.Core.Data;

/// <summary>
/// So many want to write to SQLite that this write was not begun: nothing of it was done, and another try a moment later may succeed.
/// </summary>
public sealed class DatabaseBusyException() : Exception("More writes wait for the database than it takes in time; this one was not begun.");
