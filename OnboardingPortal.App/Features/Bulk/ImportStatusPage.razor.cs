using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Bulk;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Bulk;

/// <summary>
/// One import: its rows and problems before it is sent, how far it is meanwhile, what became of it. Never holds more than a page of rows.
/// </summary>
public sealed partial class ImportStatusPage(
    PortalPageServices services, BulkService bulk, PlatformCatalog platforms, IDialogService dialogs, IStringLocalizer<BulkText> text,
    IStringLocalizer<RequestsText> requestsText, IStringLocalizer<SharedText> shared, IStringLocalizer<PortalError> errors,
    TimeProvider clock) : PortalPage(services)
{
    private const int PageSize = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IStringLocalizer<SharedText> _shared = shared;
    private readonly Stack<int> _earlier = [];           // where the pages before begin, as far as they were turned here
    private BulkOverview? _import;                       // null until loaded
    private BulkPage _page = new([], false);
    private bool _isFollowing;

    [Parameter] public long Id { get; set; }

    /// <summary>Whether only rows with problems are shown: <c>true</c>, or hostile text.</summary>
    [SupplyParameterFromQuery(Name = "problems")] public string? ProblemsText { get; set; }

    /// <summary>After which line of the file the page begins; its number, or hostile text.</summary>
    [SupplyParameterFromQuery(Name = "after")] public string? AfterText { get; set; }

    protected override object? Subject => (Id, Problems, After);

    private bool Problems => bool.TryParse(ProblemsText, out var problems) && problems;

    private int After => IdIn(AfterText) is <= int.MaxValue and var line ? (int)line : 0;

    private IStringLocalizer<BulkText> Text => text;

    private BulkImportId Import => BulkImportId.From(Id);

    private IReadOnlyList<BreadcrumbItem> Trail =>
        [.. RequestTrail.OfRequests(requestsText), new(text["Title"], "/collaboration/requests/import")];

    /// <summary>An import that is forgotten, unknown or somebody else's gives the same answer.</summary>
    protected override async Task CheckAddressAsync(AgencyCaller caller)
    {
        if (await bulk.FindAsync(caller, Import, Leaving) is null) Navigation.NotFound();
    }

    protected override async Task LoadAsync(AgencyCaller caller)
    {
        var subject = Subject;
        var import = await bulk.FindAsync(caller, Import, Leaving);
        if (import is null)
        {
            if (_import?.Id == Import) Navigation.NavigateTo("/collaboration/requests/import"); // thrown away, perhaps in another window
            else Navigation.NotFound();
            return;
        }

        var page = await bulk.ListRowsAsync(caller, Import, Problems, After, PageSize, Leaving);
        if (!Equals(subject, Subject)) return; // the person has turned meanwhile, and theirs is on its way
        _import = import;
        _page = page;
        if (import.State == BulkImportState.Sending) _ = FollowAsync();
    }

    /// <summary>Reads again once a second while the import is being sent, whichever node sends it.</summary>
    private async Task FollowAsync()
    {
        if (_isFollowing) return;
        _isFollowing = true;
        try
        {
            using var timer = new PeriodicTimer(Pause, clock);
            while (_import is { State: BulkImportState.Sending } && await timer.WaitForNextTickAsync(Leaving))
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

    private async Task SendAsync()
    {
        var words = SendWords(_import!);
        if (await dialogs.AskAsync($"{words}?", text["SendQuestion"], words))
            await ActAsync(caller => bulk.SendAsync(caller, Import, Leaving));
    }

    private async Task StopAsync()
    {
        if (await dialogs.AskAsync(text["StopTitle"], text["StopQuestion"], text["Stop"], _shared["Close"], isDangerous: true))
            await CancelAsync();
    }

    private Task CancelAsync() => ActAsync(caller => bulk.CancelAsync(caller, Import, Leaving));

    private Task ActAsync(Func<AgencyCaller, Task<PortalError?>> action) => RunAsync(async caller =>
    {
        if (await action(caller) is { } refusal) Notices.Show(Notice.Refused(errors.For(refusal, platforms)));
        await LoadAsync(caller);
    });

    private void Filter(bool problems)
    {
        _earlier.Clear();
        Go(problems, 0);
    }

    private void Turn()
    {
        _earlier.Push(After);
        Go(Problems, _page.Lines[^1].Line);
    }

    private void TurnBack() => Go(Problems, _earlier.TryPop(out var after) ? after : 0);

    private void Go(bool problems, int after) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(
            new Dictionary<string, object?> { ["problems"] = problems ? true : null, ["after"] = after > 0 ? after : null }),
                replace: true);

    private string SendWords(BulkOverview import) => import.Ready == 1 ? text["SendOne"] : text["Send", Number(import.Ready)];

    private string ProgressText(BulkOverview import) => text["ProgressText", Number(import.Sent + import.Failed), Number(import.ToSend)];

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
