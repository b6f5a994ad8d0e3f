using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.DataSync;

/// <summary>All syncs that the user sees, those with a problem first; follows along while they run.</summary>
public sealed partial class SyncsPage(
    PortalPageServices services, SyncService syncs, SyncFeed feed, PlatformCatalog platforms, IStringLocalizer<PortalError> errors)
    : FollowingPage<AudienceSyncId?>(services)
{
    private const int ShownAtOnce = 50;
    private const int MaxWithoutSearch = 10;

    private IReadOnlyList<SyncLine>? _lines; // null until the first load
    private bool _canStart;

    /// <summary>What of the list is shown: words in the client's, list's or audience's name.</summary>
    [SupplyParameterFromQuery(Name = "search")] public string? Search { get; set; }

    private IReadOnlyList<SyncLine> Found => string.IsNullOrWhiteSpace(Search) ? _lines! : [.. _lines!.Where(IsFound)];

    protected override IDisposable Subscribe(AgencyCaller caller, Action<AudienceSyncId?> changed) => feed.Subscribe(caller, changed);

    protected override async Task ReadAsync(AgencyCaller caller)
    {
        _lines = await syncs.ListAsync(caller, Leaving);
        if (_lines.Count == 0) _canStart = (await syncs.SourcesAsync(caller, Leaving)).Count > 0;
    }

    /// <summary>Tries again here; everything else needs the sync's own page.</summary>
    private Task CureAsync(SyncLine line)
    {
        if (SyncCures.Of(line.Problem!.Value).Remedy != SyncRemedy.TryAgain)
        {
            Navigation.NavigateTo($"/data-sync/{line.Id}");
            return Task.CompletedTask;
        }

        return RunAsync(async caller =>
        {
            var refusal = line.State == SyncState.New
                ? await syncs.PlanAsync(caller, line.Id, Leaving)
                : await syncs.RunAsync(caller, line.Id, Leaving);
            Notices.Show(refusal is null ? Notice.Done(Text["TriesAgain"]) : Notice.Refused(errors.For(refusal, platforms)));
            await LoadAsync(caller);
        });
    }

    private void Seek(string? words) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("search", string.IsNullOrWhiteSpace(words) ? null : words), replace: true);

    private bool IsFound(SyncLine line)
    {
        string[] names = [line.Client, line.ListName, line.AdAccount, line.AudienceName, platforms.NameOf(line.Platform)];
        return names.Any(name => name.Contains(Search!.Trim(), StringComparison.CurrentCultureIgnoreCase));
    }
}
