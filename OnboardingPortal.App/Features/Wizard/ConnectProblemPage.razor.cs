using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>Where a way to a platform ends that was not begun in this browser, or took too long.</summary>
public sealed partial class ConnectProblemPage(ParticipantCookie participants, WizardService wizard) : ComponentBase
{
    private readonly List<WizardState> _requests = [];

    [CascadingParameter] public required HttpContext Http { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        foreach (var caller in await participants.ListAliveAsync(Http))
        {
            if (await wizard.FindAsync(caller, Http.RequestAborted) is { Status: RequestStatus.Pending } state) _requests.Add(state);
        }
    }
}
