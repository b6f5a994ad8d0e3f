namespace OnboardingPortal.Core.Platforms.Salesforce;

/// <summary>Facts about Salesforce, read in November 2026.</summary>
public static class SalesforceDefaults
{
    /// <summary>The platform's key.</summary>
    public static readonly PlatformKey Key = new("salesforce");

    /// <summary>Where people of a production organisation sign in.</summary>
    /// <seealso href="https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_oauth_web_server_flow_ca.htm" />
    public static readonly Uri LoginAddress = new("https://login.salesforce.com/");

    /// <summary>Where people of a sandbox organisation sign in.</summary>
    public const string SandboxHost = "test.salesforce.com";

    /// <summary>Where apps are registered: any organisation's setup, <i>External Client App Manager</i>.</summary>
    public static readonly Uri ConsoleAddress = new("https://login.salesforce.com/lightning/setup/ManageExternalClientApplication/home");

    /// <summary>What people are asked for: the API, to renew without them, and who they are.</summary>
    /// <seealso href="https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_oauth_web_server_flow_ca.htm" />
    public static readonly IReadOnlyList<string> Scopes = ["api", "refresh_token", "id"];

    /// <summary>Without these contacts cannot be read, or only until the organisation's session ends.</summary>
    public static readonly IReadOnlyList<string> NeededScopes = ["api", "refresh_token"];

    /// <summary>Hosts that an organisation of its own name may sign in at: <i>My Domain</i>.</summary>
    public const string MyDomainPattern = @"^[a-z0-9-]+(\.[a-z0-9-]+)*\.my\.salesforce\.com\z";

    /// <summary>
    /// Hosts of the same organisation that people see in their browser: its pages, its setup, its sites, its files, pages of packages
    /// (<c>name--package.vf</c>). What stands between, as <c>.sandbox</c>, belongs to the organisation's name.
    /// </summary>
    /// <seealso href="https://help.salesforce.com/s/articleView?id=sf.domain_name_url_formats.htm&amp;type=5" />
    public const string ShownPattern =
        @"^(?:(?<name>[a-z0-9-]+)(?<part>\.(?:sandbox|develop|scratch|demo|patch|trailblaze|free|stage|preview|wsm))?"
        + @"\.(?:(?:lightning|file)\.force\.com|my\.site\.com|my\.salesforce-(?:setup|sites|scrt)\.com"
        + @"|(?:builder|live-preview|preview)\.salesforce-experience\.com)"
        + @"|(?<name>[a-z0-9-]+?)--[a-z0-9_]+(?<part>\.(?:sandbox|develop|scratch|demo|patch|trailblaze|free|stage|preview|wsm))?"
        + @"\.(?:(?:vf|container)\.force\.com|container\.lightning\.com|(?:[a-z0-9]+\.)?(?:visual|content)\.force\.com))\z";

    /// <summary>Salesforce's own machines, which older addresses name: of production, or of sandboxes (<c>cs12</c>, the group).</summary>
    public const string InstancePattern = @"^(?:(cs)\d{1,3}|(?:www|[a-z]{2,4}\d{1,4}s?))\.salesforce\.com\z";

    /// <summary>Hosts that an organisation's API and its people's identity may be at.</summary>
    public static readonly IReadOnlyList<string> HostEndings = [".salesforce.com", ".force.com"];

    /// <summary>
    /// How long an organisation is left alone that has used up its calls of the last 24 hours: they come back as those age.
    /// </summary>
    public static readonly TimeSpan UsedUpPause = TimeSpan.FromHours(1);

    /// <summary>The version of the API that the calls were written for, of 2025; versions live for years.</summary>
    /// <seealso href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm" />
    public const string ApiVersion = "v63.0";

    /// <summary>From so many people on a job of the Bulk API prepares them: queries give 2,000 at a time.</summary>
    public const int BulkFrom = 10_000;

    /// <summary>How many people are read before a job is begun, so that somebody can see them while it is prepared.</summary>
    public const int RowsBeforeJob = 200;

    /// <summary>How many people of a job are asked for at a time: their usual fields stay far below the most that is read.</summary>
    public const int BulkRows = 10_000;

    /// <summary>Fewer are not asked for, however long the answer is.</summary>
    public const int FewestBulkRows = 100;

    /// <summary>The most jobs that one reading begins.</summary>
    public const int MaxJobs = 3;

    /// <summary>How many people can be read a minute: an estimate from 10,000 in about five seconds.</summary>
    public const int PeopleAMinute = 120_000;

    /// <summary>How long a job is left alone before its state is asked for: 2 seconds, in the end 30.</summary>
    /// <param name="looks">How often it was asked for already.</param>
    public static TimeSpan PauseBeforeLook(int looks) => TimeSpan.FromSeconds(Math.Min(30, 2 << Math.Clamp(looks, 0, 4)));
}
