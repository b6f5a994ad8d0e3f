using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Components.Shared;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Components.Requests;

/// <summary>What the table and the request's page do alike, and the words for how it went.</summary>
public sealed class RequestActions(
    RequestService requests, ConnectedAccounts accounts, PlatformCatalog platforms, IStringLocalizer<RequestsText> text, IStringLocalizer<PortalError> errors, IJSRuntime script)
{
    public async Task<Notice> SendAsync(AgencyCaller caller, RequestId id, string addresses, CancellationToken cancellationToken) =>
        Sent(await requests.SendAsync(caller, id, addresses, cancellationToken));

    public async Task<Notice> ResendAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken) =>
        Sent(await requests.ResendAsync(caller, id, cancellationToken));

    /// <summary>Copies the link; shows it as well, for browsers that refuse the clipboard.</summary>
    public async Task<Notice> CopyLinkAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var link = await requests.CopyLinkAsync(caller, id, cancellationToken);
        if (!link.Succeeded) return Refuse(link.Error);
        var copied = await script.InvokeAsync<bool>("portal.copy", cancellationToken, link.Value.AbsoluteUri);
        return new Notice(copied ? "success" : "info", text[copied ? "LinkCopied" : "LinkShown"], link.Value.AbsoluteUri);
    }

    /// <summary>Asks the platform about the request's accounts there that were lost.</summary>
    public async Task<Notice> CheckAsync(AgencyCaller caller, RequestDetails request, PlatformKey platform, CancellationToken cancellationToken)
    {
        foreach (var account in request.Request.Connections.Where(c => c.Platform == platform && c.State == ConnectionState.ReconnectNeeded))
        {
            if (await accounts.CheckAsync(caller, account.Id, cancellationToken) is { } problem) return Refuse(problem);
        }

        return Notice.Done(text["WorksAgain"]);
    }

    public async Task<Notice> DeleteAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var deleted = await requests.DeleteAsync(caller, id, cancellationToken);
        return deleted.Succeeded ? Notice.Done(text["Deleted"]) : Refuse(deleted.Error);
    }

    public Notice Refuse(PortalError error) => Notice.Refused(errors.For(error, platforms));

    /// <summary>Puts an address into the browser's bar without going there.</summary>
    public ValueTask RememberAsync(string address) => script.InvokeVoidAsync("portal.replaceAddress", address);

    private Notice Sent(Result<int> sent) => sent switch
    {
        { Succeeded: false } => Refuse(sent.Error),
        { Value: 1 } => Notice.Done(text["SentOne"]),
        _ => Notice.Done(text["SentMany", sent.Value]),
    };
}
