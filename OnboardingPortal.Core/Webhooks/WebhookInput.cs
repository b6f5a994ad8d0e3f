using FluentValidation;
using Microsoft.Extensions.Localization;

namespace OnboardingPortal.Core.Webhooks;

/// <summary>What a main user fills in for an endpoint; <see cref="WebhookInputValidator"/> holds its rules.</summary>
/// <param name="Url">Absolute https address on the public internet; surrounding blanks do not count.</param>
/// <param name="Types">Of <see cref="WebhookEventTypes.All"/>, duplicates count once; empty = all, also those to come.</param>
public sealed record WebhookInput(string Url, IReadOnlyList<string> Types);

/// <summary>The rules of <see cref="WebhookInput"/> that need no name server.</summary>
public sealed class WebhookInputValidator : AbstractValidator<WebhookInput>
{
    /// <summary>Builds the rules.</summary>
    public WebhookInputValidator(IStringLocalizer<WebhookInputValidator> text, WebhookAddress addresses)
    {
        RuleFor(w => w.Url).Custom((url, context) =>
        {
            if (addresses.Read(url, out _) is { } problem) context.AddFailure(nameof(WebhookInput.Url), WordsFor(text, problem));
        });
        RuleFor(w => w.Types).Must(types => types.All(t => WebhookEventTypes.All.Contains(t))).WithMessage(_ => text["TypeUnknown"]);
    }

    internal static string WordsFor(IStringLocalizer<WebhookInputValidator> text, WebhookAddressProblem problem) =>
        text[$"Url{problem}", WebhookEndpoint.UrlMaxLength];
}
