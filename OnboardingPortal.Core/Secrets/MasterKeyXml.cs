using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Secrets;

/// <summary>The element that stands in the key ring of Data Protection in the place of a secret.</summary>
internal static class MasterKeyXml
{
    private static readonly byte[] Purpose = Encoding.UTF8.GetBytes("data-protection-key");

    public static XElement Seal(byte[] plain, MasterKey master) =>
        new("masterKey", new XAttribute("id", master.Id), Convert.ToBase64String(master.Seal(plain, Purpose)));

    /// <exception cref="CryptographicException">The master key it was sealed with is not here.</exception>
    public static byte[] Open(XElement element, MasterKey master) =>
        master.Open((string?)element.Attribute("id") ?? "", Convert.FromBase64String(element.Value), Purpose);

    /// <summary>Seals under the present master key what stands sealed under another within a key of the ring.</summary>
    /// <exception cref="CryptographicException">The master key it was sealed with is not here.</exception>
    public static XElement Rewrap(XElement key, MasterKey master)
    {
        foreach (var old in key.Descendants("masterKey").Where(e => (string?)e.Attribute("id") != master.Id).ToList())
        {
            old.ReplaceWith(Seal(Open(old, master), master));
        }

        return key;
    }
}

/// <summary>Encrypts the key ring of Data Protection under the master key: the database alone opens neither cookies nor links.</summary>
internal sealed class MasterKeyXmlEncryptor(MasterKey master) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        MasterKeyXml.Seal(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), master),
        typeof(MasterKeyXmlDecryptor));
}

/// <summary>Decrypts what <see cref="MasterKeyXmlEncryptor"/> made.</summary>
internal sealed class MasterKeyXmlOpener(MasterKey master) : IXmlDecryptor
{
    /// <exception cref="CryptographicException">The master key it was encrypted with is not here.</exception>
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(Encoding.UTF8.GetString(MasterKeyXml.Open(encryptedElement, master)));
}
