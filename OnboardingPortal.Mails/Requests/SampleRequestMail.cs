using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Requests;

/// <summary>The request's mail as clients get it, with made-up contents: for test mails and previews.</summary>
public sealed class SampleRequestMail(
    RequestLetters letters, LetterRenderer renderer, ClientBrands brands, PlatformCatalog platforms, IStringLocalizer<EmailTexts> text,
    TimeProvider clock)
{
    private const int SamplePlatforms = 3;

    /// <summary>Made-up contents.</summary>
    /// <param name="brand">Whose looks; its requester goes before <paramref name="requester"/>.</param>
    /// <param name="requester">The person who asks; null when clients do not read their name.</param>
    /// <param name="message">The agency's own default; empty = a made-up one.</param>
    /// <param name="language">The mail's language.</param>
    public RequestFacts Make(ClientBrand brand, string? requester, string message, string language) => new(
        requester is null ? null : brand.RequesterName ?? requester,
        message.Trim().Length > 0 ? message : MailLanguage.In(language, () => text["SampleMessage"].Value),
        [.. platforms.All.Take(SamplePlatforms).Select(p => p.Descriptor.Name)], clock.GetUtcNow().AddMonths(1),
        new Uri(brands.AddressOf(brand), "r/sample"), IsSample: true)
    {
        StopLink = new Uri(brands.AddressOf(brand), "r/stop/sample"),
    };

    /// <summary>The mail's document for a frame beside a page: links open beside it.</summary>
    public Task<string> PreviewAsync(string language, EmailBranding branding, RequestFacts facts) =>
        MailLanguage.In(language, () => renderer.PreviewAsync(letters.Write(branding, facts)));
}
