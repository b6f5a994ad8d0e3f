using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Security;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>
/// Lets a participant into the wizard. Their cookie is read where the page is written, with its answer's status; what it said goes to the
/// live page with the document, protected, and counts there for this request and for the browser whose cookie names the same participant.
/// </summary>
public sealed partial class WizardPage(
    WizardService wizard, LinkService links, ParticipantCookie participants, NavigationManager navigation,
    AuthenticationStateProvider authentication) : ComponentBase
{
    private bool _isTheirs;

    /// <summary>What the cookie said, for this request alone.</summary>
    [PersistentState] public WizardAdmission? Admission { get; set; }

    [CascadingParameter] private HttpContext? Http { get; set; }

    [Parameter] public long Id { get; set; }

    /// <summary>The step in the address, so that back and forward work; none = the step they were at when they came.</summary>
    [SupplyParameterFromQuery] public string? Step { get; set; }

    private WizardAdmission? Mine => _isTheirs && Admission?.Request == RequestId.From(Id) ? Admission : null;

    protected override async Task OnInitializedAsync()
    {
        if (Http is not null) Admission = await AdmitAsync(Http);
        _isTheirs = Http is not null || Admission?.Caller is not { } caller
            || ParticipantCookie.Names((await authentication.GetAuthenticationStateAsync()).User, caller);
    }

    protected override void OnParametersSet()
    {
        // the cookie is asked where the page is written
        if (Http is null && Mine is null) navigation.NavigateTo(navigation.Uri, forceLoad: true);
    }

    private async Task<WizardAdmission?> AdmitAsync(HttpContext http)
    {
        var request = RequestId.From(Id);
        if (participants.Read(http, request) is not { } participant)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden; // the same whether there is such a request or not
            return new(request);
        }

        var caller = await participants.FindCallerAsync(http, request);
        // another agency's request is unknown on this host
        if (caller is not null && !AgencyHost.Allows(http, caller.Agency)) caller = null;
        var state = caller is null ? null : await wizard.FindAsync(caller, http.RequestAborted);
        if (caller is null && await wizard.HasEndedAsync(request, participant, http.RequestAborted))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden; // the new link lets them in again
            return new(request);
        }

        if (state is null)
        {
            http.AnswerNotFound();
            return new(request) { IsGone = true };
        }

        if (state is { Status: RequestStatus.Connected, CompletedByCaller: true })
        {
            navigation.NavigateTo($"/onboarding/{Id}/done");
            return null;
        }

        if (state.Status != RequestStatus.Pending)
        {
            http.Response.StatusCode = StatusCodes.Status410Gone;
            return new(request) { Closed = ClosedRequest.Of(state) };
        }

        if (state.ExpiresAt is { } expires) participants.Write(http, caller!, expires); // lives as long as a link that was sent again
        var isInAnotherApp = InAppBrowser.Is(http.Request.Headers.UserAgent);
        var elsewhere = isInAnotherApp ? await links.FindOwnLinkAsync(request, participant, http.RequestAborted) : null;
        return new(request) { Caller = caller, AgencyName = state.AgencyName, LinkElsewhere = elsewhere?.AbsoluteUri };
    }
}
