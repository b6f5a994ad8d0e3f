using System.Runtime.InteropServices;

namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>A row as far as it is kept.</summary>
/// <remarks>
/// <c>Person</c>: Half of the hash of the address or of the number, or, without both, of all the row's values; 0 = the row has none.<br/>
/// <c>External</c>: A part of the hash of the sender's own id; 0 = none.
/// </remarks>
internal readonly record struct AudienceEntry(UInt128 Person, ulong External);

/// <summary>Who somebody is by the sender's own id, and since when that is known.</summary>
/// <remarks>
/// <c>Person</c>: The upper half of <see cref="AudienceEntry.Person"/>.<br/>
/// <c>Day</c>: The last one that told it, from the start of 2020.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal readonly record struct AudienceExternal(ulong Id, ulong Person, ushort Day) : IComparable<AudienceExternal>
{
    /// <summary>How long such an id is known, in days.</summary>
    public const int Life = 90;

    private static readonly DateTimeOffset FirstDay = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public int CompareTo(AudienceExternal other) => Id.CompareTo(other.Id);

    public static ushort DayOf(DateTimeOffset time) => (ushort)(time - FirstDay).TotalDays;
}
