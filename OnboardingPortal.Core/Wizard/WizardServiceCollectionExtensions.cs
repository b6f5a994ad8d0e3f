using Microsoft.Extensions.DependencyInjection;

namespace OnboardingPortal.Core.Wizard;

/// <summary>Registers what the client does.</summary>
internal static class WizardServiceCollectionExtensions
{
    /// <summary>Adds the wizard's answers.</summary>
    public static IServiceCollection AddWizard(this IServiceCollection services) =>
        services.AddSingleton<WizardService>().AddSingleton<PartialCompletion>();
}
