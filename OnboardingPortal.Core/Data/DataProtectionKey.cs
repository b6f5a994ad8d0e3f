namespace OnboardingPortal.Core.Data;

/// <summary>A key of ASP.NET Core Data Protection, so that every node and every restart reads old cookies and links.</summary>
public sealed class DataProtectionKey
{
    /// <summary>Row number.</summary>
    public int Id { get; private set; }

    /// <summary>The key ring's name for it.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The key as XML.</summary>
    public string Xml { get; internal set; } = "";
}
