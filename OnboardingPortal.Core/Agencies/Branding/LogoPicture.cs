using System.Security.Cryptography;

namespace OnboardingPortal.Core.Agencies;

/// <summary>One of the pictures that a logo is stored as.</summary>
/// <param name="Content">The file, at twice the size shown where the logo is that large.</param>
/// <param name="Type"><c>image/png</c> or <c>image/jpeg</c>.</param>
/// <param name="Width">How wide it is shown at most; pixels of a style sheet, from 1.</param>
/// <param name="Height">How high it is shown at most; pixels of a style sheet, from 1.</param>
public sealed record LogoPicture(byte[] Content, string Type, int Width, int Height)
{
    /// <summary>SHA-256 of <see cref="Content"/>.</summary>
    public byte[] Hash { get; } = SHA256.HashData(Content);
}
