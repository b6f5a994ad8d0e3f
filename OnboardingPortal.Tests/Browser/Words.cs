using System.Collections;
using System.Globalization;
using System.Resources;
using OnboardingPortal.App.Security;
using OnboardingPortal.Mails;

namespace OnboardingPortal.Tests.Browser;

/// <summary>What an English text of the portal is called in the language of a test, from the portal's own resources.</summary>
public sealed class Words
{
    private readonly Dictionary<string, string> _words = [];

    public Words(string language)
    {
        foreach (var assembly in new[] { typeof(PortalError).Assembly, typeof(EmailTexts).Assembly, typeof(ParticipantCookie).Assembly })
        {
            foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".resources", StringComparison.Ordinal)))
            {
                var resources = new ResourceManager(name[..^".resources".Length], assembly);
                var english = resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
                var translated = language == "en"
                    ? english
                    : resources.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false);
                foreach (var entry in english.Cast<DictionaryEntry>().Where(e => e.Value is string))
                {
                    _words.TryAdd(
                        (string)entry.Value!,
                        translated?.GetString((string)entry.Key)
                            ?? throw new InvalidOperationException($"{name}: {entry.Key} is not translated."));
                }
            }
        }
    }

    /// <summary>The translation of a text that starts so, up to its first placeholder.</summary>
    public string Starting(string english) =>
        _words.First(w => w.Key.StartsWith(english, StringComparison.Ordinal)).Value.Split('{')[0].Trim();

    /// <summary>The translation, with placeholders filled in.</summary>
    /// <exception cref="KeyNotFoundException">No resource has this English text.</exception>
    public string this[string english, params object[] arguments] => _words.TryGetValue(english, out var word)
        ? string.Format(CultureInfo.InvariantCulture, word, arguments)
        : throw new KeyNotFoundException($"No text of the portal says “{english}”.");
}
