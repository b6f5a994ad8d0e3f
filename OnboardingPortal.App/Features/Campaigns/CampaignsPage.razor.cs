using Microsoft.AspNetCore.Components;
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
    private const int ShownAtOnce = 50;
    private const int MaxWithoutSearch = 10;

    private IReadOnlyList<CampaignDraft>? _drafts; // null until the first load
    private bool _hasClients;
    private bool _isMainUser;

    /// <summary>What of the list is shown: words in the name of the campaign, the client, the ad account or the Page.</summary>
    [SupplyParameterFromQuery(Name = "search")] public string? Search { get; set; }

    private IStringLocalizer<CampaignsText> Text => text;

    private IReadOnlyList<CampaignDraft> Found => string.IsNullOrWhiteSpace(Search) ? _drafts! : [.. _drafts!.Where(IsFound)];

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var drafts = await campaigns.ListAsync(caller, Leaving);
        _hasClients = drafts.Count > 0 || (await campaigns.ListClientsAsync(caller, Leaving)).Count > 0;
        _isMainUser = caller.Role == AgencyRole.MainUser;
        _drafts = drafts;
    }

    private void Seek(string? words) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("search", string.IsNullOrWhiteSpace(words) ? null : words), replace: true);

    private bool IsFound(CampaignDraft draft)
    {
        string[] names = [draft.Terms.Name, draft.Client, draft.AdAccountName, draft.PageName];
        return names.Any(name => name.Contains(Search!.Trim(), StringComparison.CurrentCultureIgnoreCase));
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
                ? Notice.Done(text[came.Deleted == 1 ? "DeletedAllOne" : "DeletedAll", came.Deleted, draft.Client])
                : new Notice(Severity.Warning, $"{text["DeletedSome", came.Deleted, came.Left.Count]} {string.Join(" ", left)}"));
            await LoadAsync(caller);
        });
    }
}
