using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Secrets;

/// <summary>
/// Encrypts platform credentials with AES-256-GCM under a data key of the agency. The row, the agency and the platform are associated
/// data: credentials copied into another row cannot be read there.
/// </summary>
public sealed class CredentialProtector(PortalDbContextFactory contexts, MasterKey master, TimeProvider clock)
{
    private const byte Format = 1;
    private const int HeadLength = 1 + sizeof(int);

    private readonly ConcurrentDictionary<(AgencyId Agency, int Key), byte[]> _keys = new();

    /// <summary>Encrypts: one format byte, the key's number, nonce, tag, cipher text.</summary>
    /// <param name="agency">Whose data key.</param>
    /// <param name="row">The row that keeps them.</param>
    /// <param name="platform">The platform they are for.</param>
    /// <param name="credentials">What to keep.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<byte[]> ProtectAsync(
        AgencyId agency, long row, PlatformKey platform, PlatformCredentials credentials, CancellationToken cancellationToken)
    {
        var (number, key) = await CurrentKeyAsync(agency, cancellationToken);
        return Seal(number, key, agency, row, platform, credentials);
    }

    /// <summary>Decrypts what <see cref="ProtectAsync"/> made for the same agency, row and platform.</summary>
    /// <exception cref="CryptographicException">Made for another row, or changed.</exception>
    public async Task<PlatformCredentials> UnprotectAsync(
        AgencyId agency, long row, PlatformKey platform, byte[] secret, CancellationToken cancellationToken)
    {
        if (secret.Length < HeadLength || secret[0] != Format) throw new CryptographicException("Unknown format of credentials.");
        var key = await KeyAsync(agency, BinaryPrimitives.ReadInt32BigEndian(secret.AsSpan(1)), cancellationToken);
        var plain = AuthenticatedCipher.Open(key, secret.AsSpan(HeadLength), AssociatedData(agency, row, platform));
        return JsonSerializer.Deserialize(plain, CredentialsJson.Default.PlatformCredentials)!;
    }

    /// <summary>The number of the agency's newest key; one is made where there is none.</summary>
    internal async Task<int> NewestKeyAsync(AgencyId agency, CancellationToken cancellationToken) =>
        (await CurrentKeyAsync(agency, cancellationToken)).Number;

    /// <summary>Encrypts anew what is not under the agency's newest key.</summary>
    /// <param name="agency">Whose data key.</param>
    /// <param name="newest">The number of <see cref="NewestKeyAsync"/>, asked for once for many secrets.</param>
    /// <param name="row">The row that keeps them.</param>
    /// <param name="platform">The platform they are for.</param>
    /// <param name="secret">What <see cref="ProtectAsync"/> made.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null when it is.</returns>
    internal async Task<byte[]?> RenewAsync(
        AgencyId agency, int newest, long row, PlatformKey platform, byte[] secret, CancellationToken cancellationToken)
    {
        if (BinaryPrimitives.ReadInt32BigEndian(secret.AsSpan(1)) == newest) return null;
        var credentials = await UnprotectAsync(agency, row, platform, secret, cancellationToken);
        return Seal(newest, await KeyAsync(agency, newest, cancellationToken), agency, row, platform, credentials);
    }

    /// <summary>
    /// Makes the agency's next key; what is encrypted from now on is under it. The older ones keep opening what is under them.
    /// </summary>
    internal async Task AddKeyAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var newest = await db.AgencyKeys.MaxAsync(k => (int?)k.Id, cancellationToken) ?? 0;
        db.AgencyKeys.Add(new AgencyKey(newest + 1, agency, RandomNumberGenerator.GetBytes(MasterKey.Length), master, clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (WriteConflict.Is(exception))
        {
            // Another node made it at the same moment: that one serves.
        }
    }

    private async Task<(int Number, byte[] Key)> CurrentKeyAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        while (true)
        {
            var newest = await db.AgencyKeys.MaxAsync(k => (int?)k.Id, cancellationToken);
            if (newest is { } number) return (number, await KeyAsync(agency, number, cancellationToken));
            await AddKeyAsync(agency, cancellationToken);
        }
    }

    private async Task<byte[]> KeyAsync(AgencyId agency, int number, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue((agency, number), out var known)) return known;
        await using var db = contexts.Create(agency);
        var wrapped = await db.AgencyKeys.AsNoTracking().SingleAsync(k => k.Id == number, cancellationToken);
        return _keys[(agency, number)] = wrapped.Unwrap(master);
    }

    private static byte[] Seal(int number, byte[] key, AgencyId agency, long row, PlatformKey platform, PlatformCredentials credentials)
    {
        var head = new byte[HeadLength];
        head[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), number);
        var plain = JsonSerializer.SerializeToUtf8Bytes(credentials, CredentialsJson.Default.PlatformCredentials);
        return [.. head, .. AuthenticatedCipher.Seal(key, plain, AssociatedData(agency, row, platform))];
    }

    private static byte[] AssociatedData(AgencyId agency, long row, PlatformKey platform) =>
        Encoding.UTF8.GetBytes($"credentials/{agency}/{platform}/{row}");
}

[JsonSerializable(typeof(PlatformCredentials))]
internal sealed partial class CredentialsJson : JsonSerializerContext;
