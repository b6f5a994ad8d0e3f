using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

/// <summary>
/// Asks the person who acts to show that it is them, before what <see cref="FreshProof"/> guards; who did so a moment ago is not asked.
/// </summary>
public sealed class ProofQuestion(CurrentCaller current, IDialogService dialogs, TimeProvider clock, IStringLocalizer<AccountText> text)
{
    /// <summary>Whether nobody needs to be asked.</summary>
    public async Task<bool> IsFreshAsync(CancellationToken cancellationToken) =>
        (await current.GetSessionAsync(cancellationToken)).Caller.IsProvedAt(clock.GetUtcNow());

    /// <summary>Asks where it is needed, and waits for the answer.</summary>
    /// <returns>Whether it is them; closing the dialog is a no.</returns>
    public async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        if (await IsFreshAsync(cancellationToken)) return true;
        var dialog = await dialogs.ShowAsync<ProofDialog>(text["ProofTitle"]);
        return await dialog.Result is { Canceled: false };
    }
}
