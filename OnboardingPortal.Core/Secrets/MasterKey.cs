using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Secrets;

/// <summary>
/// The key that wraps every agency's data key: from <c>Portal:MasterKey</c>, or a file of the data directory made at the first need. Beside
/// it stand the keys of before, so that a new one can be brought in while nodes with the old one still run.
/// </summary>
public sealed class MasterKey
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 32;

    private readonly PortalOptions _options;
    private readonly Lazy<List<NamedKey>> _keys;

    /// <summary>Names the source; the keys are read at their first use.</summary>
    public MasterKey(IOptions<PortalOptions> options)
    {
        _options = options.Value;
        _keys = new(Read);
    }

    /// <summary>Whether there is a key already; otherwise the first use makes one.</summary>
    public bool Exists => _options.MasterKey is { Length: > 0 } || File.Exists(KeyFile);

    /// <summary>Which key seals: the first 16 hex digits of its SHA-256, stored beside what it sealed.</summary>
    internal string Id => _keys.Value[0].Id;

    private string KeyFile => Path.Combine(_options.DataDirectory, "master.key");

    internal byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated) =>
        AuthenticatedCipher.Seal(_keys.Value[0].Bytes, plain, associated);

    /// <summary>Opens what <see cref="Seal"/> sealed here or under a key of before.</summary>
    /// <param name="id">The key's <see cref="Id"/> when it was sealed; empty from before ids were kept: the present key.</param>
    /// <param name="sealedBytes">What was sealed.</param>
    /// <param name="associated">As when it was sealed.</param>
    /// <exception cref="CryptographicException">The key is not here, or the bytes were changed.</exception>
    internal byte[] Open(string id, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associated)
    {
        var key = _keys.Value.Find(k => id.Length == 0 || k.Id == id)
            ?? throw new CryptographicException($"The master key {id} is neither Portal:MasterKey nor among Portal:PreviousMasterKeys.");
        return AuthenticatedCipher.Open(key.Bytes, sealedBytes, associated);
    }

    private List<NamedKey> Read()
    {
        var keys = new List<NamedKey>();
        if (_options.MasterKey is { Length: > 0 } configured) keys.Add(Parse(configured, "Portal:MasterKey"));
        else if (!File.Exists(KeyFile)) Make();
        // once a key is configured, the file's is one of before
        if (File.Exists(KeyFile)) keys.Add(Parse(File.ReadAllText(KeyFile), KeyFile));
        return [.. keys, .. _options.PreviousMasterKeys.Select(k => Parse(k, "Portal:PreviousMasterKeys"))];
    }

    /// <summary>By a file beside it: whatever stops the process, there is never half a key.</summary>
    private void Make()
    {
        var made = Path.Combine(
            PrivateFiles.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(KeyFile))!), $"master.key.{Environment.ProcessId}");
        using (var file = new FileStream(made, PrivateFiles.New(FileMode.Create)))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length))));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(made, KeyFile);
        }
        catch (IOException) when (File.Exists(KeyFile))
        {
            File.Delete(made); // another node was quicker
        }
    }

    private static NamedKey Parse(string text, string source)
    {
        var key = new byte[Length + 1];
        if (!Convert.TryFromBase64String(text.Trim(), key, out var length) || length != Length)
        {
            throw new StartRefusedException($"{source} does not hold a master key: {Length} bytes in base64 are needed.");
        }

        var bytes = key[..Length];
        return new NamedKey(Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], bytes);
    }

    private sealed record NamedKey(string Id, byte[] Bytes);
}
