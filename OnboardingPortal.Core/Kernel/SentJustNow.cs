namespace OnboardingPortal.Core.Kernel;

/// <summary>The mail went out a moment ago: a double click, or impatience.</summary>
/// <param name="Wait">How long until it can be sent again.</param>
public sealed record SentJustNow(TimeSpan Wait) : PortalError
{
    /// <summary><c>{0}</c>: the wait in seconds.</summary>
    public override IReadOnlyList<object> Arguments => [(int)Math.Ceiling(Wait.TotalSeconds)];
}
