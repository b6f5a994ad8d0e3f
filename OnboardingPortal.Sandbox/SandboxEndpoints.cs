namespace OnboardingPortal.Sandbox;

public static class SandboxEndpoints
{
    extension(IEndpointRouteBuilder endpoints)
    {
        /// <summary>
        /// Maps the stand-in platforms under <c>/sandbox</c>, as far as they are switched on. All else there is not found.
        /// </summary>
        public IEndpointRouteBuilder MapSandbox()
        {
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
            sandbox.Map("{**path}", () => Results.NotFound()); // not even a sign-in page stands where a platform is real

            var standIns = endpoints.ServiceProvider.GetRequiredService<StandIns>();
            foreach (var standIn in standIns.On)
                standIn.Map(sandbox);
            if (standIns.On.Count > 0)
                sandbox.MapSandboxOverview();
            return endpoints;
        }
    }
}
