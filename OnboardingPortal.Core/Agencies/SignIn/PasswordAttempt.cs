namespace OnboardingPortal.Core.Agencies;

/// <summary>How often a password of a user was tried from one place since it was last right there.</summary>
public sealed class PasswordAttempt
{
    private PasswordAttempt()
    {
    }

    internal PasswordAttempt(AgencyUserId user, SignInPlace place, DateTimeOffset now)
    {
        UserId = user.Value;
        Place = place.Name;
        Count = 1;
        At = now;
    }

    /// <summary>Whose password.</summary>
    public long UserId { get; private set; }

    /// <summary>From where: <see cref="SignInPlace.Name"/>.</summary>
    public string Place { get; private set; } = "";

    /// <summary>How often; at least 1.</summary>
    public int Count { get; private set; }

    /// <summary>The last time, UTC.</summary>
    public DateTimeOffset At { get; private set; }
}

/// <summary>From where a password is tried. Each place is counted by itself, so that nobody elsewhere uses up a user's attempts.</summary>
public readonly record struct SignInPlace
{
    /// <summary>The most UTF-16 code units of <see cref="Name"/>.</summary>
    public const int NameMaxLength = 80;

    internal const string Network = "network ";

    private SignInPlace(string name) => Name = name;

    /// <summary>The user's open sessions, where a password confirms who acts.</summary>
    public static SignInPlace OpenSession { get; } = new("session");

    /// <summary>The place as it is stored.</summary>
    public string Name { get; }

    internal bool IsUnknown => Name.StartsWith(Network, StringComparison.Ordinal);

    /// <summary>Any browser of a network that the user has not signed in with before.</summary>
    /// <param name="network">An address of IPv4, or the first 64 bits of one of IPv6.</param>
    public static SignInPlace UnknownBrowserIn(string network) => new(Network + network);

    /// <summary>A browser that the user signed in with before.</summary>
    /// <param name="mark">What the browser is known by; at most 64 characters.</param>
    public static SignInPlace KnownBrowser(string mark) => new("browser " + mark);
}
