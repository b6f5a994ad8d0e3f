using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Requests;

/// <summary>Changes what a request asks for, as long as nobody completed it. Its link stays the same, and nobody is mailed by it.</summary>
public sealed class RequestEditor(
    PortalDbContextFactory contexts, RequestChanges changes, IValidator<RequestTerms> validator, TimeProvider clock)
{
    /// <summary>What can be changed of a request now.</summary>
    /// <returns>The request, <see cref="RequestNotFound"/> or <see cref="RequestAlreadyCompleted"/>.</returns>
    public async Task<Result<EditableRequest>> FindAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var visible = caller.Scope;
        await using var db = contexts.Create(visible.Agency);
        var request = await db.Requests.AsNoTracking().Include(r => r.Connections).ThenInclude(
            c => c.Assets).AsSplitQuery().SingleOrDefaultAsync(
            r => r.Id == id && r.Status != RequestStatus.Deleted && (visible.OnlyOf == null || r.RequesterId == visible.OnlyOf),
            cancellationToken);
        if (request is null) return new RequestNotFound();
        if (RequestService.Completed(request) is { } refusal) return refusal;
        return new EditableRequest(
            request.Id, request.TermsIn(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName), request.BusinessManagerName,
            KeptServices(request, await SigningInAsync(db, id, clock.GetUtcNow(), cancellationToken)), KeepsBusiness(request));
    }

    /// <summary>
    /// Saves a change; the request keeps its language. What the client has begun stays: a change that would take it away is refused and
    /// saves nothing.
    /// </summary>
    /// <returns> Null, <see cref="InputRefused"/>, <see cref="ServiceKept"/>, <see cref="BusinessManagerKept"/>,
    /// <see cref="BusinessManagerRefused"/>, <see cref="RequestNotFound"/> or <see cref="RequestAlreadyCompleted"/>.
    /// </returns>
    public async Task<PortalError?> SaveAsync(AgencyCaller caller, RequestId id, RequestTerms terms, CancellationToken cancellationToken)
    {
        var result = await changes.ApplyAsync<bool>(caller, id, async (change, token) =>
        {
            var request = change.Request;
            if (RequestService.Completed(request) is { } completed) return completed;
            IReadOnlyList<PlatformKey> before = [.. request.Platforms.Select(p => p.Platform)];
            var validation = await validator.ValidateAsync(
                RequestTermsValidator.Changing(
                    new ValidationContext<RequestTerms>(terms with { Language = request.Language }), before), token);
            if (!validation.IsValid) return InputRefused.From(validation);
            foreach (var (platform, reason) in KeptServices(request, await SigningInAsync(change.Db, id, change.Now, token)))
            {
                if (!terms.Platforms.Contains(platform)) return new ServiceKept(platform, reason);
            }

            if (KeepsBusiness(request) && terms.BusinessManagerId != request.BusinessManagerId) return new BusinessManagerKept();
            var movesBusiness = terms.BusinessManagerId is not null
                && (terms.FacebookUserId, terms.BusinessManagerId) != (request.FacebookUserId, request.BusinessManagerId);
            var business = movesBusiness ? await change.Db.FindBusinessAsync(terms.FacebookUserId, terms.BusinessManagerId!, token) : null;
            if (movesBusiness && business is null) return new BusinessManagerRefused();

            var difference = new RequestDifference(
                request.SaysOtherThan(terms.Message), [.. terms.Platforms.Except(before)], [.. before.Except(terms.Platforms)],
                business?.Name);
            if (difference.IsNone) return true;
            request.Change(terms, business?.Name ?? request.BusinessManagerName);
            change.Record(AuditKind.RequestChanged, detail: difference.ToString());
            return true;
        }, cancellationToken);
        return result.Error;
    }

    /// <summary>The services that the client has begun with, and how far.</summary>
    private static Dictionary<PlatformKey, KeptReason> KeptServices(OnboardingRequest request, List<PlatformKey> signingIn)
    {
        var kept = new Dictionary<PlatformKey, KeptReason>();
        foreach (var requested in request.Platforms)
        {
            var accounts = request.Connections.Where(c => c.Platform == requested.Platform);
            if (requested.DeclinedAt is not null) kept[requested.Platform] = KeptReason.Declined;
            else if (accounts.Any(c => c.State != ConnectionState.Removed || c.Assets.Any(IsShared)))
                kept[requested.Platform] = KeptReason.Connected;
            else if (signingIn.Contains(requested.Platform)) kept[requested.Platform] = KeptReason.SigningIn;
        }

        return kept;
    }

    private static bool KeepsBusiness(OnboardingRequest request) => request.Connections.SelectMany(c => c.Assets).Any(IsShared);

    /// <summary>Also what is only chosen counts: it is being shared at this moment.</summary>
    private static bool IsShared(ConnectedAsset asset) => asset.State != AssetState.Failed;

    private static Task<List<PlatformKey>> SigningInAsync(
        PortalDbContext db, RequestId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - ConnectAttempt.Life;
        return db.ConnectAttempts.Where(a => a.RequestId == id && a.UsedAt == null && a.BegunAt > since).Select(a => a.Platform).Distinct()
            .ToListAsync(cancellationToken);
    }
}

/// <summary>A request as it stands, and what of it can no longer be changed.</summary>
/// <param name="Id">The request.</param>
/// <param name="Terms">What it asks for; the default message in the language of the person who edits.</param>
/// <param name="BusinessManagerName">The name of the Business Manager that receives assets; null without Facebook.</param>
/// <param name="Kept">The services that cannot be taken out any more, and why.</param>
/// <param name="KeepsBusiness">Whether assets were shared with the Business Manager, so that it must stay.</param>
public sealed record EditableRequest(
    RequestId Id,
    RequestTerms Terms,
    string? BusinessManagerName,
    IReadOnlyDictionary<PlatformKey, KeptReason> Kept,
    bool KeepsBusiness);

/// <summary>Why a service cannot be taken out of a request.</summary>
public enum KeptReason
{
    /// <summary>The client has connected an account there, or shared something.</summary>
    Connected,

    /// <summary>The client said that they do not use it.</summary>
    Declined,

    /// <summary>The client is at the platform's sign-in page, or left for it within <see cref="ConnectAttempt.Life"/>.</summary>
    SigningIn,
}
