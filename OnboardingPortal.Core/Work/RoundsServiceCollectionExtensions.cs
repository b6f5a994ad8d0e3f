using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Work;

/// <summary>Registers what background rounds share.</summary>
internal static class RoundsServiceCollectionExtensions
{
    /// <summary>Adds rounds whose items stand alone, and the one that deletes old rows (<see cref="OldRows"/>).</summary>
    public static IServiceCollection AddRounds(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        return services.AddSingleton<RoundMetrics>().AddSingleton<RoundItems>().AddSingleton<Retention>();
    }
}
