using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>The rows of a <c>payload</c>, each cut down to who it means.</summary>
internal sealed class AudienceRows : IDisposable
{
    /// <summary>The most rows of a call.</summary>
    public const int Max = 10_000;

    private const string External = "EXTERN_ID";

    /// <summary>The keys there are. Those that are not hashed are marked so.</summary>
    private static readonly Dictionary<string, bool> Hashed = new()
    {
        ["EMAIL"] = true,
        ["PHONE"] = true,
        ["GEN"] = true,
        ["DOBY"] = true,
        ["DOBM"] = true,
        ["DOBD"] = true,
        ["LN"] = true,
        ["FN"] = true,
        ["FI"] = true,
        ["CT"] = true,
        ["ST"] = true,
        ["ZIP"] = true,
        ["COUNTRY"] = true,
        ["MADID"] = false,
        [External] = false,
        ["DATA_PROCESSING_OPTIONS"] = false,
        ["DATA_PROCESSING_OPTIONS_COUNTRY"] = false,
        ["DATA_PROCESSING_OPTIONS_STATE"] = false,
    };

    /// <summary>Names of old for a schema of one key.</summary>
    private static readonly Dictionary<string, string> Single = new()
    {
        ["EMAIL_SHA256"] = "EMAIL",
        ["PHONE_SHA256"] = "PHONE",
        ["MOBILE_ADVERTISER_ID"] = "MADID",
    };

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    private readonly AudienceEntry[] _entries;

    private AudienceRows(string schema, AudienceEntry[] entries, int count, int received, List<int> invalid)
    {
        (Schema, _entries, Count, Received, Invalid) = (schema, entries, count, received, invalid);
    }

    /// <summary>The keys, joined by commas.</summary>
    public string Schema { get; }

    public ReadOnlySpan<AudienceEntry> Entries => _entries.AsSpan(0, Count);

    /// <summary>How many rows mean somebody.</summary>
    public int Count { get; }

    /// <summary>How many rows came.</summary>
    public int Received { get; }

    /// <summary>Which rows cannot be used.</summary>
    public IReadOnlyList<int> Invalid { get; }

    /// <summary>Null and what is wrong when the payload makes no sense.</summary>
    public static AudienceRows? Read(ReadOnlyMemory<byte> payload, out string? problem)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return Read(json.RootElement, out problem);
        }
        catch (JsonException)
        {
            problem = "payload is no JSON";
            return null;
        }
    }

    public void Dispose() => ArrayPool<AudienceEntry>.Shared.Return(_entries);

    private static AudienceRows? Read(JsonElement payload, out string? problem)
    {
        problem = null;
        if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty("schema", out var schema)
            || !payload.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            problem = "payload must have a schema and data";
        else if (Keys(schema) is not { } keys)
            problem = "payload[schema] names a key that does not exist";
        else if (data.GetArrayLength() is 0 or > Max)
            problem = $"payload[data] must have 1 to {Max} rows";
        else if (data.EnumerateArray().Any(r => r.ValueKind == JsonValueKind.Array ? r.GetArrayLength() != keys.Length : keys.Length > 1))
            problem = "payload[data] has a row with another number of values than the schema";
        else
            return Read(keys, data);
        return null;
    }

    private static AudienceRows Read(string[] keys, JsonElement data)
    {
        var received = data.GetArrayLength();
        var entries = ArrayPool<AudienceEntry>.Shared.Rent(received);
        var invalid = new List<int>();
        var count = 0;
        var joined = new ArrayBufferWriter<byte>();
        foreach (var (index, row) in data.EnumerateArray().Index())
        {
            if (EntryOf(keys, row, joined) is { } entry)
                entries[count++] = entry;
            else
                invalid.Add(index);
        }

        return new(string.Join(',', keys), entries, count, received, invalid);
    }

    private static string[]? Keys(JsonElement schema)
    {
        string[] names = schema.ValueKind switch
        {
            JsonValueKind.String => [schema.GetString()!],
            JsonValueKind.Array when schema.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String) =>
                [.. schema.EnumerateArray().Select(n => n.GetString()!)],
            _ => [],
        };
        if (names is [var single] && Single.TryGetValue(single, out var name))
            names = [name];
        return names.Length > 0 && names.All(Hashed.ContainsKey) && names.Distinct().Count() == names.Length ? names : null;
    }

    /// <summary>Null when a value is not what its key says, or when there is none.</summary>
    private static AudienceEntry? EntryOf(string[] keys, JsonElement row, ArrayBufferWriter<byte> joined)
    {
        UInt128 address = 0, number = 0;
        var external = 0UL;
        joined.ResetWrittenCount();
        for (var i = 0; i < keys.Length; i++)
        {
            var cell = row.ValueKind == JsonValueKind.Array ? row[i] : row;
            if (keys[i].StartsWith("DATA_PROCESSING", StringComparison.Ordinal))
                continue;
            if (cell.ValueKind != JsonValueKind.String)
                return null;
            var value = JsonMarshal.GetRawUtf8Value(cell)[1..^1];
            if (value.IsEmpty)
                continue;
            if (Hashed[keys[i]] && (value.Length != 64 || value.ContainsAnyExcept(HexDigits)))
                return null;
            if (keys[i] == External)
            {
                external = Math.Max(1, (ulong)(HashOf(value) >> 64));
                continue;
            }

            if (keys[i] == "EMAIL")
                address = Half(value);
            if (keys[i] == "PHONE")
                number = Half(value);
            joined.Write(value);
            joined.Write(","u8);
        }

        var person = address != 0 ? address : number != 0 ? number : joined.WrittenCount > 0 ? HashOf(joined.WrittenSpan) : 0;
        return person == 0 && external == 0 ? null : new(person, external);
    }

    /// <summary>The first 32 of 64 hex digits.</summary>
    private static UInt128 Half(ReadOnlySpan<byte> hash)
    {
        UInt128 half = 0;
        foreach (var digit in hash[..32])
            half = (half << 4) | (uint)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
        return half;
    }

    private static UInt128 HashOf(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(value, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
