using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Campaigns;

/// <summary>One draft: what it is, how far it is, where it goes on.</summary>
public sealed partial class CampaignPage(
    PortalPageServices services, CampaignService campaigns, CampaignCheck check, CampaignRemoval removal, PlatformCatalog platforms,
    IDialogService dialogs, IStringLocalizer<CampaignsText> text, IStringLocalizer<PortalError> errors, TimeProvider clock)
    : PortalPage(services)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private CampaignDraft? _draft; // null until loaded
    private string? _link;
    private bool _isFollowing;

    [Parameter] public long Id { get; set; }

    protected override object? Subject => Id;

    private IStringLocalizer<CampaignsText> Text => text;

    private IStringLocalizer<PortalError> Errors => errors;

    private PlatformCatalog Platforms => platforms;

    private CampaignDraftId Draft => CampaignDraftId.From(Id);

    private IReadOnlyList<BreadcrumbItem> Trail => [new(text["Campaigns"], "/campaigns")];

    protected override async Task CheckAddressAsync(AgencyCaller caller)
    {
        if (await campaigns.FindAsync(caller, Draft, Leaving) is null) Navigation.NotFound();
    }

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var draft = await campaigns.FindAsync(caller, Draft, Leaving);
        if (draft is null)
        {
            if (_draft?.Id == Draft) Navigation.NavigateTo("/campaigns"); // deleted, perhaps in another window
            else Navigation.NotFound();
            return;
        }

        var link = await campaigns.FindLinkAsync(caller, Draft, Leaving);
        _link = link.Succeeded ? link.Value.AbsoluteUri : null;
        _draft = draft;
        if (IsOnItsWay) _ = FollowAsync();
    }

    private bool IsOnItsWay => _draft is { State: CampaignState.Making or CampaignState.OutcomeUnknown }
        or { State: CampaignState.Refused, CampaignId: not null };

    /// <summary>Reads again every two seconds while the draft is being made, whichever node makes it.</summary>
    private async Task FollowAsync()
    {
        if (_isFollowing) return;
        _isFollowing = true;
        try
        {
            using var timer = new PeriodicTimer(Pause, clock);
            while (IsOnItsWay && await timer.WaitForNextTickAsync(Leaving))
            {
                await TryAsync(LoadAsync);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            return; // the person left the page
        }
        finally
        {
            _isFollowing = false;
        }
    }

    private Task CheckAsync() => RunAsync(async caller =>
    {
        var refusal = await check.CheckAsync(caller, Draft, Leaving);
        Notices.Show(refusal is null ? Notice.Done(text["Checked"]) : new Notice(Severity.Error, errors.For(refusal, platforms)));
        await LoadAsync(caller);
    });

    private Task GoOnAsync() => RunAsync(async caller =>
    {
        if (await campaigns.GoOnAsync(caller, Draft, Leaving) is { } refusal)
            Notices.Show(new Notice(Severity.Error, errors.For(refusal, platforms)));
        await LoadAsync(caller);
        if (IsOnItsWay) Notices.Show(new Notice(Severity.Info, text["NotYet"]));
    });

    private async Task DeleteAsync()
    {
        var name = _draft!.Terms.Name;
        if (!await dialogs.AskAsync(text["DeleteTitle", name], text["DeleteText"], text["Delete"], isDangerous: true)) return;
        await RunAsync(async caller =>
        {
            if (await removal.DeleteAsync(caller, Draft, Leaving) is { } refusal)
            {
                Notices.Show(new Notice(Severity.Error, errors.For(refusal, platforms)));
                await LoadAsync(caller);
                return;
            }

            Notices.Show(Notice.Done(text["Deleted", name]));
            Navigation.NavigateTo("/campaigns");
        });
    }

    private static Severity SeverityOf(CampaignDraft draft) => draft.State switch
    {
        CampaignState.Started => Severity.Warning,
        CampaignState.Paused => Severity.Success,
        CampaignState.Refused => Severity.Error,
        _ => Severity.Info,
    };
}
