using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Sharing;

/// <summary>
/// Shares a client's ad accounts and Pages with the agency's Business Manager. What was chosen is saved first, each outcome when it is
/// known; so whatever interrupts, <see cref="ResumeAsync"/> goes on where it stopped.
/// </summary>
public sealed class FacebookSharing(
    PortalDbContextFactory contexts, RequestChanges changes, FacebookAssets assets, FacebookAccess access,
    AgencyFacebookService facebookUsers,
    FacebookVerification verification, CredentialProtector protector, RoundItems items, TimeProvider clock)
{
    /// <summary>How many assets are shared at a time; the outcomes are saved and shown together.</summary>
    public const int AtATime = 5;

    /// <summary>The most assets one sign-in may choose.</summary>
    public const int MaxAssets = 1000;

    private const int MaxSignInsARound = 20;
    private static readonly Leases<ConnectedAsset> Claims = new(ConnectedAsset.SharingClaim, a => a.NextCheckAt);

    private readonly ConcurrentDictionary<ConnectionId, Task<PortalError?>> _running = new();

    /// <summary>The Business Managers of the person who signed in.</summary>
    /// <returns>The businesses, <see cref="ConnectionNotFound"/> or a <see cref="PlatformFailure"/>.</returns>
    public async Task<Result<IReadOnlyList<BusinessChoice>>> ListBusinessesAsync(
        ClientCaller caller, ConnectionId id, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(caller, id, cancellationToken);
        if (!token.Succeeded) return token.Error;
        return await WatchAsync(caller, id, await assets.ListBusinessesAsync(token.Value, cancellationToken), cancellationToken);
    }

    /// <summary>The ad accounts and Pages of one business, and the ad accounts of others that the person can only look at.</summary>
    /// <returns>The assets, <see cref="ConnectionNotFound"/> or a <see cref="PlatformFailure"/>.</returns>
    public async Task<Result<IReadOnlyList<AssetChoice>>> ListAssetsAsync(
        ClientCaller caller, ConnectionId id, string business, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(caller, id, cancellationToken);
        if (!token.Succeeded) return token.Error;
        return await WatchAsync(caller, id, await assets.ListAssetsAsync(token.Value, business, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Saves what the client chose and shares it. Choosing again what failed tries it again; what is shared stays as it is.
    /// </summary>
    /// <returns>Null when every chosen asset has an outcome, otherwise why it stopped; the outcomes so far are saved.</returns>
    public async Task<PortalError?> ShareAsync(
        ClientCaller caller, ConnectionId id, string business, IReadOnlyList<AssetChoice> chosen, CancellationToken cancellationToken)
    {
        var saved = await changes.ApplyAsync<bool>(caller, (change, participant) =>
        {
            var connection = Mine(change.Request, participant.Id, id);
            if (connection is null || chosen.Count > MaxAssets) return new ConnectionNotFound();
            connection.ChooseBusiness(business);
            foreach (var choice in chosen.Where(c => c.OwnerName is null))
            {
                var asset = connection.Assets.FirstOrDefault(a => a.Kind == choice.Kind && a.ExternalId == choice.ExternalId);
                if (asset is null) connection.AddAsset(new ConnectedAsset(AssetId.New(clock), connection, choice, change.Now));
                else if (asset.State is AssetState.Failed or AssetState.AwaitingClient or AssetState.Lost or AssetState.Revoked)
                    asset.Select(change.Now);
            }

            change.Request.RecordActivity(RequestActivity.Sharing, change.Now, FacebookDefaults.Key);
            return true;
        }, cancellationToken);
        return saved.Error ?? await ResumeAsync(caller, id);
    }

    /// <summary>
    /// Shares what is chosen and has no outcome yet. Runs to its end whoever stops waiting; a second call joins the first.
    /// </summary>
    /// <returns>Null when nothing is left to do, otherwise why it stopped.</returns>
    public async Task<PortalError?> ResumeAsync(ClientCaller caller, ConnectionId id)
    {
        var run = new TaskCompletionSource<PortalError?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _running.GetOrAdd(id, run.Task);
        if (running != run.Task) return await running;
        try
        {
            run.SetResult(await ShareSelectedAsync(caller, id));
        }
        catch (Exception exception)
        {
            run.SetException(exception); // the awaiting callers see it
        }
        finally
        {
            _running.TryRemove(id, out _);
        }

        return await run.Task;
    }

    /// <summary>
    /// One round of the job: goes on with what clients chose and nobody shares, because their tab was closed or a node stopped. Of several
    /// nodes one goes on with each sign-in.
    /// </summary>
    /// <returns>How many sign-ins were gone on with.</returns>
    public async Task<int> ResumeDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var round = await items.BeginAsync(RoundKind.Sharing, cancellationToken);
        var resting = round.RestingIds<ConnectionId>();
        await using var db = contexts.CreateForSystem();
        var left = db.Assets.IgnoreQueryFilters()
            .Where(a => a.State == AssetState.Selected && (a.NextCheckAt == null || a.NextCheckAt <= now));
        var inside = db.Participants.IgnoreQueryFilters().Where(p => p.EndedAt == null);
        var due = await db.Connections.IgnoreQueryFilters()
            .Where(c => c.EraseCredentialsAt > now && c.State == ConnectionState.Active && c.Credentials != null)
            .Where(c => left.Any(a => a.ConnectionId == c.Id) && !resting.Contains(c.Id))
            .Join(inside, c => c.ParticipantId, p => p.Id, (c, p) => new { c.Id, Participant = p })
            .Where(c => db.Requests.IgnoreQueryFilters().Any(r => r.Id == c.Participant.RequestId && r.Status != RequestStatus.Deleted
                && (r.Status != RequestStatus.Connected || r.CompletedBy == c.Participant.Id)))
            .OrderBy(c => c.Id).Take(MaxSignInsARound)
            .Select(c => new { c.Id, c.Participant.AgencyId, c.Participant.RequestId, Person = c.Participant.Id, c.Participant.Name })
            .ToListAsync(cancellationToken);
        var done = 0;
        foreach (var signIn in due)
        {
            var mine = await Claims.ClaimAsync(
                left.Where(a => a.ConnectionId == signIn.Id), Claims.EndFrom(now), null, cancellationToken);
            if (mine == 0) continue;
            var caller = new ClientCaller(signIn.AgencyId, signIn.RequestId, signIn.Person, signIn.Name, null);
            if (await round.TryAsync(signIn.AgencyId, signIn.Id, () => ResumeAsync(caller, signIn.Id), cancellationToken)) done++;
        }

        return done;
    }

    private async Task<PortalError?> ShareSelectedAsync(ClientCaller caller, ConnectionId id)
    {
        var token = await TokenAsync(caller, id, CancellationToken.None);
        if (!token.Succeeded) return token.Error;
        Result<IReadOnlyDictionary<string, AccessToken>>? pageTokens = null;
        var toVerify = false;
        while (true)
        {
            await using var db = contexts.Create(caller.Agency);
            var until = Claims.EndFrom(clock.GetUtcNow());
            await Claims.ClaimAsync(
                db.Assets.Where(a => a.ConnectionId == id && a.State == AssetState.Selected), until, null, CancellationToken.None);
            var selected = await db.Assets.AsNoTracking().Where(a => a.ConnectionId == id && a.State == AssetState.Selected)
                .OrderBy(a => a.Id).Take(AtATime).ToListAsync(CancellationToken.None);
            if (selected.Count == 0) return await EndAsync(null);
            var request = await db.Requests.AsNoTracking().SingleAsync(r => r.Id == caller.Request, CancellationToken.None);
            if (request.Status == RequestStatus.Deleted) return new RequestNotFound();
            var isTheirs = request.CompletedBy == caller.Participant; // whoever completed it goes on
            if (!isTheirs && RequestService.Completed(request) is { } completed) return await EndAsync(completed);
            var hasPages = selected.Any(a => a.Kind == AssetKind.Page);
            if (hasPages) pageTokens ??= await assets.PageTokensAsync(token.Value, CancellationToken.None);
            var runs = selected.ConvertAll(a => ShareOneAsync(a, token.Value, pageTokens, request));
            Task all = Task.WhenAll(runs);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what is known is saved before anything else
            var outcomes = runs.Where(r => r.IsCompletedSuccessfully).Select(r => r.Result).ToList();
            var over = outcomes.FirstOrDefault(o => o.Failure?.Kind == PlatformFailureKind.AuthExpired)?.Failure;
            if ((await SaveAsync(caller, id, outcomes, over)).Error is { } gone) return await EndAsync(gone);
            toVerify |= outcomes.Any(o => o.State == AssetState.AwaitingVerification);
            await all;
            if (over is not null) return await EndAsync(over);
        }

        // Facebook's lists are read once for all that was shared, not after each few.
        async Task<PortalError?> EndAsync(PortalError? stopped)
        {
            if (toVerify) await verification.CheckAsync(caller, CancellationToken.None);
            return stopped;
        }
    }

    private async Task<Outcome> ShareOneAsync(
        ConnectedAsset asset, AccessToken person, Result<IReadOnlyDictionary<string, AccessToken>>? pageTokens, OnboardingRequest request)
    {
        var token = asset.Kind == AssetKind.Page ? await PageTokenAsync(person, asset.ExternalId, pageTokens!) : person;
        var answer = token.Succeeded
            ? await access.ShareAsync(token.Value, asset.Kind, asset.ExternalId, request.BusinessManagerId!, CancellationToken.None)
            : token.Error;
        if (answer.Succeeded) return new Outcome(asset.Id, AssetWay.Share, answer.Value, null);

        // Facebook lets only some apps share: then the agency asks for it, and where that is refused, too, the client gives access by hand.
        var failure = await access.JudgeAsync(person, (PlatformFailure)answer.Error, asset.Kind, CancellationToken.None);
        if (failure.Kind == PlatformFailureKind.AuthExpired) return new Outcome(asset.Id, AssetWay.Share, AssetState.Selected, failure);
        if (failure.Kind is PlatformFailureKind.PermissionDenied or PlatformFailureKind.NotFound
            && await RequestAsync(asset, request) is { } asked) return new Outcome(asset.Id, AssetWay.Request, asked, null);
        var byHand = failure.Kind is PlatformFailureKind.PermissionDenied or PlatformFailureKind.NotFound || failure.IsActorBlocked;
        return new Outcome(
            asset.Id, byHand ? AssetWay.ByHand : AssetWay.Share, byHand ? AssetState.AwaitingClient : AssetState.Failed, failure);
    }

    private async Task<Result<AccessToken>> PageTokenAsync(
        AccessToken person, string page, Result<IReadOnlyDictionary<string, AccessToken>> listed) =>
        listed.Succeeded && listed.Value.TryGetValue(page, out var own)
            ? own
            : await assets.PageTokenAsync(person, page, CancellationToken.None);

    /// <summary>Asks for an asset as the agency.</summary>
    /// <returns>How far that brought it; null when the agency cannot ask.</returns>
    private async Task<AssetState?> RequestAsync(ConnectedAsset asset, OnboardingRequest request)
    {
        if (request is not { FacebookUserId: { } user, BusinessManagerId: { } business }) return null;
        var token = await facebookUsers.TokenOfAsync(request.AgencyId, user, CancellationToken.None);
        if (!token.Succeeded) return null;
        var answer = await access.RequestAsync(token.Value, asset.Kind, asset.ExternalId, business, CancellationToken.None);
        return answer.Succeeded ? answer.Value : null;
    }

    /// <summary>Saves outcomes even when the request was completed meanwhile: what Facebook was told stays true.</summary>
    /// <param name="caller">Whose sign-in.</param>
    /// <param name="id">Their sign-in.</param>
    /// <param name="outcomes">What is known; an asset that stays chosen waits for the next sign-in.</param>
    /// <param name="over">Why the sign-in is over; null when it lives.</param>
    private Task<Result<bool>> SaveAsync(ClientCaller caller, ConnectionId id, IReadOnlyList<Outcome> outcomes, PlatformFailure? over) =>
        changes.ApplyAsync<bool>(caller.Agency, caller.Request, caller.Actor, change =>
        {
            var connection = change.Request.Connections.First(c => c.Id == id);
            foreach (var outcome in outcomes.Where(o => o.State != AssetState.Selected))
            {
                var asset = connection.Assets.First(a => a.Id == outcome.Asset);
                asset.Become(outcome.State, change.Now, outcome.Failure, outcome.Way);
                if (outcome.State == AssetState.AwaitingVerification) continue; // told once it is verified
                change.Record(
                    outcome.State == AssetState.Failed ? AuditKind.AssetFailed : AuditKind.AssetWaiting, FacebookDefaults.Key, asset.Name);
            }

            if (over is not null) LoseSignIn(change, connection, over.Kind);
            return true;
        }, CancellationToken.None);

    private async Task<Result<T>> WatchAsync<T>(ClientCaller caller, ConnectionId id, Result<T> result, CancellationToken cancellationToken)
    {
        if (result.Error is PlatformFailure { Kind: PlatformFailureKind.AuthExpired } failure)
            await NoteSignInLostAsync(caller, id, failure.Kind, cancellationToken);
        return result;
    }

    private Task<Result<bool>> NoteSignInLostAsync(
        ClientCaller caller, ConnectionId id, PlatformFailureKind failure, CancellationToken cancellationToken) =>
        changes.ApplyAsync<bool>(caller.Agency, caller.Request, caller.Actor, change =>
        {
            LoseSignIn(change, change.Request.Connections.First(c => c.Id == id), failure);
            return true;
        }, cancellationToken);

    private static void LoseSignIn(RequestChange change, PlatformConnection connection, PlatformFailureKind failure)
    {
        connection.MarkReconnectNeeded(failure);
        change.Request.RecordActivity(RequestActivity.Stuck, change.Now, FacebookDefaults.Key);
    }

    private async Task<Result<AccessToken>> TokenAsync(ClientCaller caller, ConnectionId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(
            c => c.Id == id && c.RequestId == caller.Request && c.ParticipantId == caller.Participant
                && db.Participants.Any(p => p.Id == caller.Participant && p.EndedAt == null), cancellationToken);
        if (connection is null) return new ConnectionNotFound();
        if (connection is not { Credentials: { } secret, State: ConnectionState.Active })
            return new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.AuthExpired);
        return (await protector.UnprotectAsync(caller.Agency, id.Value, FacebookDefaults.Key, secret, cancellationToken)).Token;
    }

    private static PlatformConnection? Mine(OnboardingRequest request, ParticipantId participant, ConnectionId id) =>
        request.Connections.FirstOrDefault(c => c.Id == id && c.ParticipantId == participant && c.State != ConnectionState.Removed);

    private sealed record Outcome(AssetId Asset, AssetWay Way, AssetState State, PlatformFailure? Failure);
}
