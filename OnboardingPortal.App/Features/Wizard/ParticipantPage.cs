using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Security;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Wizard;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>A page for the participants of a request, known by their cookie and by nothing else.</summary>
public abstract class ParticipantPage(WizardService wizard, ParticipantCookie participants) : ComponentBase
{
    [CascadingParameter] public required HttpContext Http { get; set; }

    [Parameter] public long Id { get; set; }

    /// <summary>Who is looking; null when this browser takes no part in the request, or the request is gone.</summary>
    protected ClientCaller? Caller { get; private set; }

    /// <summary>What they see; set when <see cref="Caller"/> is.</summary>
    protected WizardState? State { get; private set; }

    /// <summary>Whether this browser took part in a request that is deleted now.</summary>
    protected bool IsGone { get; private set; }

    protected ParticipantCookie Participants => participants;

    protected override async Task OnInitializedAsync()
    {
        var request = RequestId.From(Id);
        if (participants.Read(Http, request) is null)
        {
            Http.Response.StatusCode = StatusCodes.Status403Forbidden; // the same whether there is such a request or not
            return;
        }

        Caller = await participants.FindCallerAsync(Http, request);
        // another agency's request is unknown on this host
        if (Caller is not null && !AgencyHost.Allows(Http, Caller.Agency)) Caller = null;
        State = Caller is null ? null : await wizard.FindAsync(Caller, Http.RequestAborted);
        IsGone = State is null;
        if (IsGone) Http.AnswerNotFound();
    }
}
