using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>What a link opens: who asks, for what. Static: anybody who only looks costs no circuit and changes nothing.</summary>
public sealed partial class LandingPage(
    LinkService links, ParticipantCookie participants, PlatformCatalog catalog, NavigationManager navigation)
    : LinkPage(links, participants, navigation)
{
    private bool _asked;

    private async Task OpenAsync()
    {
        if (await Links.OpenAsync(Visit, Address, Http.RequestAborted) is null) Navigation.NavigateTo($"/r/{Token}/identify");
        else await LookAsync();
    }

    /// <summary>Tells the sender that somebody holds the dead link.</summary>
    private async Task AskAsync()
    {
        var refusal = await Links.AskNewLinkAsync(Visit, Address, Http.RequestAborted);
        if (refusal is null or NewLinkAlreadyAsked)
        {
            Problem = new LinkExpired();
            _asked = true;
        }
        else if (refusal is NewLinksAskedTooOften)
        {
            Problem = refusal;
            Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
        else
        {
            await LookAsync();
        }
    }
}
