using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Mails.Letters;
using OnboardingPortal.Mails.Requests;

namespace OnboardingPortal.App.Features.Branding;

/// <summary>
/// What a white label makes of the landing page and the mail, as whole documents; rendered from the same parts as the real ones.
/// </summary>
public sealed class BrandPreviews(
    IServiceProvider services, ILoggerFactory loggers, SampleRequestMail samples, PlatformCatalog platforms)
{
    /// <summary>The landing page, in the reader's language.</summary>
    public async Task<string> LandingAsync(ClientBrand brand, RequestFacts sample)
    {
        var landing = new LinkLanding(
            RequestId.None, brand.Agency, brand.Name, sample.RequesterName, sample.Message,
            [.. platforms.All.Take(sample.Platforms.Count).Select(p => p.Descriptor.Key)], sample.ExpiresAt);
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(LandingPreview.Brand)] = brand, [nameof(LandingPreview.Landing)] = landing });
        return await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<LandingPreview>(parameters)).ToHtmlString());
    }

    /// <summary>The mail, in a language.</summary>
    public Task<string> MailAsync(ClientBrand brand, RequestFacts sample, string language) =>
        // Links open beside the page, which the frame does not allow: nothing in a preview leads anywhere.
        samples.PreviewAsync(language, EmailBranding.Of(brand, "/"), sample);

    /// <summary>Made-up contents.</summary>
    public RequestFacts Sample(ClientBrand brand, BrandingState state, string requester, string language) =>
        samples.Make(brand, state.IncludesRequesterName ? requester : null, state.DefaultMessage, language);
}
