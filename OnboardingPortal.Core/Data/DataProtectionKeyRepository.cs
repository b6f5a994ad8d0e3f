using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace OnboardingPortal.Core.Data;

/// <summary>Keeps the key ring of Data Protection in the portal's database.</summary>
internal sealed class DataProtectionKeyRepository(PortalDbContextFactory contexts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateForSystem();
        return [.. db.DataProtectionKeys.Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = contexts.CreateForSystem();
        db.DataProtectionKeys.Add(new DataProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
