using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OnboardingPortal.App.Features.Branding;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Lets only people of this portal open a circuit: a signed-in agency user or a participant of a request, from a page of ours.
/// </summary>
internal sealed class CircuitGate(
    RequestDelegate next, ParticipantCookie participants, PortalAddress address, OpenCircuits circuits, CircuitMetrics metrics,
    IHostApplicationLifetime lifetime)
{
    private const string HubPath = "/_blazor";

    /// <summary>The hub serves signed-in users and participants alike, so that the gate guards it and not a policy for users.</summary>
    public static void OpenHubTo(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder route && IsHub("/" + route.RoutePattern.RawText?.TrimStart('/')))
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsHub(context.Request.Path.Value ?? ""))
        {
            await next(context);
        }
        else if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            context.Abort(); // pages that paused go on with the next server
        }
        else if (!IsFromHere(context) || await FindHolderAsync(context) is not { } holder)
        {
            metrics.NoteRefused(CircuitRefusal.Stranger);
            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false; // a script asks, not a person
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (IsHandshake(context) && !circuits.TryShakeHands(holder))
        {
            metrics.NoteRefused(CircuitRefusal.Handshakes);
            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
        else if (circuits.TryHold(holder, context.Abort) is { } place)
        {
            ParticipantCookie.Introduce(context, holder.Participants);
            using (place) using (metrics.Open(holder)) await next(context);
        }
        else
        {
            metrics.NoteRefused(CircuitRefusal.Room);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync(
                "Too many pages of the portal are open. Close some and load this one again.", context.RequestAborted);
        }
    }

    private static bool IsHub(string path) => path.StartsWith(HubPath, StringComparison.OrdinalIgnoreCase);

    private bool IsFromHere(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0) return HttpMethods.IsGet(context.Request.Method) && !WantsWebSocket(context);
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var from)) return false;
        var authority = from.GetLeftPart(UriPartial.Authority);
        if (authority == $"{context.Request.Scheme}://{context.Request.Host}") return true; // a known host: HostGate asked before
        // Before the proxy there may be another scheme and port than here; the host is the one that was asked for.
        return authority == PublicAt(context).GetLeftPart(UriPartial.Authority);
    }

    private Uri PublicAt(HttpContext context) => context.Features.Get<AgencyHost>() is null
        ? address.Public
        : address.On(context.Request.Host.Host);

    // The hub's own middleware, which knows of web sockets, comes after the gate.
    private static bool WantsWebSocket(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0 || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    /// <summary>What begins a connection; the rest goes on with one.</summary>
    private static bool IsHandshake(HttpContext context) =>
        WantsWebSocket(context) || (context.Request.Path.Value ?? "").EndsWith("/negotiate", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Who can have a live page; null = nobody, and others get it without scripts. Also users who have to set up a second factor first: the
    /// page for it is live, and in its circuit each page and action asks anew how far they may go.
    /// </summary>
    private async Task<CircuitHolder?> FindHolderAsync(HttpContext context)
    {
        var session = SessionCheck.IdOf(context.User);
        var callers = await participants.ListAliveAsync(context);
        return session is null && callers.Count == 0
            ? null
            : new CircuitHolder(CurrentCaller.IdOf(context.User), session, callers, context.Connection.RemoteIpAddress?.ToString());
    }

    /// <summary>Whether somebody can have a live page at all.</summary>
    public static async Task<bool> KnowsAsync(HttpContext context, ParticipantCookie participants) =>
        SessionCheck.IdOf(context.User) is not null || (await participants.ListAliveAsync(context)).Count > 0;
}
