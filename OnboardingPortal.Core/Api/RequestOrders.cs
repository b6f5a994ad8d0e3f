using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Api;

/// <summary>
/// Makes requests for programs, which may not know whether their last call arrived: a call that names itself by a key of its own makes one
/// request and sends its mails once, however often it is repeated within <see cref="KeptFor"/>, even at the same instant.
/// </summary>
public sealed class RequestOrders(RequestService requests, AgencyService agencies, PortalDbContextFactory contexts, TimeProvider clock)
{
    /// <summary>How long a call is known again.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>Saves a request and, with recipients, mails it, both or neither.</summary>
    /// <param name="caller">A key that may <see cref="ApiScope.WriteRequests"/>.</param>
    /// <param name="order">What to make.</param>
    /// <param name="key">By what the caller knows the call again, 1 to <see cref="IdempotencyKey.KeyMaxLength"/> visible ASCII characters;
    /// null = by nothing.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns> What was made now or by the call's first try, or <see cref="ApiScopeMissing"/>, <see cref="IdempotencyKeyRefused"/>,
    /// <see cref="IdempotencyKeyReused"/>, <see cref="AddressesRefused"/>, <see cref="TooManyAddresses"/>, <see cref="InputRefused"/> or
    /// <see cref="BusinessManagerRefused"/>; a refusal makes nothing.
    /// </returns>
    public async Task<Result<OrderedRequest>> CreateAsync(
        ApiCaller caller, RequestOrder order, string? key, CancellationToken cancellationToken)
    {
        if (!caller.Scopes.Contains(ApiScope.WriteRequests)) return new ApiScopeMissing(ApiScope.WriteRequests);
        if (key is not null && (key.Length is 0 or > IdempotencyKey.KeyMaxLength || key.Any(c => c is <= ' ' or > '~')))
            return new IdempotencyKeyRefused();
        var read = order.Recipients.Count == 0
            ? (Result<IReadOnlyList<string>>)Array.Empty<string>()
            : RecipientList.ReadEach(order.Recipients);
        if (!read.Succeeded) return read.Error;
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(order));
        if (key is not null && await FindAsync(caller, key, hash, read.Value, cancellationToken) is { } known) return known;

        var agency = await agencies.GetAsync(caller.Caller.Agency, cancellationToken);
        var at = clock.GetUtcNow();
        try
        {
            var made = await requests.CreateAsync(caller.Caller, order.TermsOf(agency), read.Value, (db, request) =>
            {
                at = request.RequestedAt;
                if (key is not null)
                    db.IdempotencyKeys.Add(new IdempotencyKey(caller.Caller.Agency, caller.Key, key, hash, request.Id, at));
                return Task.FromResult(true);
            }, cancellationToken);
            return made.Succeeded ? new OrderedRequest(made.Value!.Value, at, read.Value, IsRepeat: false) : made.Error;
        }
        catch (Exception exception) when (key is not null
            && (exception is DbUpdateException || exception.InnerException is DbUpdateException))
        {
            // came at the same instant and was quicker
            if (await FindAsync(caller, key, hash, read.Value, cancellationToken) is { } twin) return twin;
            throw;
        }
    }

    /// <summary>Forgets the calls that are older than <see cref="KeptFor"/>: one round.</summary>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var forgotten = clock.GetUtcNow() - KeptFor;
        await using var db = contexts.CreateForSystem();
        return await db.IdempotencyKeys.IgnoreQueryFilters().Where(k => k.CreatedAt <= forgotten).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>What the call came to when it was made before; null when it was not, or so long ago that it counts as new.</summary>
    private async Task<Result<OrderedRequest>?> FindAsync(
        ApiCaller caller, string key, byte[] hash, IReadOnlyList<string> recipients, CancellationToken cancellationToken)
    {
        var forgotten = clock.GetUtcNow() - KeptFor;
        await using var db = contexts.Create(caller.Caller.Agency);
        var known = await db.IdempotencyKeys.AsNoTracking()
            .SingleOrDefaultAsync(k => k.ApiKeyId == caller.Key && k.Key == key, cancellationToken);
        if (known is null) return null;
        if (known.CreatedAt <= forgotten)
        {
            await db.IdempotencyKeys.Where(k => k.ApiKeyId == caller.Key && k.Key == key && k.CreatedAt <= forgotten)
                .ExecuteDeleteAsync(cancellationToken);
            return null;
        }

        if (!known.InputHash.AsSpan().SequenceEqual(hash)) return new IdempotencyKeyReused();
        return new OrderedRequest(known.RequestId, known.CreatedAt, recipients, IsRepeat: true);
    }
}
