namespace OnboardingPortal.Core.Platforms.Contacts;

/// <summary>
/// A platform whose accounts hold lists of people that can be read. One implementation a platform, in its own folder beside its client.
/// Contacts pass through: nothing here keeps, logs or measures one.
/// </summary>
public interface IContactSource
{
    /// <summary>Which platform.</summary>
    PlatformKey Platform { get; }

    /// <summary>The lists of an account that people can be read from.</summary>
    /// <returns>At most 1,000, in the platform's order; empty when the account has none; or a <see cref="PlatformFailure"/>.</returns>
    Task<Result<IReadOnlyList<ContactList>>> ListAsync(PlatformCredentials credentials, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the platform cannot tell which lists there are: then <see cref="ListAsync"/> gives none, and somebody types where one is,
    /// for <see cref="FindAsync"/>.
    /// </summary>
    bool NeedsAddress => false;

    /// <summary>The lists at an address, where <see cref="NeedsAddress"/>; elsewhere all lists.</summary>
    /// <param name="credentials">The account's.</param>
    /// <param name="address">As somebody typed or copied it; hostile text.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>As <see cref="ListAsync"/>; or a <see cref="PlatformAddressRefused"/>.</returns>
    Task<Result<IReadOnlyList<ContactList>>> FindAsync(
        PlatformCredentials credentials, string address, CancellationToken cancellationToken) => ListAsync(credentials, cancellationToken);

    /// <summary>What the platform keeps of each person of a list.</summary>
    /// <param name="credentials">The account's.</param>
    /// <param name="list">A <see cref="ContactList.Key"/>; hostile text.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>In the platform's order; or a <see cref="PlatformFailure"/>, of the kind
    /// <see cref="PlatformFailureKind.NotFound"/> when the list is gone.</returns>
    Task<Result<IReadOnlyList<ContactField>>> FieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken);

    /// <summary>Whether some of a list's people can be chosen by a <see cref="ContactSelection.Filter"/>.</summary>
    bool CanFilter => false;

    /// <summary>What conditions may be about, where <see cref="CanFilter"/>; elsewhere nothing.</summary>
    /// <param name="credentials">The account's.</param>
    /// <param name="list">A <see cref="ContactList.Key"/>; hostile text.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>As <see cref="FieldsAsync"/>.</returns>
    Task<Result<IReadOnlyList<ContactFilterField>>> FilterFieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<ContactFilterField>>>(Array.Empty<ContactFilterField>());

    /// <summary>Reads the next people of a list.</summary>
    /// <param name="credentials">The account's; may be newer at each page.</param>
    /// <param name="selection">Which list and fields; the same at each page.</param>
    /// <param name="cursor">The <see cref="ContactPage.Next"/> of the page before; null at the first.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>A page; or a <see cref="PlatformFailure"/>, or a <see cref="ContactFieldsGone"/>.</returns>
    Task<Result<ContactPage>> ReadAsync(
        PlatformCredentials credentials, ContactSelection selection, string? cursor, CancellationToken cancellationToken);

    /// <summary>How many people the platform lets one read a minute at best, for the estimate before a run.</summary>
    int PeopleAMinute { get; }
}

/// <summary>A list of people at a platform.</summary>
/// <param name="Key">The platform's id of it, with its kind where ids of several kinds exist, e.g. <c>segment:ab12/34</c>.</param>
/// <param name="Name">Its name there; hostile text.</param>
/// <param name="Kind">What the platform calls such a list.</param>
/// <param name="Count">How many people are in it as the platform counts, opted-out ones perhaps included; null when it does not
/// tell.</param>
/// <param name="Parent">The name of the list that it is a part of; null for a whole one.</param>
public sealed record ContactList(string Key, string Name, ContactListKind Kind, long? Count, string? Parent = null);

/// <summary>What a list of people is at its platform. Stored by name.</summary>
public enum ContactListKind
{
    /// <summary>A Mailchimp audience, an ActiveCampaign or HubSpot list.</summary>
    List,

    /// <summary>A segment of a list.</summary>
    Segment,

    /// <summary>A tag.</summary>
    Tag,

    /// <summary>Salesforce contacts.</summary>
    Contacts,

    /// <summary>Salesforce leads.</summary>
    Leads,

    /// <summary>A sheet of a Google spreadsheet, whose first row names its columns.</summary>
    Sheet,

    /// <summary>What people filled in at a Google Ads lead form in the last 60 days.</summary>
    LeadForm,
}

/// <summary>Something that a platform keeps of each person of a list.</summary>
/// <param name="Key">The platform's name of it, e.g. <c>merge_fields.FNAME</c>, a property's name, a column's letter.</param>
/// <param name="Name">Its name for people; hostile text.</param>
public sealed record ContactField(string Key, string Name);

/// <summary>Something by which a list's people can be told apart.</summary>
/// <param name="Key">The platform's name of it.</param>
/// <param name="Name">Its name for people; hostile text.</param>
/// <param name="Kind">What stands there.</param>
public sealed record ContactFilterField(string Key, string Name, ContactFilterKind Kind);

/// <summary>What stands in a field that people are chosen by.</summary>
public enum ContactFilterKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A day, or a time of one.</summary>
    Day,

    /// <summary>Yes or no.</summary>
    YesNo,
}

/// <summary>Whom to read, and what of them.</summary>
/// <param name="List">A <see cref="ContactList.Key"/>.</param>
/// <param name="Fields">As the platform named them when the sync was set up: at least one; a column whose name has changed since is
/// refused.</param>
/// <param name="Filter">Which of Salesforce's people, as <c>SalesforceContacts</c> reads it; null = all.</param>
public sealed record ContactSelection(string List, IReadOnlyList<ContactField> Fields, string? Filter = null);

/// <summary>Some people of a list.</summary>
/// <param name="People">May be empty, also before the last page.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
/// <param name="Total">How many there are in all as far as the platform tells; null when it does not.</param>
public sealed record ContactPage(IReadOnlyList<Contact> People, string? Next, long? Total = null)
{
    /// <summary>How long the platform is still busy preparing the next page; zero when it can be read at once.</summary>
    public TimeSpan Pause { get; init; }
}

/// <summary>One person of a list.</summary>
/// <param name="Id">The platform's id of them, the same at each reading.</param>
/// <param name="IsOptedOut">Whether they said that they want no messages: they are never sent, and leave every audience.</param>
/// <param name="Values">In the order of <see cref="ContactSelection.Fields"/>; null or blank where there is none; hostile text.</param>
public readonly record struct Contact(string Id, bool IsOptedOut, IReadOnlyList<string?> Values)
{
    /// <summary>Nothing of a person: it must not end up in a log by accident.</summary>
    public override string ToString() => nameof(Contact);
}

/// <summary>A list no longer has fields that are read of it.</summary>
/// <param name="Names">Their names as they were.</param>
/// <param name="AreRenamed">Whether something else stands in their place, as when a header was renamed.</param>
public sealed record ContactFieldsGone(IReadOnlyList<string> Names, bool AreRenamed) : PortalError
{
    /// <summary>Whether people are chosen by them, and not read.</summary>
    public bool AreOfFilter { get; init; }

    /// <inheritdoc />
    public override IReadOnlyList<object> Arguments => [string.Join(", ", Names)];
}
