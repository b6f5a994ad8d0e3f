using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OnboardingPortal.App.Features.Errors;
using OnboardingPortal.App.Shared;

namespace OnboardingPortal.App.Features.Account;

/// <summary>
/// Sends changes of the own account from a live page to <see cref="AccountChanges"/>: they renew the session's cookie, which only an HTTP
/// answer can. Problems come back to the form; after a change the page is loaded anew, for a circuit with what the cookie says now.
/// </summary>
public sealed class AccountPosts(
    IJSRuntime script, NavigationManager navigation, NoticeBoard notices, IStringLocalizer<AccountText> text,
    IStringLocalizer<ErrorText> errors)
{
    /// <summary>Posts what a form holds.</summary>
    /// <param name="form">Shows what is wrong.</param>
    /// <param name="address">One of <see cref="AccountChanges"/>.</param>
    /// <param name="fields">By their names; null is sent as nothing.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The answer to a change that was made; null when it was not.</returns>
    public async Task<AccountAnswer?> SendAsync<TDraft>(
        PortalForm<TDraft> form, string address, Dictionary<string, string?> fields, CancellationToken cancellationToken)
        where TDraft : class
    {
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", cancellationToken, "/account.js");
        var answer = await module.InvokeAsync<AccountAnswer>("post", cancellationToken, address, fields);
        if (answer.Status != (int)HttpStatusCode.OK)
        {
            notices.Show(Notice.Refused(answer.Status switch
            {
                0 => text["NotSent"],
                (int)HttpStatusCode.TooManyRequests => errors["TooManyText"],
                _ => errors["RefusedText"],
            }));
            return null;
        }

        if (answer.Problems.Count > 0)
        {
            await form.RefuseAsync(new InputRefused(answer.Problems));
            return null;
        }

        await form.SavedAsync();
        if (answer.Next is { } next) navigation.NavigateTo(next, forceLoad: true);
        return answer;
    }
}
