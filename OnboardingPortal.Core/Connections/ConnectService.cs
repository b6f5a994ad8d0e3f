using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Connections;

/// <summary>
/// The way to a platform's sign-in page and back: begun inside the portal with a ticket, started by the browser with a state that only
/// this browser may bring back, finished once at the platform's own callback.
/// </summary>
public sealed partial class ConnectService(
    PortalDbContextFactory contexts, RequestChanges changes, ClientAccounts clientAccounts, AgencyAccounts agencyAccounts, AgencyFacebookService facebookUsers,
    PlatformCatalog platforms, PortalAddress address, TimeProvider clock, ILogger<ConnectService> logger)
{
    /// <summary>Begins a client's way to a platform.</summary>
    /// <param name="caller">The participant.</param>
    /// <param name="platform">One that the request asks for.</param>
    /// <param name="way">How to go there.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The ticket for <see cref="StartAsync"/>, or why it cannot be.</returns>
    public async Task<Result<string>> BeginAsync(ClientCaller caller, PlatformKey platform, ConnectWay way, CancellationToken cancellationToken)
    {
        var host = LoginHostOf(platform, way);
        if (!host.Succeeded) return host.Error;
        var ticket = LinkTokens.NewSecret();
        return await changes.ApplyAsync<string>(caller, (change, participant) =>
        {
            if (change.Request.Platforms.All(p => p.Platform != platform)) return new PlatformUnavailable(platform);
            change.Db.ConnectAttempts.Add(new ConnectAttempt(
                ConnectAttemptId.New(clock), caller.Agency, platform, ConnectPurpose.Client, LinkTokens.Hash(ticket), way.AskAgain, change.Now)
            {
                RequestId = caller.Request,
                ParticipantId = participant.Id,
                LoginHost = host.Value,
            });
            change.Request.Note(RequestActivity.AtPlatform, change.Now, platform);
            change.Record(AuditKind.SignInStarted, platform);
            return ticket;
        }, cancellationToken);
    }

    /// <summary>Begins a main user's way to a platform, for the agency's own account.</summary>
    /// <returns>The ticket for <see cref="StartAsync"/>, or <see cref="NotAllowed"/>, <see cref="PlatformUnavailable"/>, <see cref="LoginHostRefused"/>.</returns>
    public async Task<Result<string>> BeginAsync(AgencyCaller caller, PlatformKey platform, ConnectWay way, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var host = LoginHostOf(platform, way);
        if (!host.Succeeded) return host.Error;
        var ticket = LinkTokens.NewSecret();
        await using var db = contexts.Create(caller.Agency);
        db.ConnectAttempts.Add(new ConnectAttempt(
            ConnectAttemptId.New(clock), caller.Agency, platform, ConnectPurpose.Agency, LinkTokens.Hash(ticket), way.AskAgain, clock.GetUtcNow())
        {
            UserId = caller.User,
            LoginHost = host.Value,
        });
        await db.SaveChangesAsync(cancellationToken);
        return ticket;
    }

    private Result<string?> LoginHostOf(PlatformKey platform, ConnectWay way) =>
        platforms.Find(platform) is ISignInPlatform { IsConfigured: true } client ? client.ReadLoginHost(way.LoginHost) : new PlatformUnavailable(platform);

    /// <summary>Starts the way: once a ticket. The browser must keep the secret and go to the address.</summary>
    /// <param name="platform">The platform in the address that the browser called.</param>
    /// <param name="ticket">From <see cref="BeginAsync(ClientCaller, PlatformKey, ConnectWay, CancellationToken)"/>.</param>
    /// <param name="browser">The secret that the browser keeps from an earlier start, so that two tabs do not hinder each other; null when it has none.</param>
    /// <param name="isSamePerson">Whether the browser carries the sign-in of whoever began the attempt.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Where to go and what to keep, or <see cref="ConnectAttemptUnknown"/>.</returns>
    public async Task<Result<ConnectStart>> StartAsync(
        PlatformKey platform, string ticket, string? browser, Func<ConnectAttempt, bool> isSamePerson, CancellationToken cancellationToken)
    {
        var (now, hash) = (clock.GetUtcNow(), LinkTokens.Hash(ticket));
        await using var db = contexts.CreateForSystem();
        var attempt = await db.ConnectAttempts.IgnoreQueryFilters().AsNoTracking()
            .SingleOrDefaultAsync(a => a.TicketHash == hash && a.Platform == platform && a.StartedAt == null, cancellationToken);
        if (attempt is null || now - attempt.BegunAt > ConnectAttempt.Life || !isSamePerson(attempt)) return new ConnectAttemptUnknown();

        var (state, kept) = (LinkTokens.NewSecret(), browser is { Length: > 0 } ? browser : LinkTokens.NewSecret());
        var (stateHash, browserHash) = (LinkTokens.Hash(state), LinkTokens.Hash(kept));
        var started = await db.ConnectAttempts.IgnoreQueryFilters().Where(a => a.Id == attempt.Id && a.StartedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.StartedAt, now).SetProperty(a => a.StateHash, stateHash).SetProperty(a => a.BrowserHash, browserHash),
            cancellationToken);
        if (started == 0) return new ConnectAttemptUnknown();
        return new ConnectStart(Absolute(Client(platform).AuthorizeAddress(Call(attempt, state, kept))), kept);
    }

    /// <summary>
    /// The agency's own host on which a client's attempt was started: platforms know one callback, the portal's, but the browser's secret and the
    /// client's cookie are on the host where they came from. Null when the attempt is unknown, not a client's, or started by this browser here.
    /// </summary>
    /// <param name="platform">The platform whose callback was called.</param>
    /// <param name="state">What the platform sent back; hostile text.</param>
    /// <param name="browser">The secret that the browser brought; null when it brought none.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<string?> FindOtherHostAsync(PlatformKey platform, string? state, string? browser, CancellationToken cancellationToken)
    {
        var (hash, browserHash) = (LinkTokens.Hash(state ?? ""), LinkTokens.Hash(browser ?? ""));
        await using var db = contexts.CreateForSystem();
        return await db.ConnectAttempts.IgnoreQueryFilters()
            .Where(a => a.StateHash == hash && a.Platform == platform && a.Purpose == ConnectPurpose.Client && a.BrowserHash != browserHash)
            .Join(db.Brandings.IgnoreQueryFilters(), a => a.AgencyId, b => b.AgencyId, (_, b) => b.PublicHost).SingleOrDefaultAsync(cancellationToken);
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
        var (now, hash) = (clock.GetUtcNow(), LinkTokens.Hash(answer.State ?? ""));
        await using var db = contexts.CreateForSystem();
        var attempt = await db.ConnectAttempts.IgnoreQueryFilters()
            .SingleOrDefaultAsync(a => a.StateHash == hash && a.Platform == platform, cancellationToken);
        if (attempt is null || !CryptographicOperations.FixedTimeEquals(attempt.BrowserHash, LinkTokens.Hash(browser ?? ""))) return new ConnectAttemptUnknown();
        if (attempt.UsedAt is not null) return new ConnectAttemptUsed(attempt);
        if (now - attempt.BegunAt > ConnectAttempt.Life) return new ConnectAttemptUnknown();
        var used = await db.ConnectAttempts.IgnoreQueryFilters().Where(a => a.Id == attempt.Id && a.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.UsedAt, now), cancellationToken);
        if (used == 0) return new ConnectAttemptUsed(attempt);

        var client = Client(platform);
        var signIn = answer switch
        {
            { Error: { } error } => new PlatformFailure(platform, client.ReadRefusal(error, answer.ErrorDescription)),
            { Code: { Length: > 0 } code } => await client.SignInAsync(code, Call(attempt, answer.State!, browser!), cancellationToken),
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
        attempt.Purpose, state, PlatformCatalog.CallbackOf(attempt.Platform, address), attempt.AskAgain, CodeVerifier(state, browser), attempt.LoginHost);

    /// <summary>The verifier follows from what only the starting browser keeps: neither the address bar nor the database has it.</summary>
    private static string CodeVerifier(string state, string browser) =>
        WebEncoders.Base64UrlEncode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(browser), Encoding.UTF8.GetBytes($"pkce/{state}")));

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "Sign-in at {Platform} finished: attempt {Attempt}, failure {Failure}, trace {TraceId}")]
    private partial void LogFinished(PlatformKey platform, ConnectAttemptId attempt, PlatformFailureKind? failure, string? traceId);
}

/// <summary>Where the browser goes and what it keeps.</summary>
/// <param name="Address">The platform's sign-in page.</param>
/// <param name="BrowserSecret">For a cookie that the callback must bring.</param>
public sealed record ConnectStart(Uri Address, string BrowserSecret);

/// <summary>How to go to a platform.</summary>
/// <param name="AskAgain">Whether the platform should ask again for what was refused before.</param>
/// <param name="LoginHost">Where to sign in, see <see cref="ISignInPlatform.ReadLoginHost"/>; null where there is one place.</param>
public sealed record ConnectWay(bool AskAgain = false, string? LoginHost = null);

/// <summary>What a platform sends back with the browser; all of it hostile text.</summary>
/// <param name="State">Its <c>state</c>.</param>
/// <param name="Code">Its <c>code</c>; null when it sent an error instead.</param>
/// <param name="Error">Its <c>error</c>; null on success.</param>
/// <param name="ErrorDescription">Its <c>error_description</c>; read by machines only.</param>
public sealed record ConnectAnswer(string? State, string? Code, string? Error = null, string? ErrorDescription = null);
