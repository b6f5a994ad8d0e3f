namespace OnboardingPortal.App.Sandbox;

public static class SandboxEndpoints
{
    extension(IEndpointRouteBuilder endpoints)
    {
        /// <summary>Maps the stand-in platforms under <c>/sandbox</c>, and nothing at all of those that are not switched on.</summary>
        public IEndpointRouteBuilder MapSandbox()
        {
            var standIns = endpoints.ServiceProvider.GetRequiredService<StandIns>();
            if (standIns.On.Count == 0)
                return endpoints;

            // They stand for foreign sites: our sign-in and our antiforgery tokens mean nothing there.
            var sandbox = endpoints.MapGroup("/sandbox").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
            sandbox.AddEndpointFilter((context, next) =>
            {
                var response = context.HttpContext.Response;
                response.Headers.CacheControl = "no-store";
                response.OnStarting(() =>
                {
                    response.Headers.Remove("blazor-enhanced-nav"); // a foreign site is never patched into one of our pages
                    return Task.CompletedTask;
                });
                return next(context);
            });
            foreach (var standIn in standIns.On)
                standIn.Map(sandbox);
            sandbox.MapSandboxOverview();
            return endpoints;
        }
    }
}
