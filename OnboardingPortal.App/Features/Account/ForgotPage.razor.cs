using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Account;

/// <summary>Asks for a link to a new password. Every address gets the same answer in the same time.</summary>
public sealed partial class ForgotPage(PasswordResetRequests resets, IStringLocalizer<AccountText> text) : ComponentBase
{
    private string? _asked;
    private string? _problem;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "forgot")] private Form? Input { get; set; }

    private IStringLocalizer<AccountText> Text => text;

    private void Ask()
    {
        if (Input?.Email?.Trim() is not { Length: > 0 } email)
        {
            _problem = text["EmailMissing"];
            return;
        }

        resets.Add(email, Http.Connection.RemoteIpAddress?.ToString());
        _asked = email;
    }

    private sealed class Form
    {
        public string? Email { get; set; }
    }
}
