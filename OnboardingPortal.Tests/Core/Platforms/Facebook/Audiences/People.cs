using System.Security.Cryptography;
using System.Text;
using OnboardingPortal.Core.Matching;
using OnboardingPortal.Core.Platforms.Facebook.Audiences;

namespace OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

/// <summary>People who are numbers.</summary>
internal static class People
{
    private static readonly string[] Names = ["EMAIL", "FN", "EXTERN_ID"];

    /// <summary>A person with a value for each of <see cref="AudienceHost.Keys"/>.</summary>
    public static AudienceRow Row(int number) => new(Matched(AudienceHost.Keys, Values(number)[..2]), (UInt128)number);

    /// <summary>As they are sent.</summary>
    public static string[] Values(int number) => [Hash($"person{number}@example.com"), Hash("same name"), $"{(UInt128)number:x32}"];

    /// <summary>Who they are in an audience, sorted as the sandbox tells them.</summary>
    public static IReadOnlyList<UInt128> Of(params IEnumerable<int> numbers) =>
        [.. Sandbox.Facebook.Audiences.AudienceMembers.KeysOf(Names, numbers.Select(Values)).Order()];

    /// <summary>A person of whom these hashes are known.</summary>
    public static MatchedPerson Matched(IReadOnlyList<MatchKey> keys, params IReadOnlyList<string> hashes) =>
        new PersonMatcher(keys, new(null, TakesHashes: true), new()).Match(hashes);

    public static string Hash(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
