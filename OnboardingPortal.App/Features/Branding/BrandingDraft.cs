using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Branding;

/// <summary>What is typed and chosen in the form of the white label, named as in <see cref="BrandingInput"/>; without the logo.</summary>
public sealed class BrandingDraft
{
    public bool IsOn { get; set; }

    public string CompanyName { get; set; } = "";

    public string RequesterName { get; set; } = "";

    public string ReplyTo { get; set; } = "";

    public string SenderName { get; set; } = "";

    public string Colour { get; set; } = "";

    public string FooterText { get; set; } = "";

    public string PrivacyUrl { get; set; } = "";

    public string ImprintUrl { get; set; } = "";

    public string PublicHost { get; set; } = "";

    public static BrandingDraft Of(BrandingInput input) => new()
    {
        IsOn = input.IsOn,
        CompanyName = input.CompanyName ?? "",
        RequesterName = input.RequesterName ?? "",
        ReplyTo = input.ReplyTo ?? "",
        SenderName = input.SenderName ?? "",
        Colour = input.Colour ?? "",
        FooterText = input.FooterText ?? "",
        PrivacyUrl = input.PrivacyUrl ?? "",
        ImprintUrl = input.ImprintUrl ?? "",
        PublicHost = input.PublicHost ?? "",
    };

    /// <summary>As the rules judge it and the service saves it.</summary>
    public BrandingInput ToInput()
    {
        var typed = new BrandingInput(
            IsOn, CompanyName, RequesterName, ReplyTo, SenderName, Colour, FooterText, PrivacyUrl, ImprintUrl, PublicHost);
        return typed.Tidy();
    }
}
