namespace OnboardingPortal.Core.Requests;

/// <summary>What must hold before a client may change anything.</summary>
internal static class ClientRules
{
    /// <summary>Why the request cannot be worked on any more; null while it can.</summary>
    public static PortalError? Refusal(RequestChange change) => change.Request.StatusAt(change.Now) switch
    {
        RequestStatus.Pending => null,
        RequestStatus.Connected => RequestService.Completed(change.Request),
        RequestStatus.Expired => new LinkExpired(),
        _ => new RequestNotFound(),
    };

    /// <summary>Applies a client's change, if the request is still open and the caller is one of its participants.</summary>
    public static Task<Result<T>> ApplyAsync<T>(
        this RequestChanges changes, ClientCaller caller, Func<RequestChange, Participant, Result<T>> change,
        CancellationToken cancellationToken) =>
        changes.ApplyAsync<T>(caller, (scope, participant, _) => Task.FromResult(change(scope, participant)), cancellationToken);

    /// <summary>Applies a client's change that reads more than the request, on the same conditions.</summary>
    public static Task<Result<T>> ApplyAsync<T>(
        this RequestChanges changes, ClientCaller caller, Func<RequestChange, Participant, CancellationToken, Task<Result<T>>> change,
        CancellationToken cancellationToken) =>
        changes.ApplyAsync<T>(caller.Agency, caller.Request, caller.Actor, async (scope, token) =>
        {
            if (Refusal(scope) is { } refusal) return refusal;
            var participant = scope.Request.FindParticipant(caller.Participant);
            return participant is null ? new RequestNotFound() : await change(scope, participant, token);
        }, cancellationToken);
}
