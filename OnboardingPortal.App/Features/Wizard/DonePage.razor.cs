using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>What was granted to whom, and how to withdraw it; for the one who completed the request.</summary>
public sealed partial class DonePage(
    WizardService wizard, ParticipantCookie participants, SyncService syncs, NavigationManager navigation)
    : ParticipantPage(wizard, participants)
{
    private IReadOnlyList<SyncLine> _lists = [];

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (State is { Status: RequestStatus.Pending }) navigation.NavigateTo($"/onboarding/{Id}");
        else if (State is { CompletedByCaller: false }) Http.Response.StatusCode = StatusCodes.Status410Gone;
        else if (Caller is not null && State is not null) _lists = await syncs.OfClientAsync(Caller, Http.RequestAborted);
    }
}
