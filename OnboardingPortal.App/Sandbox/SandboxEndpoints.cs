using OnboardingPortal.App.Sandbox.Facebook;
using OnboardingPortal.App.Sandbox.Facebook.Graph;
using OnboardingPortal.App.Sandbox.Mailchimp;

namespace OnboardingPortal.App.Sandbox;

public static class SandboxEndpoints
{
    extension(IEndpointRouteBuilder endpoints)
    {
        /// <summary>Maps the stand-in platforms under <c>/sandbox</c>, and nothing at all unless <c>Platforms:Sandbox</c> is true.</summary>
        public IEndpointRouteBuilder MapSandbox()
        {
            if (!endpoints.ServiceProvider.GetRequiredService<IConfiguration>().GetValue<bool>("Platforms:Sandbox"))
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
            sandbox.MapFacebookDialog();
            sandbox.MapFacebookGraph();
            sandbox.MapFacebookBusinessSettings();
            sandbox.MapMailchimp();
            sandbox.MapSandboxOverview();
            return endpoints;
        }
    }
}
