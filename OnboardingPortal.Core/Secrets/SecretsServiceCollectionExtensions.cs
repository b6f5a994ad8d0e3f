using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Secrets;

/// <summary>Registers what keeps secrets.</summary>
internal static class SecretsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the master key and what it opens, among it the key ring of Data Protection, which lies in the database, encrypted. Who keeps
    /// secrets in rows of their own registers <see cref="IWrappedKeys"/> or <see cref="ISealedRows"/>.
    /// </summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddSingleton<MasterKey>().AddSingleton<CredentialProtector>().AddSingleton<KeyRing>();
        services.AddDataProtection().SetApplicationName("OnboardingPortal").PersistKeysToDbContext<PortalDbContext>();
        services.AddSingleton<IXmlDecryptor, MasterKeyXmlOpener>();
        return services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlEncryptor = new MasterKeyXmlEncryptor(provider.GetRequiredService<MasterKey>())));
    }
}
