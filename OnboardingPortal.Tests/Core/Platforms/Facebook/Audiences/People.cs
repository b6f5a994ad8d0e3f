using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnboardingPortal.Tests.Core.Platforms.Facebook.Audiences;

/// <summary>Rows of people who are numbers.</summary>
internal static class People
{
    private static readonly string[] Names = ["EMAIL", "FN", "EXTERN_ID"];

    /// <summary>A row for each of <see cref="AudienceHost.Keys"/>.</summary>
    public static string[] Row(int number) =>
        [Hash($"person{number}@example.com"), Hash("same name"), $"id-{number.ToString(CultureInfo.InvariantCulture)}"];

    /// <summary>Who they are in an audience, sorted as the sandbox tells them.</summary>
    public static IReadOnlyList<UInt128> Of(params IEnumerable<int> numbers) =>
        [.. Sandbox.Facebook.Audiences.AudienceMembers.KeysOf(Names, numbers.Select(Row)).Order()];

    public static string Hash(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
