using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace OnboardingPortal.Core.Data;

/// <summary>
/// Hands on to the registered <see cref="IXmlDecryptor"/>. The full name of this class stands in every key of the ring, and Data Protection
/// makes it from there: it stays where it is, whatever decrypts.
/// </summary>
/// <param name="services">Holds the decryptor.</param>
internal sealed class MasterKeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => services.GetRequiredService<IXmlDecryptor>().Decrypt(encryptedElement);
}
