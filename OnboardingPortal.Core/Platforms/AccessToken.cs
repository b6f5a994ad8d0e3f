namespace OnboardingPortal.Core.Platforms;

/// <summary>A secret of a platform. Its text form is <c>[token]</c>, so that it cannot reach a log or a page by accident.</summary>
/// <param name="Value">The secret itself.</param>
public readonly record struct AccessToken(string Value)
{
    /// <inheritdoc />
    public override string ToString() => "[token]";
}
