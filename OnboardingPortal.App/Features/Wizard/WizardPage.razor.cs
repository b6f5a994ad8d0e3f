using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>Lets a participant into the wizard; only then a circuit is opened.</summary>
public sealed partial class WizardPage(WizardService wizard, ParticipantCookie participants, NavigationManager navigation) : ParticipantPage(wizard, participants)
{
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (State is null) return;
        if (State is { Status: RequestStatus.Connected, CompletedByCaller: true }) navigation.NavigateTo($"/onboarding/{Id}/done");
        else if (State.Status != RequestStatus.Pending) Http.Response.StatusCode = StatusCodes.Status410Gone;
        else if (State.ExpiresAt is { } expires) Participants.Write(Http, Caller!, expires); // lives as long as a link that was sent again
    }
}
