using System.Globalization;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Core.DataSync;

/// <summary>A list of people at the made-up platform, in memory.</summary>
internal sealed class ListStub : IContactSource
{
    public List<ListedPerson> People { get; } = [];

    /// <summary>What the list is called.</summary>
    public string Name { get; set; } = "Newsletter";

    /// <summary>Whether its people can be chosen by conditions.</summary>
    public bool CanFilter { get; set; }

    /// <summary>By which they were when a page was read last.</summary>
    public string? Filter { get; private set; }

    public int PageSize { get; set; } = 7;

    /// <summary>What a page fails with; null = it is read.</summary>
    public Func<string?, PortalError?> Trouble { get; set; } = _ => null;

    /// <summary>How long the platform is busy after each page.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>How often a page was read.</summary>
    public int Pages { get; private set; }

    /// <summary>Done before a page is read.</summary>
    public Func<Task> BeforePage { get; set; } = () => Task.CompletedTask;

    public PlatformKey Platform => MadeUpPlatform.Key;

    public int PeopleAMinute => 60_000;

    public Task<Result<IReadOnlyList<ContactList>>> ListAsync(PlatformCredentials credentials, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<ContactList>>>(
            new List<ContactList> { new("list-1", Name, ContactListKind.List, People.Count) });

    public Task<Result<IReadOnlyList<ContactField>>> FieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<ContactField>>>(
            new List<ContactField> { new("email", "Email"), new("name", "First name") }
                .Concat(People is [{ More: { } more }, ..] ? more.Keys.Select(key => new ContactField(key, key)) : []).ToList());

    public Task<Result<IReadOnlyList<ContactFilterField>>> FilterFieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<ContactFilterField>>>(new List<ContactFilterField>
        {
            new("LeadSource", "Lead Source", ContactFilterKind.Text), new("Points", "Points", ContactFilterKind.Number),
        });

    public async Task<Result<ContactPage>> ReadAsync(
        PlatformCredentials credentials, ContactSelection selection, string? cursor, CancellationToken cancellationToken)
    {
        await BeforePage();
        Pages++;
        Filter = selection.Filter;
        if (Trouble(cursor) is { } trouble) return trouble;
        var from = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var people = People.Skip(from).Take(PageSize)
            .Select(p => new Contact(p.Id, p.IsOut, [.. selection.Fields.Select(f => p.ValueOf(f.Key))])).ToList();
        var next = from + people.Count;
        return new ContactPage(people, next < People.Count ? next.ToString(CultureInfo.InvariantCulture) : null, People.Count)
        {
            Pause = Pause,
        };
    }
}

internal sealed record ListedPerson(string Id, string? Email, string? Name, bool IsOut = false)
{
    /// <summary>What is kept beside the address and the name, by field; null = nothing.</summary>
    public IReadOnlyDictionary<string, string?>? More { get; init; }

    public string? ValueOf(string field) => field switch
    {
        "email" => Email,
        "name" => Name,
        _ => More?.GetValueOrDefault(field),
    };
}
