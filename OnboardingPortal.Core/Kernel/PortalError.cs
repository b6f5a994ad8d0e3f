namespace OnboardingPortal.Core.Kernel;

/// <summary>
/// A refusal that a person caused or can mend. Its words for that person are the resource entry named like the record
/// (<c>PortalError.resx</c> and its translations), formatted with <see cref="Arguments"/>.
/// </summary>
public abstract record PortalError
{
    /// <summary>What the text's placeholders stand for, in order; empty when it has none.</summary>
    public virtual IReadOnlyList<object> Arguments => [];

    /// <summary>The resource entry with the words for the person.</summary>
    public virtual string TextKey => GetType().Name;
}
