using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;

namespace OnboardingPortal.Tests.Core.Platforms.Contacts;

/// <summary>A source that needs an address, used as one that does not: the filled lists at an address that is known for an account.</summary>
/// <param name="source">The source.</param>
/// <param name="addresses">By access token.</param>
internal sealed class AddressedSource(IContactSource source, IReadOnlyDictionary<string, string> addresses) : IContactSource
{
    public PlatformKey Platform => source.Platform;

    public bool NeedsAddress => true;

    public int PeopleAMinute => source.PeopleAMinute;

    public async Task<Result<IReadOnlyList<ContactList>>> ListAsync(PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var lists = await FindAsync(credentials, addresses[credentials.AccessToken], cancellationToken);
        return lists.Succeeded ? lists.Value.Where(l => l.Name != "Empty").ToList() : lists.Error;
    }

    public Task<Result<IReadOnlyList<ContactList>>> FindAsync(
        PlatformCredentials credentials, string address, CancellationToken cancellationToken) =>
        source.FindAsync(credentials, address, cancellationToken);

    public Task<Result<IReadOnlyList<ContactField>>> FieldsAsync(
        PlatformCredentials credentials, string list, CancellationToken cancellationToken) =>
        source.FieldsAsync(credentials, list, cancellationToken);

    public Task<Result<ContactPage>> ReadAsync(
        PlatformCredentials credentials, ContactSelection selection, string? cursor, CancellationToken cancellationToken) =>
        source.ReadAsync(credentials, selection, cursor, cancellationToken);
}
