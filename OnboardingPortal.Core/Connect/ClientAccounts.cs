using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.Core.Connect;

/// <summary>Attaches the accounts that clients signed in to.</summary>
public sealed class ClientAccounts(
    PortalDbContextFactory contexts, RequestChanges changes, CredentialProtector protector, WizardService wizard, PlatformClients platforms,
    Revocations revocations, TimeProvider clock)
{
    /// <summary>How long a sign-in that only shares assets is kept at most.</summary>
    public static readonly TimeSpan SharingSignInLife = TimeSpan.FromHours(24);

    /// <summary>Attaches the outcome of a sign-in to the request; a second sign-in of one account renews it.</summary>
    /// <returns>Null when attached, otherwise why not, noted on the timeline.</returns>
    internal async Task<PlatformFailure?> AttachAsync(
        ConnectAttempt attempt, Result<PlatformSignIn> signIn, string? networkAddress, CancellationToken cancellationToken)
    {
        var caller = await wizard.FindCallerAsync(
            attempt.RequestId!.Value, attempt.ParticipantId!.Value, networkAddress, cancellationToken);
        if (caller is null)
        {
            if (signIn.Succeeded) await RevokeAsync(attempt.AgencyId, attempt.Platform, signIn.Value, cancellationToken);
            return null; // deleted meanwhile: the wizard's page says so
        }

        if (!signIn.Succeeded) return await NoteAsync(caller, attempt.Platform, (PlatformFailure)signIn.Error, cancellationToken);

        var attached = await AttachAsync(caller, attempt.Platform, signIn.Value, cancellationToken);
        if (attached.Succeeded) attempt.ConnectionId = attached.Value;
        return null; // a request that was completed or expired meanwhile says so on its own page
    }

    /// <summary>Attaches an account that a participant signed in to; a second sign-in of one account renews it.</summary>
    /// <returns>The connection, or why nothing can be changed any more; what was granted is taken back at the platform then.</returns>
    public async Task<Result<ConnectionId>> AttachAsync(
        ClientCaller caller, PlatformKey platform, PlatformSignIn signIn, CancellationToken cancellationToken)
    {
        var attached = await KeepAsync(caller, platform, signIn, cancellationToken);
        if (!attached.Succeeded) await RevokeAsync(caller.Agency, platform, signIn, cancellationToken);
        return attached;
    }

    /// <summary>
    /// Takes back at the platform what nobody keeps here. Where that would end every sign-in of the person, it is left when another one of
    /// theirs is in use.
    /// </summary>
    private async Task RevokeAsync(AgencyId agency, PlatformKey platform, PlatformSignIn signIn, CancellationToken cancellationToken)
    {
        var account = signIn.Account.ExternalId;
        if (await revocations.WouldEndAnotherAsync(platform, account, cancellationToken)) return;
        await revocations.RevokeAsync(agency, platform, account, signIn.Credentials, cancellationToken);
    }

    private async Task<Result<ConnectionId>> KeepAsync(
        ClientCaller caller, PlatformKey platform, PlatformSignIn signIn, CancellationToken cancellationToken)
    {
        var account = signIn.Account;
        var id = await FindAsync(caller, platform, account.ExternalId, cancellationToken) ?? ConnectionId.New(clock);
        var sharesAssets = platforms.Get(platform).Descriptor.Grants == PlatformGrants.Assets;
        while (true)
        {
            var secret = await protector.ProtectAsync(caller.Agency, id.Value, platform, signIn.Credentials, cancellationToken);
            ConnectionId? known = null;
            var attached = await changes.ApplyAsync<ConnectionId>(caller, (change, participant) =>
            {
                // Taken out of the request while they were at the platform: nothing of theirs is kept.
                if (change.Request.Platforms.FirstOrDefault(p => p.Platform == platform) is not { } requested)
                    return new PlatformUnavailable(platform);
                var connection = change.Request.Connections.FirstOrDefault(
                    c => c.Platform == platform && c.ExternalId == account.ExternalId);
                if (connection is not null && connection.Id != id)
                {
                    known = connection.Id; // attached by somebody else a moment ago: the credentials must be encrypted for that row
                    return new ConnectionNotFound();
                }

                if (connection is null)
                {
                    connection = new PlatformConnection(
                        id, caller.Agency, caller.Request, participant.Id, platform, account, change.Now);
                    change.Request.AddConnection(connection);
                }

                connection.SignIn(participant.Id, signIn, secret, sharesAssets ? change.Now + SharingSignInLife : null, change.Now);
                requested.Reclaim();
                change.Request.RecordActivity(RequestActivity.SignedIn, change.Now, platform);
                change.Record(AuditKind.SignedIn, platform, account.Name);
                return id;
            }, cancellationToken);
            if (known is not { } other) return attached;
            id = other;
        }
    }

    private async Task<ConnectionId?> FindAsync(
        ClientCaller caller, PlatformKey platform, string externalId, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        return await db.Connections.Where(c => c.RequestId == caller.Request && c.Platform == platform && c.ExternalId == externalId)
            .Select(c => (ConnectionId?)c.Id).SingleOrDefaultAsync(cancellationToken);
    }

    internal async Task<PlatformFailure> NoteAsync(
        ClientCaller caller, PlatformKey platform, PlatformFailure failure, CancellationToken cancellationToken)
    {
        await changes.ApplyAsync<bool>(caller, (change, _) =>
        {
            change.Request.RecordActivity(RequestActivity.Stuck, change.Now, platform);
            change.Record(AuditKind.SignInFailed, platform, failure.Kind.ToString());
            return true;
        }, cancellationToken);
        return failure;
    }
}
