using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Connect;

/// <summary>
/// The way to a platform's sign-in page and back: begun inside the portal with a ticket, started by the browser with a state that only this
/// browser may bring back, finished once at the platform's own callback. A client on an agency's own host goes over the portal's host,
/// since platforms know only that one: each of the two hosts gives the browser a secret of its own, and only who has both gets through.
/// </summary>
public sealed partial class ConnectService(
    PortalDbContextFactory contexts, RequestChanges changes, ClientAccounts clientAccounts, AgencyAccounts agencyAccounts,
    AgencyFacebookService facebookUsers,
    PlatformClients platforms, ClientBrands brands, PortalAddress address, IDataProtectionProvider protection, TimeProvider clock,
    ILogger<ConnectService> logger)
{
    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.ConnectAnswer.v1");

    /// <summary>Begins a client's way to a platform.</summary>
    /// <param name="caller">The participant.</param>
    /// <param name="platform">One that the request asks for.</param>
    /// <param name="way">How to go there.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The ticket for <see cref="StartAsync"/>, or why it cannot be.</returns>
    public async Task<Result<string>> BeginAsync(
        ClientCaller caller, PlatformKey platform, ConnectWay way, CancellationToken cancellationToken)
    {
        var host = LoginHostOf(platform, way);
        if (!host.Succeeded) return host.Error;
        var ticket = SecretTokens.New();
        return await changes.ApplyAsync<string>(caller, (change, participant) =>
        {
            if (change.Request.Platforms.All(p => p.Platform != platform)) return new PlatformUnavailable(platform);
            change.Db.ConnectAttempts.Add(new ConnectAttempt(
                ConnectAttemptId.New(clock), caller.Agency, platform, ConnectPurpose.Client, SecretTokens.Hash(ticket), way.AskAgain,
                change.Now)
            {
                RequestId = caller.Request,
                ParticipantId = participant.Id,
                LoginHost = host.Value,
            });
            change.Request.RecordActivity(RequestActivity.AtPlatform, change.Now, platform);
            change.Record(AuditKind.SignInStarted, platform);
            return ticket;
        }, cancellationToken);
    }

    /// <summary>Begins a main user's way to a platform, for the agency's own account.</summary>
    /// <returns>The ticket for <see cref="StartAsync"/>, or <see cref="NotAllowed"/>, <see cref="PlatformUnavailable"/>,
    /// <see cref="LoginHostRefused"/>.</returns>
    public async Task<Result<string>> BeginAsync(
        AgencyCaller caller, PlatformKey platform, ConnectWay way, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var host = LoginHostOf(platform, way);
        if (!host.Succeeded) return host.Error;
        var ticket = SecretTokens.New();
        await using var db = contexts.Create(caller.Agency);
        db.ConnectAttempts.Add(new ConnectAttempt(
            ConnectAttemptId.New(clock), caller.Agency, platform, ConnectPurpose.Agency, SecretTokens.Hash(ticket), way.AskAgain,
            clock.GetUtcNow())
        {
            UserId = caller.User,
            LoginHost = host.Value,
        });
        await db.SaveChangesAsync(cancellationToken);
        return ticket;
    }

    private Result<string?> LoginHostOf(PlatformKey platform, ConnectWay way) =>
        platforms.Find(platform) is ISignInPlatform { IsConfigured: true } client
            ? client.ReadLoginHost(way.LoginHost)
            : new PlatformUnavailable(platform);

    /// <summary>Starts the way: once a ticket. The browser must keep the secret and go to the address.</summary>
    /// <param name="platform">The platform in the address that the browser called.</param>
    /// <param name="ticket">From <see cref="BeginAsync(ClientCaller, PlatformKey, ConnectWay, CancellationToken)"/>.</param>
    /// <param name="ownHost">The agency's own host that was called, which is shown to be its own; null = the portal's.</param>
    /// <param name="isSamePerson">Whether the browser carries the sign-in of the person who began the attempt.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Where to go and what to keep, or <see cref="ConnectAttemptUnknown"/>.</returns>
    public async Task<Result<ConnectStart>> StartAsync(
        PlatformKey platform, string ticket, string? ownHost, Func<ConnectAttempt, bool> isSamePerson, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hash = SecretTokens.Hash(ticket);
        await using var db = contexts.CreateForSystem();
        var attempt = await db.ConnectAttempts.IgnoreQueryFilters().AsNoTracking()
            .SingleOrDefaultAsync(a => a.TicketHash == hash && a.Platform == platform && a.StartedAt == null, cancellationToken);
        if (attempt is null || now - attempt.BegunAt > ConnectAttempt.Life || !isSamePerson(attempt)) return new ConnectAttemptUnknown();

        var fresh = db.ConnectAttempts.IgnoreQueryFilters().Where(a => a.Id == attempt.Id && a.StartedAt == null);
        if (ownHost is null) return await GoAsync(fresh, attempt, cancellationToken);
        if (attempt.Purpose != ConnectPurpose.Client) return new ConnectAttemptUnknown();
        var handle = SecretTokens.New();
        var kept = SecretTokens.New();
        var (handleHash, keptHash) = (SecretTokens.Hash(handle), SecretTokens.Hash(kept));
        var started = await fresh.ExecuteUpdateAsync(
            set => set.SetProperty(a => a.StartedAt, now).SetProperty(a => a.OwnHost, ownHost)
                .SetProperty(a => a.OwnHostBrowserHash, keptHash)
                .SetProperty(a => a.HandleHash, handleHash),
            cancellationToken);
        if (started == 0) return new ConnectAttemptUnknown();
        return new ConnectStart(new Uri(address.Public, $"connect/{platform}/leave?ticket={handle}"), attempt.Id.ToString(), kept);
    }

    /// <summary>
    /// Goes on at the portal's host with what was started on an agency's own: once a handle. As after a start, the browser keeps a secret
    /// and goes.
    /// </summary>
    /// <param name="platform">The platform in the address that the browser called.</param>
    /// <param name="handle">From the address that <see cref="StartAsync"/> gave; hostile text.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Where to go and what to keep, or <see cref="ConnectAttemptUnknown"/>.</returns>
    public async Task<Result<ConnectStart>> LeaveAsync(PlatformKey platform, string handle, CancellationToken cancellationToken)
    {
        var hash = SecretTokens.Hash(handle);
        await using var db = contexts.CreateForSystem();
        var waiting = db.ConnectAttempts.IgnoreQueryFilters()
            .Where(a => a.HandleHash == hash && a.Platform == platform && a.StateHash == null);
        var attempt = await waiting.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (attempt is null || clock.GetUtcNow() - attempt.BegunAt > ConnectAttempt.Life) return new ConnectAttemptUnknown();
        return await GoAsync(waiting, attempt, cancellationToken);
    }

    /// <summary>
    /// Keeps what the platform sent for the agency's own host where the way was started, and says where the browser goes on there. The
    /// address holds a handle that works once and only in the browser that started there.
    /// </summary>
    /// <param name="platform">The platform whose callback was called.</param>
    /// <param name="answer">What the platform sent with the browser.</param>
    /// <param name="browser">The secret that <see cref="LeaveAsync"/> gave the browser; null when it brought none.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns> Null when the way was started at the portal's host or is none of this browser's: <see cref="FinishAsync"/> tells. Also
    /// when the host is not the agency's any more.
    /// </returns>
    public async Task<Uri?> RelayAsync(PlatformKey platform, ConnectAnswer answer, string? browser, CancellationToken cancellationToken)
    {
        var hash = SecretTokens.Hash(answer.State ?? "");
        await using var db = contexts.CreateForSystem();
        var attempt = await db.ConnectAttempts.IgnoreQueryFilters().AsNoTracking()
            .SingleOrDefaultAsync(a => a.StateHash == hash && a.Platform == platform && a.OwnHost != null, cancellationToken);
        if (attempt is not { OwnHost: { } host } || !Is(browser, attempt.BrowserHash)
            || clock.GetUtcNow() - attempt.BegunAt > ConnectAttempt.Life) return null;
        if (await brands.FindAgencyOfHostAsync(host, cancellationToken) != attempt.AgencyId) return null;

        var handle = SecretTokens.New();
        var handleHash = SecretTokens.Hash(handle);
        var kept = _protector.Protect(JsonSerializer.Serialize(new KeptAnswer(answer, browser!)));
        var relayed = await db.ConnectAttempts.IgnoreQueryFilters()
            .Where(a => a.Id == attempt.Id && a.HandleHash == null && a.UsedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.HandleHash, handleHash).SetProperty(a => a.AnswerProtected, kept), cancellationToken);
        // The second time there is nothing to take along: the page was reloaded, or somebody went back.
        return new Uri(
            address.On(host),
            relayed == 0 ? $"onboarding/{attempt.RequestId}" : $"connect/{platform}/return?attempt={attempt.Id}&ticket={handle}");
    }

    /// <summary>Finishes on an agency's own host what <see cref="RelayAsync"/> brought there.</summary>
    /// <param name="platform">The platform in the address that the browser called.</param>
    /// <param name="agency">Whose host was called.</param>
    /// <param name="handle">From the address; hostile text.</param>
    /// <param name="browser">The secret that <see cref="StartAsync"/> gave the browser on this host; null when it brought none.</param>
    /// <param name="networkAddress">For the audit trail; null when unknown.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The attempt with its outcome, <see cref="ConnectAttemptUnknown"/> or <see cref="ConnectAttemptUsed"/>.</returns>
    public async Task<Result<ConnectAttempt>> ReturnAsync(
        PlatformKey platform, AgencyId agency, string handle, string? browser, string? networkAddress, CancellationToken cancellationToken)
    {
        var hash = SecretTokens.Hash(handle);
        await using var db = contexts.CreateForSystem();
        var attempt = await db.ConnectAttempts.IgnoreQueryFilters()
            .SingleOrDefaultAsync(a => a.HandleHash == hash && a.Platform == platform && a.AgencyId == agency, cancellationToken);
        if (attempt is null || !Is(browser, attempt.OwnHostBrowserHash)) return new ConnectAttemptUnknown();
        if (attempt.UsedAt is not null) return new ConnectAttemptUsed(attempt);
        if (attempt.AnswerProtected is not { } kept || clock.GetUtcNow() - attempt.BegunAt > ConnectAttempt.Life)
            return new ConnectAttemptUnknown();
        var (answer, secret) = JsonSerializer.Deserialize<KeptAnswer>(_protector.Unprotect(kept))!;
        return await CompleteAsync(db, attempt, answer, secret, networkAddress, cancellationToken);
    }

    /// <summary>Finishes the way: exchanges the code, attaches the account, or notes why not.</summary>
    /// <param name="platform">The platform whose callback was called; an attempt at another one is not known there.</param>
    /// <param name="answer">What the platform sent with the browser.</param>
    /// <param name="browser">The secret that <see cref="StartAsync"/> gave the browser; null when it brought none.</param>
    /// <param name="networkAddress">For the audit trail; null when unknown.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The attempt with its outcome, <see cref="ConnectAttemptUnknown"/> or <see cref="ConnectAttemptUsed"/>.</returns>
    public async Task<Result<ConnectAttempt>> FinishAsync(
        PlatformKey platform, ConnectAnswer answer, string? browser, string? networkAddress, CancellationToken cancellationToken)
    {
        var hash = SecretTokens.Hash(answer.State ?? "");
        await using var db = contexts.CreateForSystem();
        var attempt = await db.ConnectAttempts.IgnoreQueryFilters()
            .SingleOrDefaultAsync(a => a.StateHash == hash && a.Platform == platform && a.OwnHost == null, cancellationToken);
        if (attempt is null || !Is(browser, attempt.BrowserHash)) return new ConnectAttemptUnknown();
        if (attempt.UsedAt is not null) return new ConnectAttemptUsed(attempt);
        if (clock.GetUtcNow() - attempt.BegunAt > ConnectAttempt.Life) return new ConnectAttemptUnknown();
        return await CompleteAsync(db, attempt, answer, browser!, networkAddress, cancellationToken);
    }

    /// <summary>What a browser keeps the secret of a way under at the portal's host, so that two tabs do not hinder each other.</summary>
    /// <param name="state">What the platform brought back; hostile text.</param>
    public static string KeyOf(string? state) => Convert.ToHexStringLower(SecretTokens.Hash(state ?? ""))[..16];

    /// <summary>
    /// Lets the browser leave for the platform, with a state and a secret of its own, never one that it had before: who planted that would
    /// know it.
    /// </summary>
    private async Task<Result<ConnectStart>> GoAsync(
        IQueryable<ConnectAttempt> waiting, ConnectAttempt attempt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var state = SecretTokens.New();
        var kept = SecretTokens.New();
        var (stateHash, browserHash) = (SecretTokens.Hash(state), SecretTokens.Hash(kept));
        var gone = await waiting.ExecuteUpdateAsync(
            set => set.SetProperty(a => a.StartedAt, now).SetProperty(a => a.StateHash, stateHash)
                .SetProperty(a => a.BrowserHash, browserHash)
                .SetProperty(a => a.HandleHash, (byte[]?)null),
            cancellationToken);
        if (gone == 0) return new ConnectAttemptUnknown();
        return new ConnectStart(Absolute(Client(attempt.Platform).AuthorizeAddress(Call(attempt, state, kept))), KeyOf(state), kept);
    }

    private static bool Is(string? secret, byte[]? hash) => CryptographicOperations.FixedTimeEquals(SecretTokens.Hash(secret ?? ""), hash);

    private async Task<Result<ConnectAttempt>> CompleteAsync(
        PortalDbContext db, ConnectAttempt attempt, ConnectAnswer answer, string browser, string? networkAddress,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var platform = attempt.Platform;
        var used = await db.ConnectAttempts.IgnoreQueryFilters().Where(a => a.Id == attempt.Id && a.UsedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.UsedAt, now).SetProperty(a => a.AnswerProtected, (string?)null), cancellationToken);
        if (used == 0) return new ConnectAttemptUsed(attempt);

        var client = Client(platform);
        var signIn = answer switch
        {
            { Error: { } error } => new PlatformFailure(platform, client.ReadRefusal(error, answer.ErrorDescription)),
            { Code: { Length: > 0 } code } => await client.SignInAsync(code, Call(attempt, answer.State!, browser), cancellationToken),
            _ => new PlatformFailure(platform, PlatformFailureKind.Cancelled),
        };
        var failure = attempt.Purpose == ConnectPurpose.Client
            ? await clientAccounts.AttachAsync(attempt, signIn, networkAddress, cancellationToken)
            : client.Descriptor.Grants == PlatformGrants.Assets
                ? await facebookUsers.AttachAsync(attempt, signIn, networkAddress, cancellationToken)
                : await agencyAccounts.AttachAsync(attempt, signIn, networkAddress, cancellationToken);
        attempt.Failure = failure?.Kind;
        await db.SaveChangesAsync(cancellationToken);
        LogFinished(platform, attempt.Id, failure?.Kind, failure?.TraceId);
        return attempt;
    }

    /// <summary>How the caller's last way to a platform ended, until it is closed; null when there is nothing to say.</summary>
    public async Task<ConnectAttempt?> FindLastAttemptAsync(AgencyCaller caller, PlatformGrants grants, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        var last = await db.ConnectAttempts.AsNoTracking().Where(a => a.UserId == caller.User && a.UsedAt != null)
            .OrderByDescending(a => a.Id).FirstOrDefaultAsync(cancellationToken);
        return last is { SeenAt: null } && platforms.Find(last.Platform)?.Descriptor.Grants == grants ? last : null;
    }

    /// <summary>Closes the message about the caller's last way to a platform.</summary>
    public async Task DismissAttemptAsync(AgencyCaller caller, ConnectAttemptId attempt, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        await db.ConnectAttempts.Where(a => a.Id == attempt && a.UserId == caller.User && a.SeenAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.SeenAt, clock.GetUtcNow()), cancellationToken);
    }

    private ISignInPlatform Client(PlatformKey platform) => (ISignInPlatform)platforms.Get(platform); // an attempt was begun at no other

    private Uri Absolute(Uri uri) => uri.IsAbsoluteUri ? uri : new Uri(address.Public, uri);

    private AuthorizeCall Call(ConnectAttempt attempt, string state, string browser) => new(
        attempt.Purpose, state, PlatformCatalog.CallbackOf(attempt.Platform, address), attempt.AskAgain, CodeVerifier(state, browser),
        attempt.LoginHost);

    /// <summary>The verifier follows from what only the starting browser keeps: neither the address bar nor the database has it.</summary>
    private static string CodeVerifier(string state, string browser) =>
        WebEncoders.Base64UrlEncode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(browser), Encoding.UTF8.GetBytes($"pkce/{state}")));

    [LoggerMessage(3101, LogLevel.Information, "Sign-in at {Platform} finished: attempt {Attempt}, failure {Failure}, trace {TraceId}")]
    private partial void LogFinished(PlatformKey platform, ConnectAttemptId attempt, PlatformFailureKind? failure, string? traceId);
}
