using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Campaigns;

public sealed partial class NameRuleCard(
    PortalPageServices services, CampaignNaming naming, PlatformCatalog platforms, IStringLocalizer<CampaignsText> text,
    IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private string? _rule; // null until loaded

    private IStringLocalizer<CampaignsText> Text => text;

    protected override async Task LoadAsync(AgencyCaller caller) => _rule = await naming.GetRuleAsync(caller, Leaving);

    private Task SaveAsync() => RunAsync(async caller =>
    {
        var refusal = await naming.SetRuleAsync(caller, _rule!, Leaving);
        Notices.Show(refusal is null ? Notice.Done(text["NameRuleSaved"]) : new Notice(Severity.Error, errors.For(refusal, platforms)));
        if (refusal is null) await LoadAsync(caller);
    });
}
