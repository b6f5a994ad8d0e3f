namespace OnboardingPortal.Core.Platforms.Mailchimp;

/// <summary>Facts about Mailchimp, read in November 2026.</summary>
public static class MailchimpDefaults
{
    /// <summary>The platform's key.</summary>
    public static readonly PlatformKey Key = new("mailchimp");

    /// <summary>Where people sign in and tokens are made. There are no scopes, and tokens do not expire.</summary>
    /// <seealso href="https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/" />
    public static readonly Uri LoginAddress = new("https://login.mailchimp.com/");

    /// <summary>Where apps are registered.</summary>
    public static readonly Uri ConsoleAddress = new("https://admin.mailchimp.com/account/oauth2/");

    /// <summary>Where an account's API is when it named no data centre.</summary>
    public static readonly Uri ApiAddress = new("https://api.mailchimp.com/");

    /// <summary>Hosts that an account's API may be at: the data centre's, or the one for all.</summary>
    public const string ApiHostPattern = @"^(us\d{1,3}\.)?api\.mailchimp\.com$";

    /// <summary>The most rows that a page can have.</summary>
    /// <seealso href="https://mailchimp.com/developer/marketing/docs/methods-parameters/" />
    public const int MaxPage = 1000;

    /// <summary>
    /// How many people can be read a minute, page after page at about a second each: Mailchimp names no limit but ten calls at once.
    /// </summary>
    public const int PeopleAMinute = 60_000;
}
