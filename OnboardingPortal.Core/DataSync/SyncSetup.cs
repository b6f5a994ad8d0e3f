using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Contacts;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Core.Platforms.Salesforce;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.DataSync;

/// <summary>The choices that make a sync, and its making.</summary>
internal sealed class SyncSetup(
    PortalDbContextFactory contexts, SyncGrants grants, ContactSources sources, AccountCredentials credentials,
    FacebookAudiences audiences, SyncSecrets secrets, SyncFeed feed, SyncSignal signal, IValidator<SyncTerms> validator,
    IStringLocalizer<SyncTermsValidator> text, TimeProvider clock)
{
    private const int MaxSources = 500;
    private const int MaxPages = 3;
    private const int ShownRows = 10;

    public async Task<IReadOnlyList<SyncSource>> SourcesAsync(RequestScope scope, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var accounts = await db.ConnectionsIn(scope).Where(c => c.RequestId != null && c.State != ConnectionState.Removed)
            .OrderByDescending(c => c.Id).Take(MaxSources)
            .Select(c => new { c.Id, c.Platform, c.DisplayName, c.State, Request = c.RequestId!.Value }).ToListAsync(cancellationToken);
        var readable = accounts.FindAll(a => sources.Find(a.Platform) is not null);
        var requests = readable.ConvertAll(a => a.Request).Distinct().ToList();
        var clients = await db.Requests.Where(r => requests.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, r => new { r.FirstRecipient, r.CompletedByName }, cancellationToken);
        var adAccounts = new Dictionary<RequestId, int>();
        foreach (var request in requests)
        {
            adAccounts[request] = await SyncGrants.AdAccounts(db, scope, request)
                .CountAsync(a => a.State == AssetState.Shared, cancellationToken);
        }

        return readable.ConvertAll(a => new SyncSource(
            a.Id, a.Platform, a.DisplayName, SyncReader.ClientOf(clients[a.Request].FirstRecipient, clients[a.Request].CompletedByName),
            a.State == ConnectionState.Active, adAccounts[a.Request])
        {
            NeedsAddress = sources.Find(a.Platform)!.NeedsAddress,
            CanFilter = sources.Find(a.Platform)!.CanFilter,
        });
    }

    public async Task<Result<IReadOnlyList<ContactList>>> ListsAsync(
        RequestScope scope, ConnectionId account, string? address, CancellationToken cancellationToken)
    {
        if (await FindSourceAsync(scope, account, cancellationToken) is not { } source) return new ConnectionNotFound();
        return await credentials.UseAsync(
            scope.Agency, account,
            (held, stop) => address is { Length: > 0 } ? source.FindAsync(held, address, stop) : source.ListAsync(held, stop),
            cancellationToken);
    }

    public async Task<Result<IReadOnlyList<ContactFilterField>>> FilterFieldsAsync(
        RequestScope scope, ConnectionId account, string list, CancellationToken cancellationToken)
    {
        if (await FindSourceAsync(scope, account, cancellationToken) is not { } source) return new ConnectionNotFound();
        return await credentials.UseAsync(
            scope.Agency, account, (held, stop) => source.FilterFieldsAsync(held, list, stop), cancellationToken);
    }

    public async Task<Result<IReadOnlyList<SyncTarget>>> TargetsAsync(
        RequestScope scope, ConnectionId account, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var request = await db.ConnectionsIn(scope).Where(c => c.Id == account).Select(c => c.RequestId)
            .SingleOrDefaultAsync(cancellationToken);
        if (request is not { } client) return new ConnectionNotFound();
        var targets = await SyncGrants.AdAccounts(db, scope, client).OrderBy(a => a.Name).ThenBy(a => a.Id)
            .Select(a => new { a.Id, a.Name, a.ExternalId, a.State }).ToListAsync(cancellationToken);
        return targets.ConvertAll(a => new SyncTarget(a.Id, a.Name, a.ExternalId, a.State == AssetState.Shared));
    }

    public async Task<Result<IReadOnlyList<SyncAudience>>> AudiencesAsync(
        RequestScope scope, AssetId adAccount, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var target = await db.Assets.Where(a => a.Id == adAccount && a.Kind == AssetKind.AdAccount)
            .Join(db.ConnectionsIn(scope), a => a.ConnectionId, c => c.Id, (a, c) => new { a.ExternalId, Request = c.RequestId })
            .SingleOrDefaultAsync(cancellationToken);
        if (target?.Request is not { } request) return new ConnectionNotFound();
        var token = await grants.TokenAsync(scope.Agency, request, cancellationToken);
        if (!token.Succeeded) return token.Error;
        return await AudiencesAsync(db, token.Value, target.ExternalId, cancellationToken);
    }

    public async Task<Result<MappingProposal>> ProposeAsync(
        RequestScope scope, ConnectionId account, string list, string? filter, CancellationToken cancellationToken)
    {
        if (await FindSourceAsync(scope, account, cancellationToken) is not { } source) return new ConnectionNotFound();
        var fields = await credentials.UseAsync(
            scope.Agency, account, (held, stop) => source.FieldsAsync(held, list, stop), cancellationToken);
        if (!fields.Succeeded) return fields.Error;
        var (rows, total) = (new List<IReadOnlyList<string?>>(), (long?)null);
        string? cursor = null;
        for (var pages = 0; pages < MaxPages && rows.Count < ShownRows && fields.Value.Count > 0; pages++)
        {
            var (selection, from) = (new ContactSelection(list, fields.Value, filter), cursor);
            var page = await credentials.UseAsync(
                scope.Agency, account, (held, stop) => source.ReadAsync(held, selection, from, stop), cancellationToken);
            if (!page.Succeeded) return page.Error;
            total = page.Value.Total ?? total;
            rows.AddRange(page.Value.People.Where(p => !p.IsOptedOut).Take(MappingGuess.MaxRows - rows.Count).Select(p => p.Values));
            cursor = page.Value.Next;
            if (cursor is null || page.Value.Pause > TimeSpan.Zero) break; // it is shown without what the platform is busy with
        }

        return Propose(fields.Value, rows, total);
    }

    public async Task<Result<AudienceSyncId>> CreateAsync(AgencyCaller caller, SyncTerms terms, CancellationToken cancellationToken)
    {
        var checkedTerms = await validator.ValidateAsync(terms, cancellationToken);
        if (!checkedTerms.IsValid) return InputRefused.From(checkedTerms);
        var pair = await grants.FindPairAsync(caller.Scope, terms.Account, terms.AdAccount, cancellationToken);
        if (pair is null || sources.Find(pair.Platform) is not { } source) return new SyncPairRefused();
        if (!IsFilter(source, terms.Filter)) return Refused(nameof(terms.Filter), "FilterRefused");
        var token = await grants.TokenAsync(caller.Agency, pair.AdRequest, cancellationToken);
        if (!token.Succeeded) return token.Error;
        await using var db = contexts.Create(caller.Agency);
        var there = await AudiencesAsync(db, token.Value, pair.AdAccount, cancellationToken);
        if (!there.Succeeded) return there.Error;
        var name = terms.AudienceName?.Trim();
        if (terms.Audience is { } id)
        {
            if (there.Value.FirstOrDefault(a => a.Id == id) is not { } chosen) return Refused(nameof(terms.Audience), "AudienceGone");
            if (chosen.IsTaken) return new SyncAudienceTaken();
            name = chosen.Name;
        }
        else if (there.Value.Any(a => a.Name == name)
            || await db.AudienceSyncs.AnyAsync(s => s.AdAccount == pair.AdAccount && s.AudienceName == name, cancellationToken))
        {
            return Refused(nameof(terms.AudienceName), "AudienceNameTaken"); // after a lost answer it is found again by its name
        }

        return await SaveAsync(db, caller, terms, pair, name!, cancellationToken);
    }

    private async Task<Result<AudienceSyncId>> SaveAsync(
        PortalDbContext db, AgencyCaller caller, SyncTerms terms, SyncPair pair, string name, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = AudienceSyncId.New(clock);
        var secret = await secrets.MakeAsync(caller.Agency, id, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.AudienceSyncs.Add(new AudienceSync(id, caller, terms, pair, name, secret, now));
        db.AuditEvents.Add(new AuditEvent(
            AuditEventId.New(clock), caller.Agency, now, AuditKind.SyncCreated, caller.Actor, pair.Request, pair.Platform, terms.ListName));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (terms.Audience is not null && WriteConflict.Is(exception))
        {
            return new SyncAudienceTaken(); // by somebody at the same instant
        }

        await SyncActs.BeginAsync(db, clock, id, SyncRunKind.Plan, caller.Name, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await feed.PublishAsync(db, caller.Agency, id, cancellationToken);
        signal.Wake();
        return id;
    }

    /// <summary>Whether a source takes a text for conditions; none are always taken.</summary>
    public static bool IsFilter(IContactSource source, string? filter) =>
        string.IsNullOrWhiteSpace(filter) || (source.CanFilter && SalesforceFilter.Read(filter) is not null);

    private InputRefused Refused(string field, string key) => new(new Dictionary<string, string> { [field] = text[key] });

    private async Task<Result<IReadOnlyList<SyncAudience>>> AudiencesAsync(
        PortalDbContext db, AccessToken token, string adAccount, CancellationToken cancellationToken)
    {
        var found = await audiences.ListAsync(token, adAccount, cancellationToken);
        if (!found.Succeeded) return found.Error;
        var taken = await db.AudienceSyncs.Where(s => s.Audience != null).Select(s => s.Audience).ToListAsync(cancellationToken);
        return found.Value.Select(a => new SyncAudience(a.Id, a.Name, a.SizeFrom, a.SizeTo, taken.Contains(a.Id))).ToList();
    }

    private async Task<IContactSource?> FindSourceAsync(RequestScope scope, ConnectionId account, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(scope.Agency);
        var platform = await db.ConnectionsIn(scope).Where(c => c.Id == account && c.RequestId != null)
            .Select(c => (PlatformKey?)c.Platform).SingleOrDefaultAsync(cancellationToken);
        return platform is { } known ? sources.Find(known) : null;
    }

    private static MappingProposal Propose(
        IReadOnlyList<ContactField> fields, List<IReadOnlyList<string?>> rows, long? total)
    {
        var guessed = MappingGuess.Of([.. fields.Select(f => new FieldName(f.Key, f.Name))], rows);
        var phone = guessed.Where(g => g.Key == MatchKey.Phone).Select(g => (int?)g.Field).FirstOrDefault();
        return new MappingProposal(
            [.. guessed.Select(g => new SyncColumn(fields[g.Field].Key, fields[g.Field].Name, g.Key))], fields,
            [.. rows.Take(ShownRows).Select(r => r.Select(Masking.Of).ToList())], total,
            phone is { } column ? CountryGuess.Of(rows.Select(r => r[column])) : null);
    }
}
