using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Api;

/// <summary>The agency's keys to the API. A key works as long as the user who made it is a main user who may sign in.</summary>
public sealed class ApiKeys(PortalDbContextFactory contexts, IValidator<NewApiKey> validator, TimeProvider clock)
{
    /// <summary>What every key starts with, so that people and scanners for secrets know one when they see it.</summary>
    public const string Start = "op_live_";

    /// <summary>The most keys of one agency that are not revoked.</summary>
    public const int MaxKeys = 50;

    private const int SecretLength = 43;   // 256 bits in base64url
    private const int CheckLength = 6;     // 36 bits of a hash, by which a made-up key is known without looking it up
    private const int ShownOfSecret = 6;   // 220 bits remain unknown

    /// <summary>Makes a key; a main user only.</summary>
    /// <returns>The key, shown this once, or <see cref="NotAllowed"/>, <see cref="ProofNeeded"/>, <see cref="InputRefused"/> or
    /// <see cref="TooManyApiKeys"/>.</returns>
    public async Task<Result<CreatedApiKey>> CreateAsync(AgencyCaller caller, NewApiKey input, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        if (FreshProof.Refuse(caller, clock) is { } unproved) return unproved;
        var validation = await validator.ValidateAsync(input, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);
        await using var db = contexts.Create(caller.Agency);
        if (await db.ApiKeys.CountAsync(k => k.RevokedAt == null, cancellationToken) >= MaxKeys) return new TooManyApiKeys();

        var secret = WithCheck(Start + SecretTokens.New());
        var key = new ApiKey(
            ApiKeyId.New(clock), caller, input.Name.Trim(), secret[..(Start.Length + ShownOfSecret)], SecretTokens.Hash(secret),
            [.. input.Scopes.Distinct().Order()], clock.GetUtcNow(),
            clock.GetUtcNow().AddDays(input.Days));
        db.ApiKeys.Add(key);
        Record(db, caller, AuditKind.ApiKeyCreated, key.Name);
        await db.SaveChangesAsync(cancellationToken);
        return new CreatedApiKey(key.Id, secret);
    }

    /// <summary>The keys that are not revoked, newest first; a main user only.</summary>
    /// <returns>The keys, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<IReadOnlyList<ApiKeySummary>>> ListAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        var keys = await db.ApiKeys.AsNoTracking().Where(k => k.RevokedAt == null).OrderByDescending(k => k.Id)
            .ToListAsync(cancellationToken);
        var makers = keys.Select(k => k.CreatedBy.Value).Distinct().ToList();
        var users = await db.Users.AsNoTracking().Where(u => u.AgencyId == caller.Agency && makers.Contains(u.Id))
            .ToDictionaryAsync(u => u.UserId, cancellationToken);
        return keys.ConvertAll(k => new ApiKeySummary(
            k.Id, k.Name, k.Prefix, k.Scopes, k.CreatedByName, k.CreatedAt, k.LastUsedAt, k.ExpiresAt,
            WhyStopped(k, users.GetValueOrDefault(k.CreatedBy))));
    }

    /// <summary>Revokes a key at once; a main user only.</summary>
    /// <returns>Null, <see cref="NotAllowed"/>, <see cref="ProofNeeded"/> or <see cref="ApiKeyNotFound"/>.</returns>
    public async Task<PortalError?> RevokeAsync(AgencyCaller caller, ApiKeyId id, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        if (FreshProof.Refuse(caller, clock) is { } unproved) return unproved;
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var name = await db.ApiKeys.Where(k => k.Id == id).Select(k => k.Name).SingleOrDefaultAsync(cancellationToken);
        var revoked = await db.ApiKeys.Where(k => k.Id == id && k.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancellationToken);
        if (revoked == 0) return new ApiKeyNotFound();
        Record(db, caller, AuditKind.ApiKeyRevoked, name!);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Finds who calls with a key, with what they may do at this moment, and notes the key's use, once a minute.</summary>
    /// <param name="presented">What the call came with; hostile text.</param>
    /// <param name="address">The caller's network address; null when unknown.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The caller, or <see cref="ApiKeyUnknown"/>, <see cref="ApiKeyRevoked"/>, <see cref="ApiKeyExpired"/>,
    /// <see cref="ApiKeyUserGone"/> or <see cref="ApiKeyUserNotMain"/>.</returns>
    public async Task<Result<ApiCaller>> AuthenticateAsync(string presented, string? address, CancellationToken cancellationToken)
    {
        if (!IsShapedLikeOne(presented)) return new ApiKeyUnknown();
        var hash = SecretTokens.Hash(presented);
        await using var db = contexts.CreateForSystem();
        var key = await db.ApiKeys.AsNoTracking().IgnoreQueryFilters().SingleOrDefaultAsync(k => k.Hash == hash, cancellationToken);
        if (key is null) return new ApiKeyUnknown();
        if (key.RevokedAt is not null) return new ApiKeyRevoked();
        var maker = key.CreatedBy.Value;
        var agency = key.AgencyId;
        var found = await db.Users.AsNoTracking().Where(u => u.Id == maker && u.AgencyId == agency)
            .Join(db.Agencies, u => u.AgencyId, a => a.Id, (u, a) => new { User = u, a.Visibility })
            .SingleOrDefaultAsync(cancellationToken);
        if (WhyStopped(key, found?.User) is { } stopped) return stopped;

        var user = found!.User;
        await NoteUseAsync(db, key, cancellationToken);
        return new ApiCaller(key.Id, key.Scopes, new AgencyCaller(
            agency, key.CreatedBy, user.Role, user.DisplayName, user.Email ?? "", address)
        {
            Visibility = found.Visibility,
            ApiKeyName = key.Name,
        });
    }

    /// <summary>Whether a text could be a key: what cannot is not looked up. Keys from before the check have none.</summary>
    private static bool IsShapedLikeOne(string text) =>
        text.StartsWith(Start, StringComparison.Ordinal) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && (text.Length == Start.Length + SecretLength
            || (text.Length == Start.Length + SecretLength + CheckLength && WithCheck(text[..^CheckLength]) == text));

    private static string WithCheck(string key) =>
        key + Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(key)))[..CheckLength];

    private PortalError? WhyStopped(ApiKey key, AgencyUser? maker) => maker switch
    {
        _ when key.ExpiresAt <= clock.GetUtcNow() => new ApiKeyExpired(),
        null or { DisabledAt: not null } => new ApiKeyUserGone(key.CreatedByName),
        { Role: not AgencyRole.MainUser } => new ApiKeyUserNotMain(key.CreatedByName),
        _ => null,
    };

    private async Task NoteUseAsync(PortalDbContext db, ApiKey key, CancellationToken cancellationToken)
    {
        var ticks = clock.GetUtcNow().UtcTicks;
        var id = key.Id;
        var minute = new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (key.LastUsedAt >= minute) return;
        await db.ApiKeys.IgnoreQueryFilters().Where(k => k.Id == id && (k.LastUsedAt == null || k.LastUsedAt < minute))
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, minute), cancellationToken);
    }

    private void Record(PortalDbContext db, AgencyCaller caller, AuditKind kind, string name) =>
        db.AuditEvents.Add(new AuditEvent(AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), kind, caller.Actor, null, null, name));
}
