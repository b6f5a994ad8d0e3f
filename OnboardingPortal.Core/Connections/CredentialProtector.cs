using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Connections;

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
        var head = new byte[HeadLength];
        head[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), number);
        var plain = JsonSerializer.SerializeToUtf8Bytes(credentials, CredentialsJson.Default.PlatformCredentials);
        return [.. head, .. AuthenticatedCipher.Seal(key, plain, AssociatedData(agency, row, platform))];
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

    private async Task<(int Number, byte[] Key)> CurrentKeyAsync(AgencyId agency, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(agency);
        var newest = await db.AgencyKeys.AsNoTracking().OrderByDescending(k => k.Id).FirstOrDefaultAsync(cancellationToken);
        if (newest is not null) return (newest.Id, await KeyAsync(agency, newest.Id, cancellationToken));

        var key = RandomNumberGenerator.GetBytes(MasterKey.Length);
        db.AgencyKeys.Add(new AgencyKey(1, agency, AuthenticatedCipher.Seal(master.Bytes, key, WrapData(agency)), clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            return (1, await KeyAsync(agency, 1, cancellationToken)); // another node made the first key at the same moment
        }

        return (1, _keys[(agency, 1)] = key);
    }

    private async Task<byte[]> KeyAsync(AgencyId agency, int number, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue((agency, number), out var known)) return known;
        await using var db = contexts.Create(agency);
        var wrapped = await db.AgencyKeys.Where(k => k.Id == number).Select(k => k.WrappedKey).SingleAsync(cancellationToken);
        return _keys[(agency, number)] = AuthenticatedCipher.Open(master.Bytes, wrapped, WrapData(agency));
    }

    private static byte[] AssociatedData(AgencyId agency, long row, PlatformKey platform) =>
        Encoding.UTF8.GetBytes($"credentials/{agency}/{platform}/{row}");

    private static byte[] WrapData(AgencyId agency) => Encoding.UTF8.GetBytes($"agency-key/{agency}");
}

[JsonSerializable(typeof(PlatformCredentials))]
internal sealed partial class CredentialsJson : JsonSerializerContext;
