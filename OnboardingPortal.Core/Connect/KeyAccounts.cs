using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Connect;

/// <summary>Connects accounts of platforms that give out an address and a key instead of a sign-in page.</summary>
public sealed class KeyAccounts(
    RequestChanges changes, ClientAccounts clientAccounts, AgencyAccounts agencyAccounts, PlatformClients platforms)
{
    /// <summary>Checks what a client typed at the platform and attaches the account; on a refusal nothing is kept.</summary>
    /// <param name="caller">The participant.</param>
    /// <param name="platform">One that the request asks for.</param>
    /// <param name="address">The account's API address as typed.</param>
    /// <param name="key">The key as typed.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The connection, a <see cref="PlatformAddressRefused"/>, a <see cref="PlatformFailure"/>, or why nothing can be changed any
    /// more.</returns>
    public async Task<Result<ConnectionId>> ConnectAsync(
        ClientCaller caller, PlatformKey platform, string address, string key, CancellationToken cancellationToken)
    {
        if (platforms.Find(platform) is not IKeyPlatform { IsConfigured: true } client) return new PlatformUnavailable(platform);
        var asked = await changes.ApplyAsync<bool>(caller, (change, _) =>
        {
            if (change.Request.Platforms.All(p => p.Platform != platform)) return new PlatformUnavailable(platform);
            change.Request.RecordActivity(RequestActivity.AtPlatform, change.Now, platform);
            change.Record(AuditKind.SignInStarted, platform);
            return true;
        }, cancellationToken);
        if (!asked.Succeeded) return asked.Error;

        var signIn = await client.ConnectAsync(address, key, cancellationToken);
        if (signIn.Succeeded) return await clientAccounts.AttachAsync(caller, platform, signIn.Value, cancellationToken);
        if (signIn.Error is PlatformFailure failure) await clientAccounts.NoteAsync(caller, platform, failure, cancellationToken);
        return signIn.Error;
    }

    /// <summary>Connects an account of the agency's own by its address and key; a main user only.</summary>
    /// <returns>The connection, <see cref="NotAllowed"/>, a <see cref="PlatformAddressRefused"/> or a
    /// <see cref="PlatformFailure"/>.</returns>
    public async Task<Result<ConnectionId>> ConnectAsync(
        AgencyCaller caller, PlatformKey platform, string address, string key, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        if (platforms.Find(platform) is not IKeyPlatform { IsConfigured: true } client) return new PlatformUnavailable(platform);
        var signIn = await client.ConnectAsync(address, key, cancellationToken);
        if (!signIn.Succeeded) return signIn.Error;
        return await agencyAccounts.AttachAsync(caller.Agency, caller.Actor, platform, signIn.Value, cancellationToken);
    }
}
