namespace OnboardingPortal.Sandbox.Demo;

public static class DemoServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the agencies and the story that a newcomer plays with.</summary>
        public IServiceCollection AddDemo() => services.AddSingleton<DemoAgencies>().AddSingleton<DemoRequests>();
    }
}
