using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>The dialogs that the table and the request's page share. They ask and show; what is to be done is their caller's.</summary>
public sealed class RequestDialogs(IDialogService dialogs, PlatformCatalog platforms, IStringLocalizer<RequestsText> text)
{
    /// <summary>Asks before a request is deleted, and tells what was granted through it.</summary>
    /// <returns>Whether it is to be deleted.</returns>
    public Task<bool> AskDeleteAsync(OnboardingRequest request)
    {
        var granted = request.ListOutcomes().SelectMany(GrantsOf);
        return AskDeleteAsync(
            text["DeleteTitle", NameOf(request.FirstRecipient)], text[request.SentAt is null ? "DeleteDraftText" : "DeleteText"],
            text["DeleteRequest"], [.. granted]);
    }

    /// <summary>Asks before several requests are deleted, and tells what was granted through them.</summary>
    /// <returns>Whether they are to be deleted.</returns>
    public Task<bool> AskDeleteAsync(
        IReadOnlyList<RequestLineView> chosen, IReadOnlyDictionary<RequestId, IReadOnlyList<PlatformOutcome>> outcomes)
    {
        var granted = chosen.Where(line => outcomes.ContainsKey(line.Id))
            .SelectMany(line => outcomes[line.Id].SelectMany(GrantsOf).Select(grant => $"{line.Recipient}: {grant}"));
        return AskDeleteAsync(
            text[chosen.Count == 1 ? "DeleteSeveralTitleOne" : "DeleteSeveralTitle", chosen.Count], text["DeleteSeveralText"],
            text["DeleteRequests"], [.. granted]);
    }

    /// <summary>Asks before new links take the place of all that are out.</summary>
    /// <returns>Whether they are to.</returns>
    public Task<bool> AskNewLinkAsync() => dialogs.AskAsync(text["NewLinkTitle"], text["NewLinkText"], text["NewLink"], isDangerous: true);

    /// <summary>Asks before a new link takes the place of a recipient's own.</summary>
    /// <returns>Whether it is to.</returns>
    public Task<bool> AskNewLinkAsync(Recipient recipient) =>
        dialogs.AskAsync(text["NewLinkForTitle", recipient.Email], text["NewLinkForText"], text["NewLink"], isDangerous: true);

    /// <summary>Mails the request again to whom the person chooses; a refusal is shown in the dialog, for another try.</summary>
    /// <param name="request">With its recipients.</param>
    /// <param name="send">Sends, and gives back how it went; null = it did not come to that, and the page says why.</param>
    public async Task ResendAsync(OnboardingRequest request, Func<ResendChoice, Task<Notice?>> send)
    {
        var parameters = new DialogParameters<ResendDialog> { { d => d.Request, request }, { d => d.Send, send } };
        var dialog = await dialogs.ShowAsync<ResendDialog>(text["ResendEmail"], parameters);
        await dialog.Result;
    }

    /// <summary>Tells what went wrong at a platform, and offers what can be done.</summary>
    /// <param name="request">The request.</param>
    /// <param name="platform">Where something went wrong.</param>
    /// <param name="check">Asks the platform again about the accounts that were lost: how it went, and the request as it is now.</param>
    /// <param name="reconnect">Mails the link again, so that the client can sign in anew.</param>
    public async Task ShowProblemAsync(
        RequestDetails request, PlatformKey platform, Func<RequestDetails, Task<(Notice? Told, RequestDetails? Now)>> check,
        Func<Task<Notice?>> reconnect)
    {
        var parameters = new DialogParameters<ProblemDialog>
        {
            { d => d.Request, request },
            { d => d.Platform, platform },
            { d => d.Check, check },
            { d => d.Reconnect, reconnect },
        };
        var dialog = await dialogs.ShowAsync<ProblemDialog>(text["ProblemTitle", platforms.NameOf(platform)], parameters);
        await dialog.Result;
    }

    private async Task<bool> AskDeleteAsync(string title, string words, string yes, IReadOnlyList<string> granted)
    {
        var parameters = new DialogParameters<DeleteDialog> { { d => d.Words, words }, { d => d.Yes, yes }, { d => d.Granted, granted } };
        var dialog = await dialogs.ShowAsync<DeleteDialog>(title, parameters);
        return await dialog.Result is { Canceled: false };
    }

    private IEnumerable<string> GrantsOf(PlatformOutcome outcome) =>
        outcome.Granted.Select(name => $"{platforms.NameOf(outcome.Platform)}: {name}");

    private string NameOf(string recipient) => recipient.Length > 0 ? recipient : text["NoRecipient"];
}
