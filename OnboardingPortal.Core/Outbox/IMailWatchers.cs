using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Outbox;

/// <summary>Those who watch requests, and see with them what became of their mails. The outbox knows no more of them.</summary>
public interface IMailWatchers
{
    /// <summary>Tells those of other nodes, with the transaction that changes a mail of the request.</summary>
    internal Task AnnounceAsync(PortalDbContext db, AgencyId agency, RequestId request, CancellationToken cancellationToken);

    /// <summary>Tells those of this node, after the commit; returns at once.</summary>
    void Publish(AgencyId agency, RequestId request);
}
