using OnboardingPortal.App.Account;

namespace OnboardingPortal.App.Demo;

internal static class DemoServiceCollectionExtensions
{
    public static IServiceCollection AddDemo(this IServiceCollection services) =>
        services.AddSingleton<FirstStart>().AddSingleton<SetupCode>().AddSingleton<DemoAgencies>().AddSingleton<DemoRequests>();
}
