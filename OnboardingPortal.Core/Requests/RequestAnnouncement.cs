using System.Globalization;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Requests;

/// <summary>What nodes tell each other of a change: ids only, a hint to read again.</summary>
/// <param name="Node">Who tells.</param>
/// <param name="Agency">The agency of the request.</param>
/// <param name="Request">The request that changed.</param>
internal readonly record struct RequestAnnouncement(Guid Node, AgencyId Agency, RequestId Request)
{
    /// <summary>The channel of PostgreSQL's <c>NOTIFY</c>.</summary>
    public const string Channel = "request_changed";

    /// <summary>This process, among all that share the database.</summary>
    public static Guid ThisNode { get; } = Guid.NewGuid();

    public static RequestAnnouncement? Parse(string payload) =>
        payload.Split(' ') is [var node, var agency, var request]
        && Guid.TryParse(node, out var nodeId) && TryNumber(agency, out var agencyId) && TryNumber(request, out var requestId)
            ? new RequestAnnouncement(nodeId, AgencyId.From(agencyId), RequestId.From(requestId))
            : null;

    public override string ToString() => $"{Node} {Agency} {Request}";

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>Announces changes of requests.</summary>
internal static class RequestAnnouncements
{
    /// <summary>Tells the other nodes of a change, with the transaction that makes it. A database of one node has nobody to tell.</summary>
    public static Task AnnounceAsync(this PortalDbContext db, AgencyId agency, RequestId request, CancellationToken cancellationToken) =>
        db.NotifyAsync(
            RequestAnnouncement.Channel, new RequestAnnouncement(RequestAnnouncement.ThisNode, agency, request).ToString(),
            cancellationToken);
}
