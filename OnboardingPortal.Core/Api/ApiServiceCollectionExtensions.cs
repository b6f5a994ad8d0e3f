using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace OnboardingPortal.Core.Api;

/// <summary>Registers what programs call.</summary>
internal static class ApiServiceCollectionExtensions
{
    /// <summary>Adds keys to the API and the requests that programs order.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services) =>
        services.AddSingleton<IValidator<NewApiKey>, NewApiKeyValidator>().AddSingleton<ApiKeys>().AddSingleton<ApiKeyExpiry>()
            .AddSingleton<RequestOrders>();
}
