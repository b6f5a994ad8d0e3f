using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Campaigns;

/// <summary>The drafts that the agency made on its clients' ad accounts.</summary>
public sealed partial class CampaignsPage(
    PortalPageServices services, CampaignService campaigns, CampaignRemoval removal, PlatformCatalog platforms, IDialogService dialogs,
    IStringLocalizer<CampaignsText> text, IStringLocalizer<PortalError> errors) : PortalPage(services)
{
    private IReadOnlyList<CampaignDraft>? _drafts; // null until the first load
    private bool _hasClients;
    private bool _isMainUser;

    private IStringLocalizer<CampaignsText> Text => text;

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var drafts = await campaigns.ListAsync(caller, Leaving);
        _hasClients = drafts.Count > 0 || (await campaigns.ListClientsAsync(caller, Leaving)).Count > 0;
        _isMainUser = caller.Role == AgencyRole.MainUser;
        _drafts = drafts;
    }

    private async Task DeleteAsync(CampaignDraft draft)
    {
        if (!await dialogs.AskAsync(text["DeleteTitle", draft.Terms.Name], text["DeleteText"], text["Delete"], isDangerous: true)) return;
        await RunAsync(async caller =>
        {
            var refusal = await removal.DeleteAsync(caller, draft.Id, Leaving);
            Notices.Show(refusal is null
                ? Notice.Done(text["Deleted", draft.Terms.Name])
                : new Notice(Severity.Error, errors.For(refusal, platforms)));
            await LoadAsync(caller);
        });
    }

    private async Task DeleteAllAsync(CampaignDraft draft)
    {
        var isSure = await dialogs.AskAsync(
            text["DeleteAllTitle", draft.Client], text["DeleteAllText"], text["DeleteAllYes"], isDangerous: true);
        if (!isSure) return;
        await RunAsync(async caller =>
        {
            var came = await removal.DeleteOfClientAsync(caller, draft.RequestId, Leaving);
            var left = came.Left.Select(l => $"{l.Name}: {errors.For(l.Why, platforms)}");
            Notices.Show(came.Left.Count == 0
                ? Notice.Done(text["DeletedAll", came.Deleted, draft.Client])
                : new Notice(Severity.Warning, $"{text["DeletedSome", came.Deleted, came.Left.Count]} {string.Join(" ", left)}"));
            await LoadAsync(caller);
        });
    }
}
