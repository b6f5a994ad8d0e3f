namespace OnboardingPortal.Sandbox.ActiveCampaign;

/// <summary>An answer that goes on, slowly, until the caller leaves or the portal stops.</summary>
internal sealed class EndlessAnswer : IResult
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Blanks = [.. Enumerable.Repeat((byte)' ', 1024)];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var clock = services.GetRequiredService<TimeProvider>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

        httpContext.Response.ContentType = "application/json";
        await httpContext.Response.WriteAsync("""{"contacts":[""", CancellationToken.None);
        while (!end.IsCancellationRequested)
        {
            await httpContext.Response.Body.WriteAsync(Blanks, CancellationToken.None); // to somebody who has left it goes nowhere
            await httpContext.Response.Body.FlushAsync(CancellationToken.None);
            await Task.Delay(Pause, clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
