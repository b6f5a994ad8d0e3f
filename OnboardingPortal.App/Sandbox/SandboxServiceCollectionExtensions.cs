using Microsoft.Extensions.DependencyInjection.Extensions;
using OnboardingPortal.App.Sandbox.Facebook;
using OnboardingPortal.App.Sandbox.Facebook.Graph;
using OnboardingPortal.App.Sandbox.Mailchimp;

namespace OnboardingPortal.App.Sandbox;

public static class SandboxServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the stand-in platforms. They cost nothing until <see cref="SandboxEndpoints.MapSandbox"/> maps them.</summary>
        public IServiceCollection AddSandbox(IConfiguration configuration)
        {
            services.Configure<SandboxOptions>(configuration.GetSection("Portal"));
            services.AddRazorComponents();
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<SandboxState>().AddSingleton<SandboxTokens>().AddSingleton<SandboxSignIns>().AddSingleton<SandboxDisturbances>();
            services.AddSingleton<FacebookPermissions>().AddSingleton<FacebookSharing>();
            services.AddSingleton<GraphGate>().AddSingleton<GraphTokens>().AddSingleton<GraphReads>().AddSingleton<GraphShares>().AddSingleton<GraphAssignments>();
            services.AddSingleton<MailchimpGate>();
            return services.AddSandboxAddresses();
        }
    }
}
