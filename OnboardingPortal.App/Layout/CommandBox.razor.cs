using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.App.Security;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Layout;

/// <summary>Finds the pages that the user may see by their names, and the requests that they see as the table finds them.</summary>
public sealed partial class CommandBox(
    NavigationManager navigation, RequestTable requests, CurrentCaller caller, TimeProvider clock,
    IStringLocalizer<ShellText> text, IStringLocalizer<RequestsText> words, IStringLocalizer<SharedText> shared) : ComponentBase
{
    private const int MaxOfEach = 6;
    private readonly IStringLocalizer<ShellText> _text = text;
    private readonly IStringLocalizer<SharedText> _shared = shared;
    private MudAutocomplete<CommandBoxEntry>? _field;
    private string _typed = "";
    private string _sought = "";

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    private async Task<IEnumerable<CommandBoxEntry>> FindAsync(string? typed, CancellationToken cancellationToken)
    {
        _sought = typed?.Trim() ?? "";
        var me = await caller.GetAsync(cancellationToken);
        var pages = PortalPlaces.All.Where(place => me.Role == AgencyRole.MainUser || !place.ForMainUsers)
            .Select(place => new CommandBoxEntry(place.Address, _text[place.Name], place.Icon, ""));
        if (_sought.Length == 0) return pages;
        pages = pages.Where(page => page.Name.Contains(_sought, StringComparison.CurrentCultureIgnoreCase)).Take(MaxOfEach);
        if (!RequestSearch.HasWords(_sought)) return pages;
        var found = await requests.ListAsync(
            me.Scope, new RequestQuery(_sought, null, RequestSort.Newest, null, MaxOfEach), cancellationToken);
        return pages.Concat(found.Rows.Select(EntryOf));
    }

    private CommandBoxEntry EntryOf(RequestRow row) => new(
        $"/collaboration/requests/{row.Id}", row.FirstRecipient.Length > 0 ? row.FirstRecipient : _text["NoRecipient"],
        Icons.Material.Outlined.Send,
        words[$"Status{row.StatusAt(clock.GetUtcNow())}"]);

    /// <summary>
    /// Enter may come before what was typed is searched for: the list still answers an earlier text then, and is not taken from.
    /// </summary>
    private async Task EnteredAsync(KeyboardEventArgs key)
    {
        if (_field is null || key.Key is not ("Enter" or "NumpadEnter") || _typed.Trim() == _sought) return;
        await _field.CloseMenuAsync();
        Go((await FindAsync(_typed, CancellationToken.None)).FirstOrDefault());
    }

    private void Go(CommandBoxEntry? entry)
    {
        if (entry is null) return;
        Dialog.Close();
        navigation.NavigateTo(entry.Address);
    }
}
