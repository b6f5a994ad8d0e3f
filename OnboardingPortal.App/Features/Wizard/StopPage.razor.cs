using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>Stops the reminders of a request, from the link in its mails. Looking changes nothing: mail scanners open links.</summary>
public sealed partial class StopPage(ReminderStops stops) : ComponentBase
{
    internal const string Stop = "stop";
    internal const string Resume = "resume";

    private ReminderStop? _stop;   // null when the ticket leads nowhere

    [CascadingParameter] public required HttpContext Http { get; set; }

    [Parameter] public required string Ticket { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _stop = await stops.FindAsync(Ticket, Http.RequestAborted);
        if (_stop is { } found && !AgencyHost.Allows(Http, found.Agency)) _stop = null;
        if (_stop is null) Http.AnswerNotFound();
    }
}
