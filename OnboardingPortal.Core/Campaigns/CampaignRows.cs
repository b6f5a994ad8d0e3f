using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>Reading and writing drafts, and the pairs they are made with.</summary>
internal static class CampaignRows
{
    extension(PortalDbContext db)
    {
        /// <summary>The drafts for clients whose requests are seen, even where those were deleted since.</summary>
        public IQueryable<CampaignDraft> CampaignsIn(RequestScope scope)
        {
            var all = db.CampaignDrafts.Where(d => d.State != CampaignState.Removed);
            if (scope.OnlyOf is not { } only) return all;
            return all.Where(d => d.UserId == only || db.Requests.Any(r => r.Id == d.RequestId && r.RequesterId == only));
        }

        /// <summary>
        /// The ad accounts and Pages that work now, of requests that are seen: the agency has them, its Facebook user works with them and
        /// is signed in.
        /// </summary>
        public IQueryable<CampaignCandidate> CampaignCandidates(RequestScope scope) =>
            from request in db.RequestsIn(scope)
            join user in db.FacebookUsers on request.FacebookUserId equals user.Id
            where user.Failure == null && user.Credentials != null
            join connection in db.Connections on request.Id equals connection.RequestId
            where connection.State != ConnectionState.Removed && connection.Platform == FacebookDefaults.Key
            join asset in db.Assets on connection.Id equals asset.ConnectionId
            where asset.State == AssetState.Shared && asset.AssignmentFailure == null && asset.MissingTasks == null
            select new CampaignCandidate
            {
                Request = request.Id,
                FacebookUser = user.Id,
                Client = request.FirstRecipient != "" ? request.FirstRecipient : request.CompletedByName ?? "",
                Id = asset.Id,
                Kind = asset.Kind,
                Name = asset.Name,
                ExternalId = asset.ExternalId,
            };

        /// <summary>Writes a draft as long as it still is what it was found as, and notes what happened, both or neither.</summary>
        /// <returns>Whether it still was.</returns>
        public async Task<bool> WriteAsync(
            IQueryable<CampaignDraft> still, Action<UpdateSettersBuilder<CampaignDraft>> set, AuditEvent? note,
            CancellationToken cancellationToken)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await still.ExecuteUpdateAsync(set, cancellationToken) == 0) return false;
            if (note is not null)
            {
                db.AuditEvents.Add(note);
                await db.SaveChangesAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return true;
        }
    }

    extension(CampaignDraft draft)
    {
        /// <summary>What is noted of it.</summary>
        public AuditEvent Note(AuditKind kind, Actor by, TimeProvider clock) => new(
            AuditEventId.New(clock), draft.AgencyId, clock.GetUtcNow(), kind, by, draft.RequestId, FacebookDefaults.Key, draft.FullName);
    }
}

/// <summary>An asset that a campaign may be made with.</summary>
internal sealed record CampaignCandidate
{
    public RequestId Request { get; init; }

    public AgencyFacebookUserId FacebookUser { get; init; }

    public string Client { get; init; } = "";

    public AssetId Id { get; init; }

    public AssetKind Kind { get; init; }

    public string Name { get; init; } = "";

    public string ExternalId { get; init; } = "";

    public CampaignAsset ToAsset() => new(Id, Name, ExternalId);
}
