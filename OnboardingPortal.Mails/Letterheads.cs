using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Mails;

/// <summary>What an agency's mails of one batch are put into words from.</summary>
internal sealed record Letterhead(Agency Agency, ClientBrand Brand)
{
    /// <summary>The requests that mails with a link are about, but for deleted ones.</summary>
    public IReadOnlyDictionary<RequestId, OnboardingRequest> Requests { get; init; } = new Dictionary<RequestId, OnboardingRequest>();

    /// <summary>Who they go to.</summary>
    public IReadOnlyList<Recipient> Recipients { get; init; } = [];

    /// <summary>Those of the requests of which a client said that they are done.</summary>
    public IReadOnlyCollection<RequestId> Done { get; init; } = [];

    /// <summary>Who asks for access, by user id, as far as they still work for the agency.</summary>
    public IReadOnlyDictionary<long, (string Name, string? Email)> Requesters { get; init; } = new Dictionary<long, (string, string?)>();
}

/// <summary>
/// The letterheads of one batch of mails: each agency's is read once, when its first mail is put into words. A thousand mails would
/// otherwise spend their time on reading the same few rows again and again.
/// </summary>
internal sealed class Letterheads(
    PortalDbContextFactory contexts, ClientBrands brands, IReadOnlyList<EmailMessage> mails, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<AgencyId, Lazy<Task<Letterhead>>> _read = new();

    public Task<Letterhead> FindAsync(AgencyId agency) =>
        _read.GetOrAdd(agency, id => new Lazy<Task<Letterhead>>(() => Task.Run(() => ReadAsync(id), cancellationToken))).Value;

    private async Task<Letterhead> ReadAsync(AgencyId id)
    {
        await using var db = contexts.Create(id);
        var letterhead = new Letterhead(
            await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == id, cancellationToken),
            await brands.FindAsync(id, cancellationToken));
        var mine = mails.Where(m => m.AgencyId == id && m.Kind is EmailKind.Request or EmailKind.Test).ToList();
        if (mine.Count == 0) return letterhead;

        var ids = mine.Select(m => m.RequestId).OfType<RequestId>().Distinct().ToList();
        var addresses = mine.Select(m => m.To).Distinct().ToList();
        var requests = await db.Requests.AsNoTracking().Where(r => ids.Contains(r.Id) && r.Status != RequestStatus.Deleted)
            .ToDictionaryAsync(r => r.Id, cancellationToken);
        var people = requests.Values.Select(r => r.RequesterId.Value)
            .Concat(mine.Where(m => m.Kind == EmailKind.Test).Select(m => m.About.As<AgencyUserId>()?.Value ?? 0)).Distinct().ToList();
        return letterhead with
        {
            Requests = requests,
            Recipients = await db.Recipients.AsNoTracking().Where(r => ids.Contains(r.RequestId) && addresses.Contains(r.Email))
                .ToListAsync(cancellationToken),
            Done = await db.Participants.Where(p => ids.Contains(p.RequestId) && p.DoneAt != null && p.EndedAt == null)
                .Select(p => p.RequestId).Distinct().ToListAsync(cancellationToken),
            Requesters = (await db.Users.Where(u => people.Contains(u.Id) && u.AgencyId == id)
                .Select(u => new { u.Id, u.DisplayName, u.Email }).ToListAsync(cancellationToken))
                .ToDictionary(u => u.Id, u => (u.DisplayName, u.Email)),
        };
    }
}
