using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Settings;

/// <summary>How mails leave. Nothing is changed here: it comes from the configuration, and secrets are never shown.</summary>
public sealed partial class EmailSettings(PortalPageServices services, EmailSetup setup, IStringLocalizer<PortalError> errors, PlatformCatalog platforms) : PortalPage(services)
{
    private EmailSetupState? _state;
    private EmailTestAnswer? _answer;
    private string? _refusal;

    protected override Task LoadAsync(AgencyCaller caller)
    {
        var found = setup.Get(caller);
        _state = found.Succeeded ? found.Value : throw new UnauthorizedAccessException();
        return Task.CompletedTask;
    }

    private Task SendTestAsync() => RunAsync(async caller =>
    {
        (_answer, _refusal) = (null, null);
        var sent = await setup.SendTestAsync(caller, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, Leaving);
        if (sent.Succeeded) _answer = sent.Value;
        else _refusal = errors.For(sent.Error, platforms);
    });
}
