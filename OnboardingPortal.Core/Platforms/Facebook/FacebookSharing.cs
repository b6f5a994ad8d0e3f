using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Platforms.Facebook;

/// <summary>
/// Shares a client's ad accounts and Pages with the agency's Business Manager. What was chosen is saved first, each outcome when it is
/// known; so whatever interrupts, <see cref="ResumeAsync"/> goes on where it stopped.
/// </summary>
public sealed class FacebookSharing(
    PortalDbContextFactory contexts, RequestChanges changes, FacebookAssets assets, FacebookAccess access, AgencyFacebookService facebookUsers,
    FacebookVerification verification, CredentialProtector protector, TimeProvider clock)
{
    /// <summary>How many assets are shared at a time; the outcomes are saved and shown together.</summary>
    public const int AtATime = 5;

    /// <summary>The most assets one sign-in may choose.</summary>
    public const int MostAssets = 1000;

    private readonly ConcurrentDictionary<ConnectionId, Task<PortalError?>> _running = new();

    /// <summary>The Business Managers of the person who signed in.</summary>
    /// <returns>The businesses, <see cref="ConnectionNotFound"/> or a <see cref="PlatformFailure"/>.</returns>
    public async Task<Result<IReadOnlyList<BusinessChoice>>> ListBusinessesAsync(ClientCaller caller, ConnectionId id, CancellationToken cancellationToken)
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
            if (connection is null || chosen.Count > MostAssets) return new ConnectionNotFound();
            connection.ChooseBusiness(business);
            foreach (var choice in chosen.Where(c => c.OwnerName is null))
            {
                var asset = connection.Assets.FirstOrDefault(a => a.Kind == choice.Kind && a.ExternalId == choice.ExternalId);
                if (asset is null) connection.AddAsset(new ConnectedAsset(AssetId.New(clock), connection, choice, change.Now));
                else if (asset.State is AssetState.Failed or AssetState.AwaitingClient or AssetState.Lost or AssetState.Revoked) asset.Select(change.Now);
            }

            change.Request.Note(RequestActivity.Sharing, change.Now, FacebookDefaults.Key);
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

    private async Task<PortalError?> ShareSelectedAsync(ClientCaller caller, ConnectionId id)
    {
        var token = await TokenAsync(caller, id, CancellationToken.None);
        if (!token.Succeeded) return token.Error;
        IReadOnlyDictionary<string, AccessToken>? pageTokens = null;
        while (true)
        {
            await using var db = contexts.Create(caller.Agency);
            var selected = await db.Assets.AsNoTracking().Where(a => a.ConnectionId == id && a.State == AssetState.Selected)
                .OrderBy(a => a.Id).Take(AtATime).ToListAsync(CancellationToken.None);
            if (selected.Count == 0) return null;
            var request = await db.Requests.AsNoTracking().SingleAsync(r => r.Id == caller.Request, CancellationToken.None);
            if (request.Status == RequestStatus.Deleted) return new RequestNotFound();
            if (request.CompletedBy != caller.Participant && RequestService.Completed(request) is { } completed) return completed; // whoever completed it goes on
            if (pageTokens is null && selected.Any(a => a.Kind == AssetKind.Page))
            {
                var answer = await assets.PageTokensAsync(token.Value, CancellationToken.None);
                if (!answer.Succeeded) return await StopAsync(caller, id, (PlatformFailure)answer.Error, selected);
                pageTokens = answer.Value;
            }

            var outcomes = await Task.WhenAll(selected.Select(a => ShareOneAsync(a, token.Value, pageTokens, request)));
            if (outcomes.FirstOrDefault(o => o.Failure?.Kind == PlatformFailureKind.AuthExpired) is { Failure: { } expired }) return await StopAsync(caller, id, expired, []);
            if ((await SaveAsync(caller, id, outcomes)).Error is { } gone) return gone;
            if (outcomes.Any(o => o.State == AssetState.AwaitingVerification)) await verification.CheckAsync(caller, CancellationToken.None);
        }
    }

    private async Task<Outcome> ShareOneAsync(
        ConnectedAsset asset, AccessToken token, IReadOnlyDictionary<string, AccessToken>? pageTokens, OnboardingRequest request)
    {
        if (asset.Kind == AssetKind.Page && !pageTokens!.TryGetValue(asset.ExternalId, out token))
        {
            return new Outcome(asset.Id, AssetWay.Share, AssetState.Failed, new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.PermissionDenied));
        }

        var answer = await access.ShareAsync(token, asset.Kind, asset.ExternalId, request.BusinessManagerId!, CancellationToken.None);
        if (answer.Succeeded) return new Outcome(asset.Id, AssetWay.Share, answer.Value, null);

        // Facebook lets only some apps share: then the agency asks for it, and where that is refused, too, the client gives access by hand.
        var failure = (PlatformFailure)answer.Error;
        if (failure.Kind is PlatformFailureKind.PermissionDenied or PlatformFailureKind.NotFound
            && await RequestAsync(asset, request) is { } asked) return new Outcome(asset.Id, AssetWay.Request, asked, null);
        var byHand = failure.Kind is PlatformFailureKind.PermissionDenied or PlatformFailureKind.NotFound || failure.IsActorBlocked;
        return new Outcome(asset.Id, byHand ? AssetWay.ByHand : AssetWay.Share, byHand ? AssetState.AwaitingClient : AssetState.Failed, failure);
    }

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
    private Task<Result<bool>> SaveAsync(ClientCaller caller, ConnectionId id, IReadOnlyList<Outcome> outcomes) =>
        changes.ApplyAsync<bool>(caller.Agency, caller.Request, caller.Actor, change =>
        {
            var connection = change.Request.Connections.First(c => c.Id == id);
            foreach (var outcome in outcomes)
            {
                var asset = connection.Assets.First(a => a.Id == outcome.Asset);
                asset.Become(outcome.State, change.Now, outcome.Failure, outcome.Way);
                if (outcome.State == AssetState.AwaitingVerification) continue; // told once it is verified
                change.Record(outcome.State == AssetState.Failed ? AuditKind.AssetFailed : AuditKind.AssetWaiting, FacebookDefaults.Key, asset.Name);
            }

            return true;
        }, CancellationToken.None);

    private async Task<PortalError> StopAsync(ClientCaller caller, ConnectionId id, PlatformFailure failure, IReadOnlyList<ConnectedAsset> selected)
    {
        if (failure.Kind == PlatformFailureKind.AuthExpired) await NoteSignInLostAsync(caller, id, failure.Kind, CancellationToken.None);
        else await SaveAsync(caller, id, [.. selected.Select(a => new Outcome(a.Id, AssetWay.Share, AssetState.Failed, failure))]);
        return failure;
    }

    private async Task<Result<T>> WatchAsync<T>(ClientCaller caller, ConnectionId id, Result<T> result, CancellationToken cancellationToken)
    {
        if (result.Error is PlatformFailure { Kind: PlatformFailureKind.AuthExpired } failure) await NoteSignInLostAsync(caller, id, failure.Kind, cancellationToken);
        return result;
    }

    private Task<Result<bool>> NoteSignInLostAsync(ClientCaller caller, ConnectionId id, PlatformFailureKind failure, CancellationToken cancellationToken) =>
        changes.ApplyAsync<bool>(caller.Agency, caller.Request, caller.Actor, change =>
        {
            change.Request.Connections.First(c => c.Id == id).NeedReconnect(failure);
            change.Request.Note(RequestActivity.Stuck, change.Now, FacebookDefaults.Key);
            return true;
        }, cancellationToken);

    private async Task<Result<AccessToken>> TokenAsync(ClientCaller caller, ConnectionId id, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(
            c => c.Id == id && c.RequestId == caller.Request && c.ParticipantId == caller.Participant
                && db.Participants.Any(p => p.Id == caller.Participant && p.EndedAt == null), cancellationToken);
        if (connection is null) return new ConnectionNotFound();
        if (connection is not { Credentials: { } secret, State: ConnectionState.Active }) return new PlatformFailure(FacebookDefaults.Key, PlatformFailureKind.AuthExpired);
        return (await protector.UnprotectAsync(caller.Agency, id.Value, FacebookDefaults.Key, secret, cancellationToken)).Token;
    }

    private static PlatformConnection? Mine(OnboardingRequest request, ParticipantId participant, ConnectionId id) =>
        request.Connections.FirstOrDefault(c => c.Id == id && c.ParticipantId == participant && c.State != ConnectionState.Removed);

    private sealed record Outcome(AssetId Asset, AssetWay Way, AssetState State, PlatformFailure? Failure);
}
