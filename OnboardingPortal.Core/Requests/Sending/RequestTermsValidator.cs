using FluentValidation;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Requests;

/// <summary>The rules of <see cref="RequestTerms"/>: the form and <see cref="RequestService"/> both ask them.</summary>
public sealed class RequestTermsValidator : AbstractValidator<RequestTerms>
{
    private const string AskedBefore = nameof(AskedBefore);

    /// <summary>Builds the rules.</summary>
    public RequestTermsValidator(IStringLocalizer<RequestTermsValidator> text, PlatformCatalog platforms)
    {
        RuleFor(r => r.Message).Must(m => !string.IsNullOrWhiteSpace(m)).WithMessage(_ => text["MessageMissing"]);
        RuleFor(r => r.Message).MaximumLength(OnboardingRequest.MessageMaxLength)
            .WithMessage(r => text["MessageTooLong", OnboardingRequest.MessageMaxLength, r.Message.Length]);
        RuleFor(r => r.Message).Must(m => m is null || !m.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            .WithMessage(_ => text["MessageControl"]);
        RuleFor(r => r.Platforms).NotEmpty().WithMessage(_ => text["ChooseAPlatform"]);
        RuleForEach(r => r.Platforms).OverrideIndexer((_, _, _, _) => "") // one field on the form, not one a platform
            .Must((_, key, context) => platforms.Find(key) is { IsConfigured: true } || IsKept(key, context))
            .WithMessage((_, key) => text["PlatformUnavailable", platforms.NameOf(key)]);
        RuleFor(r => r.BusinessManagerId).NotEmpty().When(r => NeedsAssets(r, platforms)).WithMessage(_ => text["ChooseABusiness"]);
        RuleFor(r => r.FacebookUserId).NotNull().When(r => NeedsAssets(r, platforms)).WithMessage(_ => text["ChooseAFacebookUser"]);
        RuleFor(r => r.Language).Must(l => l is null || PortalLanguages.All.Contains(l)).WithMessage(_ => text["LanguageUnknown"]);
    }

    /// <summary>
    /// Makes the rules those of a request that exists: a service that it asks for already may stay, also when it is no longer offered.
    /// </summary>
    public static ValidationContext<RequestTerms> Changing(ValidationContext<RequestTerms> context, IReadOnlyList<PlatformKey> before)
    {
        context.RootContextData[AskedBefore] = before;
        return context;
    }

    private static bool IsKept(PlatformKey key, ValidationContext<RequestTerms> context) =>
        context.RootContextData.TryGetValue(AskedBefore, out var before) && ((IReadOnlyList<PlatformKey>)before).Contains(key);

    private static bool NeedsAssets(RequestTerms request, PlatformCatalog platforms) =>
        request.Platforms.Any(key => platforms.Find(key)?.Descriptor.Grants == PlatformGrants.Assets);
}
