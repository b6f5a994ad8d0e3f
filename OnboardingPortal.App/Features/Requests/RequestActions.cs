using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Connect;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>What the table and the request's page do alike, and the words for how it went.</summary>
public sealed class RequestActions(
    RequestService requests, RecipientLinks links, ConnectedAccounts accounts, PlatformCatalog platforms,
    IStringLocalizer<RequestsText> text,
    IStringLocalizer<PortalError> errors, IJSRuntime script)
{
    public async Task<Notice> SendAsync(AgencyCaller caller, RequestId id, string addresses, CancellationToken cancellationToken) =>
        Sent(await requests.SendAsync(caller, id, addresses, cancellationToken));

    public async Task<Notice> ResendAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken) =>
        Sent(await requests.ResendAsync(caller, id, cancellationToken));

    /// <summary>Mails the request again to whom the person chose; says so when somebody was left out.</summary>
    public async Task<Notice> ResendAsync(AgencyCaller caller, RequestId id, ResendChoice choice, CancellationToken cancellationToken)
    {
        var sent = await requests.ResendAsync(caller, id, choice, cancellationToken);
        var wanted = choice.Recipients.Count
            + (RecipientList.Read(choice.Further) is { Succeeded: true } further ? further.Value.Count : 0);
        return Sent(sent) is { IsDone: true } done && sent.Value < wanted ? Notice.Done($"{done.Words} {text["LeftOut"]}") : Sent(sent);
    }

    /// <summary>Renews a link whose time ran out, and mails it.</summary>
    public async Task<Notice> RenewAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var renewed = await requests.RenewAsync(caller, id, cancellationToken);
        if (!renewed.Succeeded) return Refuse(renewed.Error);
        return Notice.Done(renewed.Value == 0 ? text["RenewedToCopy"] : $"{text["Renewed"]} {Sent(renewed).Words}");
    }

    /// <summary>Makes a new link in the place of one that got into wrong hands, and mails it.</summary>
    public async Task<Notice> ReplaceLinkAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var made = await requests.ReplaceLinkAsync(caller, id, cancellationToken);
        if (!made.Succeeded) return Refuse(made.Error);
        return Notice.Done(made.Value == 0 ? text["NewLinkToCopy"] : $"{text["NewLinkMade"]} {Sent(made).Words}");
    }

    /// <summary>Makes a new link in the place of a recipient's own, and mails it.</summary>
    public async Task<Notice> ReplaceLinkAsync(AgencyCaller caller, RequestId id, Recipient recipient, CancellationToken cancellationToken)
    {
        var made = await links.ReplaceAsync(caller, id, recipient.Id, cancellationToken);
        if (!made.Succeeded) return Refuse(made.Error);
        return Notice.Done(
            made.Value == 0 ? text["NewLinkForUnsent", recipient.Email] : $"{text["NewLinkForMade", recipient.Email]} {Sent(made).Words}");
    }

    /// <summary>Copies the link; shows it as well, for browsers that refuse the clipboard.</summary>
    public async Task<Notice> CopyLinkAsync(AgencyCaller caller, RequestId id, CancellationToken cancellationToken)
    {
        var link = await requests.CopyLinkAsync(caller, id, cancellationToken);
        if (!link.Succeeded) return Refuse(link.Error);
        var copied = await script.InvokeAsync<bool>("portal.copy", cancellationToken, link.Value.AbsoluteUri);
        return new Notice(copied ? Severity.Success : Severity.Info, text[copied ? "LinkCopied" : "LinkShown"], link.Value.AbsoluteUri);
    }

    /// <summary>Asks the platform about the request's accounts there that were lost.</summary>
    public async Task<Notice> CheckAsync(
        AgencyCaller caller, RequestDetails request, PlatformKey platform, CancellationToken cancellationToken)
    {
        foreach (var account in request.Request.Connections.Where(
            c => c.Platform == platform && c.State == ConnectionState.ReconnectNeeded))
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

    private Notice Sent(Result<int> sent) => sent switch
    {
        { Succeeded: false } => Refuse(sent.Error),
        { Value: 1 } => Notice.Done(text["SentOne"]),
        _ => Notice.Done(text["SentMany", sent.Value]),
    };
}
