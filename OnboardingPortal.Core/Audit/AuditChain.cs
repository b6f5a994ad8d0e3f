using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Audit;

/// <summary>
/// Binds each audit entry to the one before it: its seal is HMAC-SHA256, under the agency's chain key, of the seal before and of all that the
/// entry says. Who changes, removes or slips in an entry in the database breaks the chain there. Entries are chained in the transaction that
/// writes them, one transaction of an agency after the other.
/// </summary>
public sealed class AuditChain(MasterKey master)
{
    /// <summary>Chains new entries of one agency to its head, which the transaction holds until it ends.</summary>
    internal async Task AppendAsync(PortalDbContext db, IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        // A context that saves more than once would be given its own old end again, whatever others have chained since.
        foreach (var old in db.ChangeTracker.Entries<AuditHead>().ToList()) old.State = EntityState.Detached;
        foreach (var ofAgency in events.GroupBy(e => e.AgencyId))
        {
            var head = await db.LockAuditHeadAsync(ofAgency.Key, cancellationToken)
                ?? await db.BeginAuditChainAsync(new AuditHead(ofAgency.Key, master), cancellationToken);
            var key = head.Unwrap(master);
            foreach (var item in ofAgency.OrderBy(e => e.Id.Value))
            {
                var sequence = head.Sequence + 1;
                head.Move(sequence, SealOf(key, head.Seal, sequence, item), key);
                item.Chain(sequence, head.Seal);
            }
        }
    }

    /// <summary>The seal that an entry must have after one with the seal <paramref name="before"/>.</summary>
    internal static byte[] SealOf(byte[] key, byte[] before, long sequence, AuditEvent item)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8))
        {
            writer.Write(before);
            writer.Write(sequence);
            writer.Write(item.Id.Value);
            writer.Write(item.AgencyId.Value);
            writer.Write(item.At.UtcTicks / TimeSpan.TicksPerMicrosecond); // as exact as PostgreSQL keeps it
            writer.Write(item.Kind.ToString());
            writer.Write(item.ActorKind.ToString());
            writer.Write(item.ActorId);
            writer.Write(item.ActorName);
            Write(item.Address);
            Write(item.RequestId?.ToString());
            Write(item.Platform?.Value);
            Write(item.Detail);

            void Write(string? text)
            {
                writer.Write(text is not null);
                writer.Write(text ?? "");
            }
        }

        return HMACSHA256.HashData(key, buffer.ToArray());
    }
}
