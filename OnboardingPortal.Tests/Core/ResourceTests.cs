using System.Text.RegularExpressions;
using System.Xml.Linq;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Tests.Architecture;

namespace OnboardingPortal.Tests.Core;

public sealed partial class ResourceTests
{
    public static TheoryData<string> Resources =>
        [.. Repository.Files("*.resx").Where(f => !f.EndsWith(".de.resx", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Every_text_exists_in_both_languages_with_the_same_placeholders(string file)
    {
        var (english, german) = (Read(file), Read(Path.ChangeExtension(file, ".de.resx")));

        Assert.Equal(english.Keys.Order(), german.Keys.Order());
        Assert.All(english, text => Assert.Equal(PlaceholdersOf(text.Value), PlaceholdersOf(german[text.Key])));
        Assert.All(english.Concat(german), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
    }

    [Fact]
    public void No_German_text_is_without_its_English_one() => // MudBlazor brings its own words in English: MudWordsTests
        Assert.All(
            Repository.Files("*.de.resx").Where(f => Path.GetFileName(f) != "MudWords.de.resx"),
            f => Assert.True(File.Exists(f.Replace(".de.resx", ".resx", StringComparison.Ordinal)), f));

    [Fact]
    public void Every_refusal_has_its_words()
    {
        var texts = Read(Repository.Files("PortalError.resx").Single());
        var refusals = typeof(PortalError).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(PortalError)) && t != typeof(PlatformFailure)
                && t != typeof(PlatformAddressRefused) && t != typeof(AudienceRefused)
                && t != typeof(CampaignRefused)).Select(t => t.Name);
        var failures = Enum.GetValues<PlatformFailureKind>().Select(k => new PlatformFailure(new PlatformKey("x"), k).TextKey);

        var addresses = Enum.GetValues<AddressProblem>().Select(p => new PlatformAddressRefused(new PlatformKey("x"), p).TextKey);

        var audiences = Enum.GetValues<AudienceProblem>().Select(p => new AudienceRefused(p).TextKey);
        var campaigns = Enum.GetValues<CampaignProblem>().Select(p => new CampaignRefused(p, null).TextKey);

        Assert.Equal(
            refusals.Concat(failures).Concat(addresses).Concat(audiences).Concat(campaigns).Order(), texts.Keys.Order());
    }

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(file).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static string PlaceholdersOf(string text) =>
        string.Join(' ', Placeholder().Matches(text).Select(m => m.Value).Distinct().Order());

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}")]
    private static partial Regex Placeholder();
}
