using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Connections;

/// <summary>The key that wraps every agency's data key: from <c>Portal:MasterKey</c>, or a file of the data directory made at the first need.</summary>
public sealed class MasterKey
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 32;

    private readonly Lazy<byte[]> _key;

    /// <summary>Names the source; the key is read at its first use.</summary>
    public MasterKey(IOptions<PortalOptions> options) => _key = new(() => options.Value.MasterKey is { Length: > 0 } text
        ? Parse(text)
        : ReadOrMake(Path.Combine(options.Value.DataDirectory, "master.key")));

    internal ReadOnlySpan<byte> Bytes => _key.Value;

    private static byte[] Parse(string text)
    {
        var key = Convert.FromBase64String(text.Trim());
        return key.Length == Length ? key : throw new InvalidOperationException($"The master key has {key.Length} bytes instead of {Length}.");
    }

    private static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, options);
            file.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
        }

        return Parse(File.ReadAllText(path));
    }
}
