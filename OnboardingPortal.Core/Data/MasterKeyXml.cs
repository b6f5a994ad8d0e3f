using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using OnboardingPortal.Core.Connections;

namespace OnboardingPortal.Core.Data;

/// <summary>Encrypts the key ring of Data Protection under the master key: the database alone opens neither cookies nor links.</summary>
internal sealed class MasterKeyXmlEncryptor(MasterKey master) : IXmlEncryptor
{
    internal static readonly byte[] Purpose = Encoding.UTF8.GetBytes("data-protection-key");

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var secret = Convert.ToBase64String(AuthenticatedCipher.Seal(master.Bytes, plain, Purpose));
        return new EncryptedXmlInfo(new XElement("masterKey", secret), typeof(MasterKeyXmlDecryptor));
    }
}

/// <summary>Decrypts what <see cref="MasterKeyXmlEncryptor"/> made. Made by Data Protection from its name, hence the constructor.</summary>
/// <param name="services">Holds the master key.</param>
internal sealed class MasterKeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <exception cref="CryptographicException">The master key is not the one it was encrypted with.</exception>
    public XElement Decrypt(XElement encryptedElement)
    {
        var plain = AuthenticatedCipher.Open(
            services.GetRequiredService<MasterKey>().Bytes, Convert.FromBase64String(encryptedElement.Value), MasterKeyXmlEncryptor.Purpose);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
