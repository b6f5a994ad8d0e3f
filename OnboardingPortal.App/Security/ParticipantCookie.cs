using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Knows a participant again in the browser they came with: one cookie a request, so that one browser can work on several. The link's
/// token is exchanged for it and is not needed any more.
/// </summary>
public sealed class ParticipantCookie(IDataProtectionProvider protection, WizardService wizard)
{
    private const string Prefix = "onboarding.";
    private const string ClaimType = "onboarding.participant";
    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.Participant.v1");

    public void Write(HttpContext context, ClientCaller caller, DateTimeOffset expires)
    {
        HostCookie.Write(context, NameOf(caller.Request), _protector.Protect(ValueOf(caller.Request, caller.Participant)), expires);
    }

    /// <summary>The participant of a request in this browser, or null.</summary>
    public ParticipantId? Read(HttpContext context, RequestId request) =>
        HostCookie.Read(context, NameOf(request)) is { } value && Open(value) is { } known && known.Request == request
            ? known.Participant
            : null;

    /// <summary>Every request that this browser takes part in.</summary>
    public IEnumerable<(RequestId Request, ParticipantId Participant)> ReadAll(HttpContext context) =>
        from cookie in context.Request.Cookies
        where cookie.Key.StartsWith(Prefix, StringComparison.Ordinal)
            || cookie.Key.StartsWith(HostCookie.Prefix + Prefix, StringComparison.Ordinal)
        let known = Open(cookie.Value)
        where known is not null
        select known.Value;

    /// <summary>As whom this browser works on a request; null when it takes no part in it, or the request is gone.</summary>
    public async Task<ClientCaller?> FindCallerAsync(HttpContext context, RequestId request) => Read(context, request) is { } participant
        ? (await ListAliveAsync(context)).FirstOrDefault(caller => caller.Request == request && caller.Participant == participant)
        : null;

    /// <summary>
    /// As whom this browser takes part in requests that are still there: a cookie outlives its request. Read once for each of the
    /// browser's requests; a reading that failed is made again.
    /// </summary>
    public Task<IReadOnlyList<ClientCaller>> ListAliveAsync(HttpContext context)
    {
        var callers = context.Features.Get<Alive>()?.Callers;
        if (callers is null or { IsFaulted: true } or { IsCanceled: true })
        {
            callers = ReadAliveAsync(context);
            context.Features.Set(new Alive(callers));
        }

        return callers;
    }

    private async Task<IReadOnlyList<ClientCaller>> ReadAliveAsync(HttpContext context)
    {
        var known = ReadAll(context).ToHashSet();
        if (known.Count == 0) return [];
        var callers = await wizard.ListCallersAsync(
            [.. known.Select(k => k.Participant)], context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        return [.. callers.Where(c => known.Contains((c.Request, c.Participant)))];
    }

    /// <summary>Tells the circuit that opens with a connection whose participants the browser's cookies are.</summary>
    public static void Introduce(HttpContext context, IEnumerable<ClientCaller> callers) => context.User.AddIdentity(
        new ClaimsIdentity(callers.Select(caller => new Claim(ClaimType, ValueOf(caller.Request, caller.Participant)))));

    /// <summary>Whether the browser that opened a circuit is the participant's: a document alone makes nobody one.</summary>
    /// <param name="user">The circuit's.</param>
    /// <param name="caller">Who the document says they are.</param>
    public static bool Names(ClaimsPrincipal user, ClientCaller caller) =>
        user.HasClaim(ClaimType, ValueOf(caller.Request, caller.Participant));

    private static string ValueOf(RequestId request, ParticipantId participant) =>
        string.Create(CultureInfo.InvariantCulture, $"{request.Value}/{participant.Value}");

    private static string NameOf(RequestId request) => $"{Prefix}{request}";

    private sealed record Alive(Task<IReadOnlyList<ClientCaller>> Callers);

    private (RequestId Request, ParticipantId Participant)? Open(string value)
    {
        try
        {
            var parts = _protector.Unprotect(value).Split('/');
            return (
                RequestId.From(long.Parse(parts[0], CultureInfo.InvariantCulture)),
                ParticipantId.From(long.Parse(parts[1], CultureInfo.InvariantCulture)));
        }
        catch (CryptographicException)
        {
            return null; // forged, or from before the keys were renewed: the link lets them in again
        }
    }
}
