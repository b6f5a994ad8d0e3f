using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Layout;

namespace OnboardingPortal.Tests.Components.Layout;

/// <summary>MudBlazor's own words: in English from the package, in German from here.</summary>
public sealed partial class MudWordsTests : IDisposable
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddLogging().AddLocalization().AddTransient<MudLocalizer, MudWords>()
            .AddTransient<DefaultLocalizationInterceptor>().BuildServiceProvider();

    private static Dictionary<string, string> English
    {
        get
        {
            var package = new ResourceManager("MudBlazor.Resources.LanguageResource", typeof(MudButton).Assembly);
            using var words = package.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!;
            return words.Cast<System.Collections.DictionaryEntry>().ToDictionary(word => (string)word.Key, word => (string)word.Value!);
        }
    }

    private Dictionary<string, string> German => _services.GetRequiredService<IStringLocalizer<MudWords>>()
        .GetAllStrings(includeParentCultures: false)
        .ToDictionary(word => word.Name, word => word.Value);

    [Fact]
    public void Each_word_of_the_package_is_there_in_German_and_no_other()
    {
        Speak("de");

        Assert.NotEmpty(English);
        Assert.Equal(English.Keys.Order(), German.Keys.Order());
        Assert.All(German, word => Assert.Equal(PlaceholdersOf(English[word.Key]), PlaceholdersOf(word.Value)));
    }

    [Theory]
    [InlineData("de", "MudPagination_NextPage", "Nächste Seite")]
    [InlineData("en", "MudPagination_NextPage", "Next page")]
    [InlineData("de", "MudPagination_CurrentPage", "Aktuelle Seite 3")]
    [InlineData("en", "MudPagination_CurrentPage", "Current page 3")]
    public void The_library_finds_the_words_of_the_readers_language(string language, string key, string expected)
    {
        Speak(language);

        var word = _services.GetRequiredService<DefaultLocalizationInterceptor>()
            .Handle(key, key.EndsWith("CurrentPage", StringComparison.Ordinal) ? [3] : []);

        Assert.Equal(expected, word.Value);
    }

    [Fact]
    public void A_word_that_is_not_there_counts_as_not_found_so_that_the_library_takes_its_own()
    {
        Speak("de");

        Assert.True(_services.GetRequiredService<MudLocalizer>()["MudSomething_New"].ResourceNotFound);
    }

    public void Dispose() => _services.Dispose();

    private static void Speak(string language) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

    private static string PlaceholdersOf(string text) =>
        string.Join(' ', Placeholder().Matches(text).Select(m => m.Value).Distinct().Order());

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}")]
    private static partial Regex Placeholder();
}
