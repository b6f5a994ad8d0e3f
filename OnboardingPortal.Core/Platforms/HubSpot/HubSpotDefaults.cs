namespace OnboardingPortal.Core.Platforms.HubSpot;

/// <summary>Facts about HubSpot, read in November 2026.</summary>
public static class HubSpotDefaults
{
    /// <summary>The platform's key.</summary>
    public static readonly PlatformKey Key = new("hubspot");

    /// <summary>Where people sign in.</summary>
    /// <seealso href="https://developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide" />
    public static readonly Uri LoginAddress = new("https://app.hubspot.com/");

    /// <summary>Where the server calls, for all accounts.</summary>
    public static readonly Uri ApiAddress = new("https://api.hubapi.com/");

    /// <summary>The dated OAuth API that the calls were written for; version 1 ends on 2027-02-16.</summary>
    /// <seealso href="https://developers.hubspot.com/changelog/v1-oauth-api-deprecation" />
    public const string OAuthVersion = "2026-03";

    /// <summary>Where apps are registered.</summary>
    public static readonly Uri ConsoleAddress = new("https://app.hubspot.com/developer");

    /// <summary>What people are asked for: who they are, and to read contacts and lists. All of it is needed.</summary>
    public static readonly IReadOnlyList<string> Scopes = ["oauth", "crm.objects.contacts.read", "crm.lists.read"];

    /// <summary>The time in which HubSpot counts the calls of an app in one account.</summary>
    /// <seealso href="https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines" />
    public static readonly TimeSpan CountedIn = TimeSpan.FromSeconds(10);

    /// <summary>The most people of a list that one call tells; they come ascending by their ids.</summary>
    /// <seealso href="https://developers.hubspot.com/docs/api-reference/legacy/crm/lists/memberships/get-memberships-by-id" />
    public const int MaxMemberships = 250;

    /// <summary>The most contacts that one call reads.</summary>
    public const int MaxBatch = 100;

    /// <summary>What HubSpot calls the kind of records that contacts are.</summary>
    public const string ContactType = "0-1";

    /// <summary>How many people can be read a minute: 1,000 take 14 calls, of which 100 are allowed in ten seconds.</summary>
    public const int PeopleAMinute = 43_000;
}
