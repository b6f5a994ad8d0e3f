namespace OnboardingPortal.Sandbox;

/// <summary>A platform that the sandbox stands in for. One implementation a platform, in its own folder.</summary>
public interface IStandIn
{
    /// <summary>The platform's key, as it stands in addresses; the same as the portal's own.</summary>
    string Key { get; }

    /// <summary>The platform's name for people.</summary>
    string Name { get; }

    /// <summary>Its section below <c>Platforms</c>, where it can be switched on and off by itself.</summary>
    string Section { get; }

    /// <summary>Everybody who can sign in, in the order of the sign-in page.</summary>
    IReadOnlyList<SandboxPerson> People { get; }

    /// <summary>A component for the platform's part of the overview, where the list of people is not enough.</summary>
    Type? Overview => null;

    /// <summary>Whether its accounts have contacts of <see cref="Contacts.SandboxContactLists"/>, which can be changed.</summary>
    bool HasContacts => false;

    /// <summary>Maps the platform's pages and its API below <c>/sandbox</c>.</summary>
    void Map(IEndpointRouteBuilder sandbox);

    /// <summary>Called when a person took back what they had given; their tokens are already dead.</summary>
    void OnRevoked(string person)
    {
    }
}
