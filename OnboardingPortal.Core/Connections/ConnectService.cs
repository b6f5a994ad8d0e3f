using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Agencies;
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
    PortalDbContextFactory contexts, RequestChanges changes, ClientAccounts clientAccounts, AgencyFacebookService facebookUsers,
    PlatformCatalog platforms, PortalAddress address, TimeProvider clock, ILogger<ConnectService> logger)
{
    /// <summary>Begins a client's way to a platform.</summary>
    /// <param name="caller">The participant.</param>
    /// <param name="platform">One that the request asks for.</param>
    /// <param name="askAgain">Whether the platform should ask again for what was refused before.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The ticket for <see cref="StartAsync"/>, or why it cannot be.</returns>
    public async Task<Result<string>> BeginAsync(ClientCaller caller, PlatformKey platform, bool askAgain, CancellationToken cancellationToken)
    {
        if (platforms.Find(platform) is not { IsConfigured: true }) return new PlatformUnavailable(platform);
        var ticket = LinkTokens.NewSecret();
        return await changes.ApplyAsync<string>(caller, (change, participant) =>
        {
            if (change.Request.Platforms.All(p => p.Platform != platform)) return new PlatformUnavailable(platform);
            change.Db.ConnectAttempts.Add(new ConnectAttempt(
                ConnectAttemptId.New(clock), caller.Agency, platform, ConnectPurpose.Client, LinkTokens.Hash(ticket), askAgain, change.Now)
            {
                RequestId = caller.Request,
                ParticipantId = participant.Id,
            });
            change.Request.Note(RequestActivity.AtPlatform, change.Now, platform);
            return ticket;
        }, cancellationToken);
    }

    /// <summary>Begins a main user's way to a platform, for the agency's own account.</summary>
    /// <returns>The ticket for <see cref="StartAsync"/>, <see cref="NotAllowed"/> or <see cref="PlatformUnavailable"/>.</returns>
    public async Task<Result<string>> BeginAsync(AgencyCaller caller, PlatformKey platform, bool askAgain, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        if (platforms.Find(platform) is not { IsConfigured: true, Descriptor.Grants: PlatformGrants.Assets }) return new PlatformUnavailable(platform);
        var ticket = LinkTokens.NewSecret();
        await using var db = contexts.Create(caller.Agency);
        db.ConnectAttempts.Add(new ConnectAttempt(
            ConnectAttemptId.New(clock), caller.Agency, platform, ConnectPurpose.Agency, LinkTokens.Hash(ticket), askAgain, clock.GetUtcNow())
        {
            UserId = caller.User,
        });
        await db.SaveChangesAsync(cancellationToken);
        return ticket;
    }

    /// <summary>Starts the way: once a ticket. The browser must keep the secret and go to the address.</summary>
    /// <param name="platform">The platform in the address that the browser called.</param>
    /// <param name="ticket">From <see cref="BeginAsync(ClientCaller, PlatformKey, bool, CancellationToken)"/>.</param>
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
        return new ConnectStart(Absolute(platforms.Get(platform).AuthorizeAddress(Call(attempt, state))), kept);
    }

    /// <summary>Finishes the way: exchanges the code, attaches the account, or notes why not.</summary>
    /// <param name="platform">The platform whose callback was called; an attempt at another one is not known there.</param>
    /// <param name="state">The callback's <c>state</c>.</param>
    /// <param name="code">The callback's <c>code</c>; null when the platform sent an error instead.</param>
    /// <param name="browser">The secret that <see cref="StartAsync"/> gave the browser; null when it brought none.</param>
    /// <param name="networkAddress">For the audit trail; null when unknown.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The attempt with its outcome, <see cref="ConnectAttemptUnknown"/> or <see cref="ConnectAttemptUsed"/>.</returns>
    public async Task<Result<ConnectAttempt>> FinishAsync(
        PlatformKey platform, string? state, string? code, string? browser, string? networkAddress, CancellationToken cancellationToken)
    {
        var (now, hash) = (clock.GetUtcNow(), LinkTokens.Hash(state ?? ""));
        await using var db = contexts.CreateForSystem();
        var attempt = await db.ConnectAttempts.IgnoreQueryFilters()
            .SingleOrDefaultAsync(a => a.StateHash == hash && a.Platform == platform, cancellationToken);
        if (attempt is null || !CryptographicOperations.FixedTimeEquals(attempt.BrowserHash, LinkTokens.Hash(browser ?? ""))) return new ConnectAttemptUnknown();
        if (attempt.UsedAt is not null) return new ConnectAttemptUsed(attempt);
        if (now - attempt.BegunAt > ConnectAttempt.Life) return new ConnectAttemptUnknown();
        var used = await db.ConnectAttempts.IgnoreQueryFilters().Where(a => a.Id == attempt.Id && a.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.UsedAt, now), cancellationToken);
        if (used == 0) return new ConnectAttemptUsed(attempt);

        var client = platforms.Get(platform);
        var signIn = code is null
            ? new PlatformFailure(platform, PlatformFailureKind.Cancelled)
            : await client.SignInAsync(code, Call(attempt, state!), cancellationToken);
        var failure = attempt.Purpose == ConnectPurpose.Client
            ? await clientAccounts.AttachAsync(attempt, signIn, networkAddress, cancellationToken)
            : await facebookUsers.AttachAsync(attempt, signIn, networkAddress, cancellationToken);
        attempt.Failure = failure?.Kind;
        await db.SaveChangesAsync(cancellationToken);
        LogFinished(platform, attempt.Id, failure?.Kind, failure?.TraceId);
        return attempt;
    }

    private Uri Absolute(Uri uri) => uri.IsAbsoluteUri ? uri : new Uri(address.Public, uri);

    private AuthorizeCall Call(ConnectAttempt attempt, string state) =>
        new(attempt.Purpose, state, new Uri(address.Public, $"connect/{attempt.Platform}/callback"), attempt.AskAgain);

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "Sign-in at {Platform} finished: attempt {Attempt}, failure {Failure}, trace {TraceId}")]
    private partial void LogFinished(PlatformKey platform, ConnectAttemptId attempt, PlatformFailureKind? failure, string? traceId);
}

/// <summary>Where the browser goes and what it keeps.</summary>
/// <param name="Address">The platform's sign-in page.</param>
/// <param name="BrowserSecret">For a cookie that the callback must bring.</param>
public sealed record ConnectStart(Uri Address, string BrowserSecret);
