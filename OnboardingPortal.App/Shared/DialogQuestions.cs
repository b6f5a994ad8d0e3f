using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace OnboardingPortal.App.Shared;

/// <summary>Dialogs that many pages open.</summary>
public static class DialogQuestions
{
    extension(IDialogService dialogs)
    {
        /// <summary>Asks, and waits for the answer.</summary>
        /// <param name="title">The question.</param>
        /// <param name="words">What comes of a yes; null when <paramref name="details"/> says it.</param>
        /// <param name="yes">The verb on the button.</param>
        /// <param name="no">The other button's; null = "Cancel".</param>
        /// <param name="isDangerous">Whether something is lost by a yes.</param>
        /// <param name="details">More than one sentence.</param>
        /// <returns>Whether the answer was yes; closing the dialog is a no.</returns>
        public async Task<bool> AskAsync(
            string title, string? words, string yes, string? no = null, bool isDangerous = false, RenderFragment? details = null)
        {
            var parameters = new DialogParameters<AskDialog>
            {
                { d => d.Words, words },
                { d => d.Yes, yes },
                { d => d.No, no },
                { d => d.IsDangerous, isDangerous },
                { d => d.Details, details },
            };
            var dialog = await dialogs.ShowAsync<AskDialog>(title, parameters);
            return await dialog.Result is { Canceled: false };
        }

        /// <summary>Shows a secret that cannot be shown again, and waits until the person has stored it.</summary>
        /// <param name="title">What was made.</param>
        /// <param name="words">What the secret is for, and that it is not shown again.</param>
        /// <param name="label">What the secret is called.</param>
        /// <param name="secret">The secret.</param>
        /// <param name="copy">What the button says that copies it.</param>
        /// <param name="stored">What the button says that closes the dialog.</param>
        public async Task ShowSecretAsync(string title, string words, string label, string secret, string copy, string stored)
        {
            var parameters = new DialogParameters<SecretDialog>
            {
                { d => d.Words, words },
                { d => d.Label, label },
                { d => d.Secret, secret },
                { d => d.CopyCaption, copy },
                { d => d.Stored, stored },
            };
            var dialog = await dialogs.ShowAsync<SecretDialog>(title, parameters, new DialogOptions { CloseOnEscapeKey = false });
            await dialog.Result;
        }
    }
}
