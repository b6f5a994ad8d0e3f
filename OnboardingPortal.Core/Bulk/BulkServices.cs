using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Bulk;

/// <summary>
/// Reads platforms as people write them: keys or names, in any case, parted by commas, semicolons, bars, line breaks or blanks.
/// </summary>
internal sealed class BulkServices
{
    private static readonly char[] Separators = [',', ';', '|', '\n', '\r'];
    private readonly Dictionary<string, PlatformKey> _known = [];
    private readonly int _maxWords;

    public BulkServices(PlatformCatalog platforms)
    {
        foreach (var descriptor in platforms.All.Select(p => p.Descriptor))
        {
            _known[Plain(descriptor.Key.Value)] = descriptor.Key;
            _known[Plain(descriptor.Name)] = descriptor.Key;
            _maxWords = Math.Max(_maxWords, descriptor.Name.Split(' ').Length);
        }
    }

    /// <summary>The platforms without repeats, in the order written; and the words that name none.</summary>
    public (IReadOnlyList<PlatformKey> Keys, IReadOnlyList<string> Unknown) Read(string cell)
    {
        var keys = new List<PlatformKey>();
        var unknown = new List<string>();
        foreach (var part in cell.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            for (var from = 0; from < words.Length;)
            {
                // The longest name first: "Google Ads" is one service, "Facebook Mailchimp" are two.
                var length = Math.Min(_maxWords, words.Length - from);
                while (length > 0 && !_known.ContainsKey(Plain(string.Concat(words.AsSpan(from, length)!)))) length--;
                if (length == 0) unknown.Add(words[from]);
                else keys.Add(_known[Plain(string.Concat(words.AsSpan(from, length)!))]);
                from += Math.Max(1, length);
            }
        }

        return ([.. keys.Distinct()], unknown);
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
