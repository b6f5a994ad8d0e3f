using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Json;

namespace OnboardingPortal.App.Features.Api;

internal static class ApiServiceCollectionExtensions
{
    /// <summary>Adds what answers programs: keys as a way to sign in, problems, the OpenAPI document.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        services.AddSingleton<ApiProblems>().AddSingleton<RefusedKeys>();
        services.Configure<JsonOptions>(options => ApiJson.Configure(options.SerializerOptions));
        return services.AddOpenApi("v1", ApiDocument.Configure);
    }
}
