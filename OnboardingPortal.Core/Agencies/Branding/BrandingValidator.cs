using System.Globalization;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace OnboardingPortal.Core.Agencies;

/// <summary>The rules of <see cref="BrandingInput"/>, as <see cref="BrandingInput.Tidy"/> leaves it.</summary>
public sealed class BrandingValidator : AbstractValidator<BrandingInput>
{
    /// <summary>Builds the rules.</summary>
    public BrandingValidator(IStringLocalizer<BrandingValidator> text, PublicHosts hosts)
    {
        RuleFor(b => b.CompanyName).Must(IsOneLine).WithMessage(_ => text["NameControl"]);
        RuleFor(b => b.CompanyName).MaximumLength(Agency.NameMaxLength).WithMessage(_ => text["TooLong", Agency.NameMaxLength]);
        RuleFor(b => b.RequesterName).Must(IsOneLine).WithMessage(_ => text["NameControl"]);
        RuleFor(b => b.RequesterName).MaximumLength(AgencyUser.DisplayNameMaxLength)
            .WithMessage(_ => text["TooLong", AgencyUser.DisplayNameMaxLength]);
        RuleFor(b => b.SenderName).Must(IsOneLine).WithMessage(_ => text["NameControl"]);
        RuleFor(b => b.SenderName).MaximumLength(Agency.NameMaxLength).WithMessage(_ => text["TooLong", Agency.NameMaxLength]);
        RuleFor(b => b.ReplyTo).Must(a => a is null || EmailAddress.IsOne(a)).WithMessage(_ => text["AddressWrong"]);
        RuleFor(b => b.Colour).Must(c => c is null || BrandColour.Parse(c) is not null).WithMessage(_ => text["ColourWrong"]);
        RuleFor(b => b.FooterText).Must(t => t is null || t.Split('\n').All(IsOneLine)).WithMessage(_ => text["NameControl"]);
        RuleFor(b => b.FooterText).MaximumLength(Branding.FooterMaxLength).WithMessage(_ => text["TooLong", Branding.FooterMaxLength]);
        RuleFor(b => b.PrivacyUrl).Must(IsWebAddress).WithMessage(_ => text["UrlWrong"]);
        RuleFor(b => b.ImprintUrl).Must(IsWebAddress).WithMessage(_ => text["UrlWrong"]);
        RuleFor(b => b.PublicHost).Must(h => h is null || hosts.MayBeAnAgencys(h)).WithMessage(_ => text[HostRefused]);
    }

    /// <summary>The one sentence for a host that cannot be had, whether it is no host name, the portal's, or another agency's.</summary>
    internal static string HostRefused => nameof(HostRefused);

    /// <summary>
    /// Whether the text can stand in a header or a title: no control characters, no line or paragraph separators, no halves of characters.
    /// </summary>
    internal static bool IsOneLine(string? text) => text is null || text.EnumerateRunes().All(rune =>
        rune.Value != 0xfffd
            && System.Text.Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator));

    private static bool IsWebAddress(string? url) => url is null
        || (url.Length <= Branding.UrlMaxLength && !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            && Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) && address.UserInfo.Length == 0
            && (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)));
}
