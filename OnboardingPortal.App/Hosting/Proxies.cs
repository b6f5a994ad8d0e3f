using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace OnboardingPortal.App.Hosting;

/// <summary>Whom the portal believes where a visitor comes from: the reverse proxies of <c>Portal:Proxies</c>, and nobody else.</summary>
internal static partial class Proxies
{
    private const string Setting = "Portal:Proxies";

    /// <returns>Whether proxies were named.</returns>
    /// <exception cref="StartRefusedException">A network is none, or the framework is told to believe everybody.</exception>
    public static bool UseProxies(this WebApplication app)
    {
        if (app.Configuration.GetValue<bool>("FORWARDEDHEADERS_ENABLED"))
        {
            throw new StartRefusedException(
                $"ASPNETCORE_FORWARDEDHEADERS_ENABLED believes whoever sends X-Forwarded-For. Take it away and name the networks of "
                + $"your proxies in {Setting}.");
        }

        if (app.Configuration.GetSection(Setting).Get<string[]>() is not { Length: > 0 } networks)
        {
            app.Use(new Stranger(app.Logger).InvokeAsync);
            return false;
        }

        app.UseForwardedHeaders(Believing(networks));
        return true;
    }

    private static ForwardedHeadersOptions Believing(string[] networks)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var network in networks)
        {
            if (System.Net.IPNetwork.TryParse(network, out var known)) options.KnownIPNetworks.Add(known);
            else if (IPAddress.TryParse(network, out var proxy)) options.KnownProxies.Add(proxy);
            else throw new StartRefusedException($"{network} in {Setting} is no network such as 10.0.0.0/8, and no address.");
        }

        return options;
    }

    /// <summary>Notes once that somebody says where visitors come from, and is not believed.</summary>
    private sealed class Stranger(ILogger logger)
    {
        private int _isNoted;

        public Task InvokeAsync(HttpContext context, RequestDelegate next)
        {
            if (context.Request.Headers.ContainsKey("X-Forwarded-For") && Interlocked.Exchange(ref _isNoted, 1) == 0)
            {
                LogStranger(logger, context.Connection.RemoteIpAddress);
            }

            return next(context);
        }
    }

    [LoggerMessage(EventId = 5304, Level = LogLevel.Warning,
        Message = "{Address} says by X-Forwarded-For where a visitor comes from and is not believed. If it is your proxy, name it in "
            + "Portal:Proxies")]
    private static partial void LogStranger(ILogger logger, IPAddress? address);
}
