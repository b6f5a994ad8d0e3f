namespace OnboardingPortal.Core.Kernel;

/// <summary>Work that waits in the database until a background round does it, on whichever node.</summary>
public interface IBacklog
{
    /// <summary>The most that is counted: so many stand for as many or more, which keeps the reading cheap.</summary>
    const int MaxCounted = 100_000;

    /// <summary>What measurements call it, such as <c>outbox</c>.</summary>
    string Name { get; }

    /// <summary>How much waits, due or not, at most <see cref="MaxCounted"/>; read from an index.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <summary>For how long the longest due has been due; zero when nothing is. Read from an index.</summary>
    Task<TimeSpan> AgeAsync(CancellationToken cancellationToken);
}
