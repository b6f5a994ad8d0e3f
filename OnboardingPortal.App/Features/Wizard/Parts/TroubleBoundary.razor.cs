using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.App.Features.Wizard.Parts;

/// <summary>Keeps the rest of the wizard alive when a part of it fails: logs it once under a number that the page shows.</summary>
public sealed partial class TroubleBoundary(ILogger<TroubleBoundary> logger) : ErrorBoundaryBase
{
    private string _number = "";

    /// <summary>Who can be told the number.</summary>
    [Parameter, EditorRequired] public required string AgencyName { get; set; }

    /// <summary>Reads anew what the wizard shows.</summary>
    [Parameter, EditorRequired] public required Func<Task> Recovering { get; set; }

    protected override Task OnErrorAsync(Exception exception)
    {
        _number = RandomNumberGenerator.GetHexString(8);
        LogTrouble(exception, _number);
        return Task.CompletedTask;
    }

    private async Task RecoverAsync()
    {
        await Recovering();
        Recover();
    }

    [LoggerMessage(EventId = 5401, Level = LogLevel.Error, Message = "The wizard failed; the page shows {Trouble}")]
    private partial void LogTrouble(Exception exception, string trouble);
}
