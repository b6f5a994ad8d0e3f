using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>
/// Does the same with several requests, one after the other, and tells in one notice with how many it was done, and with which not and why.
/// </summary>
public sealed class SeveralRequests(
    RequestService requests, PlatformCatalog platforms, IStringLocalizer<RequestsText> text, IStringLocalizer<PortalError> errors,
    IJSRuntime script)
{
    private const int MaxNames = 3;

    public Task<Notice> ResendAsync(AgencyCaller caller, IReadOnlyList<RequestLineView> chosen, CancellationToken cancellationToken) =>
        ForEachAsync(
            "SeveralResent", chosen,
            async id => await requests.ResendAsync(caller, id, cancellationToken) is { Succeeded: false, Error: var error } ? error : null);

    public Task<Notice> DeleteAsync(AgencyCaller caller, IReadOnlyList<RequestLineView> chosen, CancellationToken cancellationToken) =>
        ForEachAsync(
            "SeveralDeleted", chosen,
            async id => await requests.DeleteAsync(caller, id, cancellationToken) is { Succeeded: false, Error: var error } ? error : null);

    /// <summary>Copies the links, one a line behind its recipient; shows them where the browser refuses the clipboard.</summary>
    public async Task<Notice> CopyLinksAsync(
        AgencyCaller caller, IReadOnlyList<RequestLineView> chosen, CancellationToken cancellationToken)
    {
        var names = chosen.ToDictionary(line => line.Id, line => line.FirstRecipient);
        var links = new List<string>();
        var notice = await ForEachAsync("SeveralCopied", chosen, async id =>
        {
            var link = await requests.CopyLinkAsync(caller, id, cancellationToken);
            if (!link.Succeeded) return link.Error;
            links.Add(names[id].Length > 0 ? $"{names[id]}: {link.Value.AbsoluteUri}" : link.Value.AbsoluteUri);
            return null;
        });
        if (links.Count == 0) return notice;
        var all = string.Join('\n', links);
        return await script.InvokeAsync<bool>("portal.copy", cancellationToken, all)
            ? notice
            : new Notice(Severity.Info, text["LinksShown"], all);
    }

    private async Task<Notice> ForEachAsync(string done, IReadOnlyList<RequestLineView> chosen, Func<RequestId, Task<PortalError?>> act)
    {
        var refused = new List<(string Name, string Why)>();
        foreach (var line in chosen)
        {
            if (await act(line.Id) is { } error) refused.Add((line.Recipient, errors.For(error, platforms)));
        }

        var count = chosen.Count - refused.Count;
        string[] words = count == 0 ? [] : [text[count == 1 ? $"{done}One" : done, count]];
        if (refused.Count == 0) return Notice.Done(words[0]);
        var reasons = refused.GroupBy(r => r.Why, r => r.Name).Select(g => text["SeveralRefused", NamesOf([.. g]), g.Key].Value);
        return Notice.Refused(string.Join(' ', words.Concat(reasons)));
    }

    private string NamesOf(IReadOnlyList<string> names)
    {
        var first = string.Join(", ", names.Take(MaxNames));
        return names.Count > MaxNames ? $"{first}, {text["More", names.Count - MaxNames]}" : first;
    }
}
