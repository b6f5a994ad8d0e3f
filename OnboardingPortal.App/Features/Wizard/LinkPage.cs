using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Security;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>
/// A page under a request's link. A GET only looks. A POST looks in its handler alone, after the first rendering: that rendering holds
/// every form the page knows, so that a form finds its handler even when the link died while the page lay open.
/// </summary>
public abstract class LinkPage(LinkService links, ParticipantCookie participants, NavigationManager navigation) : ComponentBase
{
    [CascadingParameter] public required HttpContext Http { get; set; }

    [Parameter] public required string Token { get; set; }

    /// <summary>What the link offers; null before somebody looked, and when it offers nothing.</summary>
    protected LinkLanding? Landing { get; set; }

    /// <summary>Why the link leads nowhere.</summary>
    protected PortalError? Problem { get; set; }

    protected LinkService Links => links;

    /// <summary>What this request knows of the link by now.</summary>
    protected LinkVisit Visit => Http.VisitOf(Token);

    protected NavigationManager Navigation => navigation;

    protected string? Address => Http.Connection.RemoteIpAddress?.ToString();

    protected override async Task OnInitializedAsync()
    {
        if (!HttpMethods.IsPost(Http.Request.Method)) await LookAsync();
    }

    /// <summary>Shows what the link offers; anybody who came before in this browser goes on where they were.</summary>
    protected async Task LookAsync()
    {
        var found = await links.FindAsync(Visit, Http.RequestAborted);
        if (found.Error is not (LinkUnknown or LinkExpired) && await IsParticipantAsync() is { } request)
        {
            navigation.NavigateTo($"/onboarding/{request}");
            return;
        }

        if (found.Succeeded) Landing = found.Value;
        else Show(found.Error);
    }

    protected void Show(PortalError problem)
    {
        Problem = problem;
        if (problem is LinkExpired or RequestAlreadyCompleted) Http.Response.StatusCode = StatusCodes.Status410Gone;
        else Http.AnswerNotFound();
    }

    private async Task<RequestId?> IsParticipantAsync() =>
        await links.FindRequestAsync(Visit) is { } request && await participants.FindCallerAsync(Http, request) is not null
            ? request
            : null;
}
