using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Email;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Settings;

/// <summary>The mails that were given up: why, and the way to send them again.</summary>
public sealed partial class GivenUpList(
    PortalPageServices services, GivenUpMails mails, PlatformCatalog platforms, IStringLocalizer<SettingsText> text, IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private readonly IStringLocalizer<SettingsText> _text = text;
    private IReadOnlyList<GivenUpMail>? _mails;   // null until the first load
    private Notice? _told;

    protected override async Task LoadAsync(AgencyCaller caller) => _mails = await mails.ListAsync(caller, null, Leaving);

    private Task MoreAsync() => RunAsync(async caller => _mails = [.. _mails!, .. await mails.ListAsync(caller, _mails![^1].Id, Leaving)]);

    private Task SendAgainAsync(GivenUpMail mail) => RunAsync(async caller =>
    {
        var refusal = await mails.SendAgainAsync(caller, mail.Id, Leaving);
        _told = refusal is null ? Notice.Done(_text["SentAgain", mail.To]) : Notice.Refused(errors.For(refusal, platforms));
        _mails = [.. _mails!.Where(m => m.Id != mail.Id)]; // queued now, or no longer given up
    });
}
