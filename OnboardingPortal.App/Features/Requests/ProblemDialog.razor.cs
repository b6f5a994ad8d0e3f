using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

public sealed partial class ProblemDialog
{
    private RequestDetails? _now;
    private Notice? _told;
    private bool _isRunning;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public RequestDetails Request { get; set; } = null!;

    [Parameter, EditorRequired] public PlatformKey Platform { get; set; }

    /// <summary>
    /// Asks the platform again about the accounts that were lost; gives back what to say and the request as it is now, null where it did
    /// not come to that.
    /// </summary>
    [Parameter, EditorRequired] public Func<RequestDetails, Task<(Notice? Told, RequestDetails? Now)>> Check { get; set; } = null!;

    /// <summary>Mails the link again, so that the client can sign in anew; gives back what to say.</summary>
    [Parameter, EditorRequired] public Func<Task<Notice?>> Reconnect { get; set; } = null!;

    private RequestDetails Shown => _now ?? Request;

    /// <summary>Whether the link leads nowhere any more.</summary>
    private bool IsOver => Shown.Status != RequestStatus.Pending;

    private IReadOnlyList<GrantProblem> Problems =>
        Shown.Request.ListOutcomes().FirstOrDefault(o => o.Platform == Platform)?.Problems ?? [];

    private Task CheckAsync() => RunAsync(async () =>
    {
        var (told, now) = await Check(Shown);
        _told = told;
        _now = now ?? _now;
    });

    private Task ReconnectAsync() => RunAsync(async () => _told = await Reconnect());

    private async Task RunAsync(Func<Task> action)
    {
        if (_isRunning) return;
        _isRunning = true;
        try
        {
            await action();
        }
        finally
        {
            _isRunning = false;
        }
    }
}
