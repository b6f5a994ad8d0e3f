using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Outbox;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Email;

/// <summary>
/// How mails leave, what becomes of them, and those that were given up. The settings come from the configuration; secrets are never shown.
/// </summary>
public sealed partial class EmailPage(
    PortalPageServices services, EmailSetup setup, DeliveryService deliveries, GivenUpMails givenUp, PlatformCatalog platforms,
    IStringLocalizer<EmailText> text, IStringLocalizer<PortalError> errors)
    : PortalPage(services)
{
    private readonly IStringLocalizer<EmailText> _text = text;
    private EmailSetupState? _state;          // null until the first load
    private IReadOnlyList<GivenUpMail> _mails = [];
    private long _unmatched;
    private SendingTrouble? _trouble;         // why mails wait; null when nothing is wrong
    private EmailTestAnswer? _answer;         // of the transport, to the last test mail

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var found = setup.Get(caller);
        _state = found.Succeeded ? found.Value : throw new UnauthorizedAccessException();
        _mails = await givenUp.ListAsync(caller, null, Leaving);
        _unmatched = await deliveries.CountUnmatchedAsync(Leaving);
        _trouble = await givenUp.FindTroubleAsync(caller, Leaving);
    }

    private Task SendTestAsync() => RunAsync(async caller =>
    {
        _answer = null;
        Notices.Show(null);
        var sent = await setup.SendTestAsync(caller, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, Leaving);
        if (sent.Succeeded) _answer = sent.Value;
        else Notices.Show(Refused(sent.Error));
    });

    private Task MoreAsync() => RunAsync(async caller => _mails = [.. _mails, .. await givenUp.ListAsync(caller, _mails[^1].Id, Leaving)]);

    private Task SendAgainAsync(GivenUpMail mail) => RunAsync(async caller =>
    {
        var refusal = await givenUp.SendAgainAsync(caller, mail.Id, Leaving);
        Notices.Show(refusal is null ? Notice.Done(_text["SentAgain", mail.To]) : Refused(refusal));
        _mails = [.. _mails.Where(m => m.Id != mail.Id)]; // queued now, or no longer given up
    });

    private Notice Refused(PortalError refusal) => Notice.Refused(errors.For(refusal, platforms));
}
